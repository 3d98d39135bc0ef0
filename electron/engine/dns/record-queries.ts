// Asks for records of any type, TXT and PTR too, a few at a time: for the preflight, which looks up a dozen names. The
// run's own look-ups go through `resolver`, which is made for a hundred thousand.
// Always holds: a question ends by its deadline or its signal and never rejects; an answer counts only with our id and
// our question, and of its records those along the CNAME chain (RFC 1034 3.6.2). What is truncated is asked over TCP.
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { decode, encode, RECURSION_DESIRED, type Answer, type DecodedPacket } from 'dns-packet';
import type { Clock } from '../clock.ts';
import { canonicalName } from './dns-name.ts';
import type { DnsServer } from './types.ts';

export type RecordType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'PTR';

export type RecordAnswer =
  /** A and AAAA: addresses; MX: hosts by preference ('' is the root); PTR: names; TXT: texts, their strings joined. */
  | { readonly kind: 'records'; readonly values: readonly string[] }
  | { readonly kind: 'nxdomain' }
  | { readonly kind: 'nodata' }
  | { readonly kind: 'failed'; readonly detail: string };

export interface RecordQueries {
  /** Never rejects. */
  ask(name: string, type: RecordType, signal?: AbortSignal): Promise<RecordAnswer>;
}

export interface RecordQueriesOptions {
  /** In the order in which they are asked. */
  readonly servers: readonly DnsServer[];
  /** For one question in all. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const TRIES = 3;
const MAX_STEPS = 8;
const NXDOMAIN = 'NXDOMAIN';

type Reading = RecordAnswer | { readonly kind: 'truncated' };

export function createRecordQueries({ servers, timeoutMs, clock }: RecordQueriesOptions): RecordQueries {
  return {
    async ask(name, type, signal) {
      if (!isAskable(name)) return { kind: 'failed', detail: 'not a name that can be asked for' };
      const deadlineMs = clock.monotonicMs() + timeoutMs;
      let last: RecordAnswer = { kind: 'failed', detail: 'no DNS server is configured' };
      for (let attempt = 0; attempt < TRIES * servers.length; attempt += 1) {
        const server = servers[attempt % servers.length];
        const leftMs = deadlineMs - clock.monotonicMs();
        if (server === undefined || leftMs <= 0 || signal?.aborted === true) break;
        const waitMs = Math.min(leftMs, timeoutMs / TRIES);
        let reading = await exchange(overUdp, { server, name, type, waitMs, clock, signal });
        if (reading.kind === 'truncated') reading = await exchange(overTcp, { server, name, type, waitMs: leftMs, clock, signal });
        if (reading.kind !== 'failed' && reading.kind !== 'truncated') return reading;
        last = reading.kind === 'failed' ? reading : { kind: 'failed', detail: 'truncated over TCP' };
      }
      return last;
    },
  };
}

interface Exchange {
  readonly server: DnsServer;
  readonly name: string;
  readonly type: RecordType;
  readonly waitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

interface Wire {
  readonly close: () => void;
}

type Open = (asked: Exchange, message: Buffer, take: (bytes: Buffer) => void, fail: (detail: string) => void) => Wire;

function exchange(open: Open, asked: Exchange): Promise<Reading> {
  const id = randomInt(0x1_0000);
  const { name, type, clock, signal } = asked;
  const message = encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type, name }],
    additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1_232, flags: 0, options: [], extendedRcode: 0, ednsVersion: 0, flag_do: false }],
  });
  return new Promise((resolve) => {
    let ended = false;
    const end = (reading: Reading): void => {
      if (ended) return;
      ended = true;
      cancel();
      signal?.removeEventListener('abort', onAbort);
      wire.close();
      resolve(reading);
    };
    const onAbort = (): void => { end({ kind: 'failed', detail: 'stopped' }); };
    const cancel = clock.after(asked.waitMs, () => { end({ kind: 'failed', detail: `no answer from ${asked.server.host} in time` }); });
    signal?.addEventListener('abort', onAbort, { once: true });
    const wire = open(
      asked,
      message,
      (bytes) => {
        const reading = readAnswer(bytes, id, asked);
        if (reading !== null) end(reading);
      },
      (detail) => {
        // Not before `wire` is there: a socket may fail within the call that opens it.
        queueMicrotask(() => { end({ kind: 'failed', detail: `${asked.server.host}: ${detail}` }); });
      },
    );
  });
}

function overUdp({ server }: Exchange, message: Buffer, take: (bytes: Buffer) => void, fail: (detail: string) => void): Wire {
  const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4');
  socket.on('error', (error) => { fail(error.message); });
  socket.on('message', take);
  // Connected: what comes from elsewhere is not even seen.
  socket.connect(server.port, server.host, () => { socket.send(message, (error) => { if (error !== null) fail(error.message); }); });
  return { close: () => { socket.close(); } };
}

function overTcp({ server }: Exchange, message: Buffer, take: (bytes: Buffer) => void, fail: (detail: string) => void): Wire {
  const socket = connect({ host: server.host, port: server.port });
  let received: Buffer = Buffer.alloc(0);
  socket.on('error', (error) => { fail(error.message); });
  socket.on('close', () => { fail('connection closed'); });
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 2 || received.length < received.readUInt16BE(0) + 2) return;
    take(received.subarray(2, received.readUInt16BE(0) + 2));
    fail('unreadable answer over TCP');
  });
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);
  socket.write(Buffer.concat([prefix, message]));
  return { close: () => { socket.destroy(); } };
}

/** Null: not the answer to this question; the true one may still come. Never throws. */
function readAnswer(bytes: Buffer, id: number, { name, type }: Exchange): Reading | null {
  let packet: DecodedPacket & { readonly rcode?: string };
  try {
    packet = decode(bytes);
  } catch {
    return null;
  }
  const [question] = packet.questions ?? [];
  if (packet.id !== id || !packet.flag_qr || question?.type !== type || canonicalName(question.name) !== canonicalName(name)) return null;
  if (packet.flag_tc) return { kind: 'truncated' };
  const rcode = packet.rcode ?? '';
  if (rcode !== 'NOERROR' && rcode !== NXDOMAIN) return { kind: 'failed', detail: `${rcode} from the DNS server` };
  const values = valuesOf(packet.answers ?? [], canonicalName(name), type);
  if (values.length > 0) return { kind: 'records', values };
  return rcode === NXDOMAIN ? { kind: 'nxdomain' } : { kind: 'nodata' };
}

function valuesOf(answers: readonly Answer[], name: string, type: RecordType): readonly string[] {
  let owner = name;
  for (let step = 0; step <= MAX_STEPS; step += 1) {
    const owned = answers.filter((record) => canonicalName(record.name) === owner);
    const found = owned.filter((record) => record.type === type);
    if (found.length > 0) return recordTexts(found);
    const alias = owned.find((record) => record.type === 'CNAME');
    if (alias?.type !== 'CNAME') return [];
    owner = canonicalName(alias.data);
  }
  return [];
}

function recordTexts(records: readonly Answer[]): readonly string[] {
  const mx = records.flatMap((record) => (record.type === 'MX' ? [record.data] : []));
  if (mx.length > 0) return mx.sort((a, b) => (a.preference ?? 0) - (b.preference ?? 0)).map(({ exchange }) => canonicalName(exchange));
  return records.flatMap((record) => {
    switch (record.type) {
      case 'A':
      case 'AAAA':
        return [record.data];
      case 'PTR':
        return [canonicalName(record.data)];
      case 'TXT':
        return [textOf(record.data)];
      default:
        return [];
    }
  });
}

/** RFC 7208 3.3: the strings of one record are put together without a space. */
function textOf(data: string | Buffer | readonly (string | Buffer)[]): string {
  const parts = Array.isArray(data) ? (data as readonly (string | Buffer)[]) : [data as string | Buffer];
  return parts.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))).join('');
}

/** Labels of 1-63 octets, 253 in all, printable ASCII; underscores too, which SPF's includes have. */
function isAskable(name: string): boolean {
  return name.length > 0 && name.length <= 253 && /^[\x21-\x7e]+$/.test(name) && name.split('.').every((label) => label.length > 0 && label.length <= 63);
}
