// The practice world's DNS server: UDP and TCP on one port of one loopback address. Answers from its zone and nothing
// else: it never asks anybody. What it cannot read it ignores, as servers do.
import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED, type Packet } from 'dns-packet';
import { SOA, type Zone } from './zone.ts';
import { listen } from './listen.ts';

const NXDOMAIN = 3;
const UDP_BYTES = 512;

export interface PracticeDnsServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens on `port` of `host`, or on a free one if it is 0. Rejects if either socket cannot have it. */
export async function startDnsServer(host: string, zone: Zone, onQuery: () => void, port = 0): Promise<PracticeDnsServer> {
  const connections = new Set<Socket>();
  const tcp = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    serveTcp(socket, zone, onQuery);
  });
  const boundPort = await listen(tcp, host, port);
  const udp = createSocket('udp4');
  udp.on('message', (bytes, from) => {
    const answer = answerTo(bytes, zone, onQuery, UDP_BYTES);
    if (answer !== null) udp.send(answer, from.port, from.address, () => undefined);
  });

  const stop = async (): Promise<void> => {
    for (const socket of connections) socket.destroy();
    await new Promise<void>((resolve) => {
      tcp.close(() => {
        resolve();
      });
    });
    await new Promise<void>((resolve) => {
      udp.close(() => {
        resolve();
      });
    });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      udp.once('error', reject);
      udp.bind(boundPort, host, () => {
        udp.off('error', reject);
        udp.on('error', () => undefined);
        resolve();
      });
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: boundPort, stop };
}

function serveTcp(socket: Socket, zone: Zone, onQuery: () => void): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= pending.readUInt16BE(0) + 2) {
      const length = pending.readUInt16BE(0);
      const answer = answerTo(pending.subarray(2, length + 2), zone, onQuery, 0xffff);
      pending = pending.subarray(length + 2);
      if (answer === null) continue;
      const prefix = Buffer.alloc(2);
      prefix.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([prefix, answer]));
    }
  });
}

function answerTo(bytes: Buffer, zone: Zone, onQuery: () => void, room: number): Buffer | null {
  let query: Packet;
  try {
    query = decode(bytes);
  } catch {
    return null;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || question === undefined) return null;
  onQuery();
  const records = zone.find(question.name, question.type);
  const edns = (query.additionals ?? []).find((record) => record.type === 'OPT');
  const limit = Math.max(room, edns?.udpPayloadSize ?? 0);
  const rcode = records === null ? NXDOMAIN : 0;
  const answers = records ?? [];
  const response: Packet = {
    type: 'response',
    id: query.id ?? 0,
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | ((query.flags ?? 0) & RECURSION_DESIRED) | rcode,
    questions: [question],
    answers: [...answers],
    authorities: answers.length === 0 ? [SOA] : [],
  };
  const message = encode(response);
  if (message.length <= limit) return message;
  const truncated = 0x0200;
  return encode({ ...response, flags: (response.flags ?? 0) | truncated, answers: [], authorities: [] });
}
