// Who waits on one socket: more than it has places for at first, all at once, each told its own answer.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { RandomWords } from '../../../electron/engine/dns/random-words.ts';
import { UdpSocket, type ReplyTaker, type UdpReading } from '../../../electron/engine/dns/udp-socket.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const WAITERS = 400;
const open: { close(): unknown }[] = [];

afterEach(() => {
  for (const each of open.splice(0).reverse()) each.close();
});

class Taker implements ReplyTaker {
  readonly question;
  replyId = -1;
  readings: UdpReading[] = [];
  readonly #taken: () => void;

  constructor(name: string, taken: () => void) {
    this.question = { name, type: 'A' as const };
    this.#taken = taken;
  }

  take(reading: UdpReading): void {
    this.readings.push(reading);
    this.#taken();
  }
}

/** Answers nobody before it has heard so many questions; the last one first. `n<k>.test` has the address 10.0.<k>. */
async function patientServer(questions: number): Promise<{ readonly host: string; readonly port: number }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  open.push(socket);
  const heard: { readonly bytes: Buffer; readonly from: RemoteInfo }[] = [];
  socket.on('message', (bytes, from) => {
    if (heard.push({ bytes, from }) < questions) return;
    for (const each of heard.reverse()) {
      const query = decode(each.bytes);
      const name = query.questions?.[0]?.name ?? '';
      const answer = encode({ type: 'response', id: query.id ?? 0, questions: query.questions ?? [], answers: [{ type: 'A', name, ttl: 60, data: ipOf(name) }] });
      socket.send(answer, each.from.port, each.from.address);
    }
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { host: '127.0.0.1', port: socket.address().port };
}

function ipOf(name: string): string {
  const number = Number(/^n(\d+)\./.exec(name)?.[1]);
  return `10.0.${String(number >> 8)}.${String(number & 255)}`;
}

describe('UdpSocket', () => {
  it('tells each of many that wait at a time its own answer, and those that withdrew nothing', async () => {
    const server = await patientServer(WAITERS);
    const socket = new UdpSocket({ server, ttl: DEFAULT_SETTINGS.dns, words: new RandomWords(), onEnd: () => undefined });
    open.push(socket);
    let left = WAITERS - 1;
    let allTold = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      allTold = resolve;
    });
    const takers = Array.from({ length: WAITERS }, (_, k) => new Taker(`n${String(k)}.test`, () => {
      left -= 1;
      if (left === 0) allTold();
    }));
    for (const taker of takers) expect(socket.ask(taker, true)).toBe(true);
    expect(new Set(takers.map(({ replyId }) => replyId)).size).toBe(WAITERS);
    const [withdrawn] = takers;
    if (withdrawn !== undefined) socket.withdraw(withdrawn);
    await told;
    const seen = takers.map(({ readings }) => readings.map((reading) => (reading.kind === 'answer' && reading.answer.kind === 'records' ? reading.answer.ips : reading.kind)));
    expect(seen).toEqual(takers.map(({ question }, k) => (k === 0 ? [] : [[ipOf(question.name)]])));
  });
});
