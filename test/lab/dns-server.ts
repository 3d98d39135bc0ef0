// A scripted DNS server on loopback, UDP and TCP on one port: every query is shown to a script, which says what is sent
// back: a proper answer, a wrong one, garbage, or nothing. Records what it was asked. Stopped by the test that started it.
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED, TRUNCATED_RESPONSE, type Answer, type Question } from 'dns-packet';
import type { DnsServer } from '../../electron/engine/dns/types.ts';

export interface LabQuery {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly transport: 'udp' | 'tcp';
  readonly edns: boolean;
  readonly clientPort: number;
  /** How often this name and type was asked, this time included. */
  readonly times: number;
}

/** What is sent back. Absent fields are as a well-behaved server would set them. */
export interface LabAnswer {
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly rcode?: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED';
  readonly truncated?: boolean;
  readonly authoritative?: boolean;
  readonly id?: number;
  readonly question?: Question | null;
  readonly additionals?: readonly Answer[];
  /** These bytes instead. */
  readonly raw?: Buffer;
}

/** Several answers to one query are sent in their order; an empty array is silence. */
export type LabScript = (query: LabQuery) => LabAnswer | readonly LabAnswer[];

export interface LabDnsServer {
  readonly server: DnsServer;
  readonly queries: readonly LabQuery[];
  /** Resolves when so many queries have come in all. */
  received(count: number): Promise<void>;
  /** Queries for one name and type. */
  asked(name: string, type?: string): number;
  stop(): Promise<void>;
}

/** Ports that are tried before it is somebody's fault. */
const MOST_PORTS = 8;

const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

/** `cut`: how what is sent over TCP is cut into packets; whole by default. Null among them ends the connection. */
export async function startLabDns(script: LabScript, host = '127.0.0.1', cut: (bytes: Buffer) => readonly (Buffer | null)[] = (bytes) => [bytes]): Promise<LabDnsServer> {
  const queries: LabQuery[] = [];
  let waiters: { count: number; resolve: () => void }[] = [];
  const connections = new Set<Socket>();

  function answersTo(bytes: Buffer, transport: LabQuery['transport'], clientPort: number): Buffer[] {
    const packet = decode(bytes);
    const [question] = packet.questions ?? [];
    if (question === undefined) return [];
    const query: LabQuery = {
      id: packet.id ?? 0,
      name: question.name.toLowerCase(),
      type: question.type,
      transport,
      edns: (packet.additionals ?? []).some((record) => record.type === 'OPT'),
      clientPort,
      times: queries.filter((earlier) => earlier.name === question.name.toLowerCase() && earlier.type === question.type).length + 1,
    };
    queries.push(query);
    const scripted = script(query);
    const messages = (Array.isArray(scripted) ? (scripted as readonly LabAnswer[]) : [scripted as LabAnswer]).map((answer) => encodeAnswer(query, question, answer));
    for (const { resolve } of waiters.filter(({ count }) => queries.length >= count)) resolve();
    waiters = waiters.filter(({ count }) => queries.length < count);
    return messages;
  }

  const tcp = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const message of answersTo(chunk.subarray(2), 'tcp', socket.remotePort ?? 0)) {
        const prefix = Buffer.alloc(2);
        prefix.writeUInt16BE(Math.min(message.length, 0xffff));
        void sendInParts(socket, cut(Buffer.concat([prefix, message])));
      }
    });
  });
  const udp = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  udp.on('message', (bytes, from: RemoteInfo) => {
    for (const message of answersTo(bytes, 'udp', from.port)) udp.send(message, from.port, from.address, () => undefined);
  });
  const port = await listenOnBoth(tcp, udp, host);

  return {
    server: { host, port },
    queries,
    received: (count) =>
      new Promise((resolve) => {
        if (queries.length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
    asked: (name, type) => queries.filter((query) => query.name === name && (type === undefined || query.type === type)).length,
    async stop() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => tcp.close(resolve));
      await new Promise<void>((resolve) => {
        udp.close(resolve);
      });
    },
  };
}

/** A port that both are free on: the system knows one that is free for TCP, and somebody may hold the same for UDP. */
async function listenOnBoth(tcp: Server, udp: UdpSocket, host: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    tcp.listen(0, host);
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    try {
      udp.bind(port, host);
      await once(udp, 'listening');
      return port;
    } catch (error) {
      tcp.close();
      await once(tcp, 'close');
      if (tries < MOST_PORTS) continue;
      udp.close();
      throw error;
    }
  }
}

/** Answers from records: those of the name and type, its CNAME otherwise, NOERROR for a name with others, else NXDOMAIN. */
export function zoneScript(records: readonly Answer[]): LabScript {
  return ({ name, type }) => {
    const owned = records.filter((record) => record.name === name);
    const answers = owned.filter((record) => record.type === type);
    if (answers.length > 0) return { answers };
    const alias = owned.filter((record) => record.type === 'CNAME');
    if (alias.length > 0) return { answers: alias };
    return { rcode: owned.length > 0 ? 'NOERROR' : 'NXDOMAIN', authorities: [soa()] };
  };
}

export function mx(name: string, exchange: string, preference = 10, ttl = 300): Answer {
  return { type: 'MX', name, ttl, data: { preference, exchange } };
}

export function a(name: string, ip: string, ttl = 300): Answer {
  return { type: 'A', name, ttl, data: ip };
}

export function aaaa(name: string, ip: string, ttl = 300): Answer {
  return { type: 'AAAA', name, ttl, data: ip };
}

export function cname(name: string, target: string, ttl = 300): Answer {
  return { type: 'CNAME', name, ttl, data: target };
}

export function soa(ttl = 300, minimum = 300): Answer {
  return { type: 'SOA', name: 'test', ttl, data: { mname: 'ns.test', rname: 'hostmaster.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum } };
}

/** A turn of the loop between two packets, so that the client may see them apart. */
async function sendInParts(socket: Socket, parts: readonly (Buffer | null)[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return;
    if (part === null) socket.end();
    else await new Promise<void>((resolve) => socket.write(part, () => setImmediate(resolve)));
  }
}

function encodeAnswer(query: LabQuery, question: Question, answer: LabAnswer): Buffer {
  if (answer.raw !== undefined) return answer.raw;
  const authoritative = answer.authoritative ?? true;
  return encode({
    type: 'response',
    id: answer.id ?? query.id,
    flags:
      RECURSION_DESIRED |
      (authoritative ? AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE : 0) |
      (answer.truncated === true ? TRUNCATED_RESPONSE : 0) |
      RCODES[answer.rcode ?? 'NOERROR'],
    questions: answer.question === null ? [] : [answer.question ?? question],
    answers: [...(answer.answers ?? [])],
    authorities: [...(answer.authorities ?? [])],
    additionals: [...(answer.additionals ?? [])],
  });
}
