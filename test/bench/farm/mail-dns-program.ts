// The DNS server of the mail farm: `d<k>.<anything>` has one MX, `mx<k mod hosts>.farm.test`, whose address is the farm's
// host of that number; nothing else exists. Every answer takes the same time. Ends when its parent does.
import { createSocket, type RemoteInfo } from 'node:dgram';
import type { MailDnsOptions } from './mail-dns.ts';

const { addresses, latencyMs } = JSON.parse(process.argv[2] ?? '{}') as MailDnsOptions;
const TTL_SEC = 3_600;
const MX = 15;
const A = 1;

const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
const delayed: { readonly atMs: number; readonly answer: Buffer; readonly to: RemoteInfo }[] = [];
let head = 0;
let armed = false;

socket.on('message', (query, from) => {
  const answer = answerTo(query);
  if (answer === null) return;
  if (latencyMs === 0) {
    socket.send(answer, from.port, from.address);
    return;
  }
  delayed.push({ atMs: performance.now() + latencyMs, answer, to: from });
  if (!armed) arm(latencyMs);
});

function arm(ms: number): void {
  armed = true;
  setTimeout(flush, Math.ceil(ms));
}

function flush(): void {
  armed = false;
  const nowMs = performance.now();
  for (let next = delayed[head]; next !== undefined; next = delayed[head]) {
    if (next.atMs > nowMs) {
      arm(next.atMs - nowMs);
      break;
    }
    socket.send(next.answer, next.to.port, next.to.address);
    head += 1;
  }
  if (head === delayed.length || head > 10_000) {
    delayed.splice(0, head);
    head = 0;
  }
}

function answerTo(query: Buffer): Buffer | null {
  const end = endOfName(query);
  if (end === null || end + 4 > query.length) return null;
  const first = query.toString('latin1', 13, 13 + (query[12] ?? 0)).toLowerCase();
  const number = /^(?:d|mx)(\d+)$/.exec(first)?.[1];
  const type = query.readUInt16BE(end);
  const record = number === undefined ? null : recordOf(first, Number(number), type);
  const message = Buffer.alloc(end + 4 + (record?.length ?? 0));
  query.copy(message, 0, 0, end + 4);
  record?.copy(message, end + 4);
  message.writeUInt16BE(number === undefined ? 0x8183 : 0x8180, 2);
  message.writeUInt16BE(record === null ? 0 : 1, 6);
  message.writeUInt32BE(0, 8);
  return message;
}

/** Offset behind the question's name. */
function endOfName(query: Buffer): number | null {
  let at = 12;
  for (let length = query[at]; length !== undefined && length !== 0; length = query[at]) at += length + 1;
  return at < query.length ? at + 1 : null;
}

function recordOf(label: string, number: number, type: number): Buffer | null {
  if (label.startsWith('d') && type === MX) return record(MX, Buffer.concat([Buffer.from([0, 10]), name(`mx${String(number % addresses.length)}.farm.test`)]));
  const address = addresses[number];
  if (label.startsWith('mx') && type === A && address !== undefined) return record(A, Buffer.from(address.split('.').map(Number)));
  return null;
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(TTL_SEC, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function name(text: string): Buffer {
  return Buffer.concat([...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);
}

socket.bind(0, '127.0.0.1', () => {
  process.send?.({ port: socket.address().port });
});
process.on('disconnect', () => process.exit());
