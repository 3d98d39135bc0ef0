// The UDP sockets to one DNS server: several, each with a source port of its own, so that a forged answer has to guess
// port and id (RFC 5452). They are connected, so the kernel drops what other addresses send, and tells us at once when
// nobody listens there. Always holds: a question ends exactly once, by its answer, its deadline or the sockets' end.
// Never throws and never emits for anything that the network does.
import { createSocket, type Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { TtlBounds } from './dns-answer.ts';
import { encodeQuestion, readMessage, type MessageReading, type Question } from './dns-message.ts';
import type { DnsServer } from './types.ts';

const SOCKETS_PER_SERVER = 4;
/** 200 answers of 1232 bytes may arrive in one burst; the usual 208 KiB would just hold them, twice that does easily. */
const RECEIVE_BUFFER_BYTES = 1 << 20;
const IDS = 0x10000;

export type UdpReading = Exclude<MessageReading, { kind: 'foreign' }> | { readonly kind: 'silent' } | { readonly kind: 'unreachable'; readonly detail: string };

export interface UdpChannel {
  /** Resolves by `timeoutMs` at the latest. */
  ask(question: Question, options: { readonly edns: boolean; readonly timeoutMs: number }): Promise<UdpReading>;
  close(): void;
}

interface Waiting {
  readonly question: Question;
  readonly settle: (reading: UdpReading) => void;
}

interface OpenSocket {
  readonly socket: Socket;
  readonly waiting: Map<number, Waiting>;
  readonly connected: Promise<boolean>;
}

export function createUdpChannel(server: DnsServer, clock: Clock, ttl: TtlBounds): UdpChannel {
  const slots = new Array<OpenSocket | null>(SOCKETS_PER_SERVER).fill(null);
  let closed = false;

  function open(slot: number): OpenSocket {
    const socket = createSocket({ type: server.host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
    const waiting = new Map<number, Waiting>();
    let usable = false;

    const fail = (detail: string): void => {
      for (const { settle } of [...waiting.values()]) settle({ kind: 'unreachable', detail });
    };
    socket.on('message', (bytes) => {
      if (bytes.length < 2) return;
      const id = bytes.readUInt16BE(0);
      const asked = waiting.get(id);
      if (asked === undefined) return;
      const reading = readMessage(bytes, id, asked.question, ttl);
      if (reading.kind !== 'foreign') asked.settle(reading);
    });
    socket.on('close', () => {
      fail('closed');
    });
    const connected = new Promise<boolean>((resolve) => {
      socket.on('error', (error) => {
        fail(codeOf(error));
        // An ICMP "port unreachable" leaves a connected socket usable; one that never got that far is given up.
        if (usable) return;
        resolve(false);
        if (slots[slot]?.socket === socket) slots[slot] = null;
        closeQuietly(socket);
      });
      socket.connect(server.port, server.host, () => {
        usable = true;
        resolve(true);
      });
    });
    return { socket, waiting, connected };
  }

  return {
    async ask(question, { edns, timeoutMs }) {
      if (closed) return { kind: 'unreachable', detail: 'closed' };
      const slot = randomInt(SOCKETS_PER_SERVER);
      const opened = (slots[slot] ??= open(slot));
      if (!(await opened.connected)) return { kind: 'unreachable', detail: 'no socket' };
      const id = freeId(opened.waiting);
      if (id === null) return { kind: 'unreachable', detail: 'no free id' };

      return new Promise<UdpReading>((resolve) => {
        const settle = (reading: UdpReading): void => {
          if (!opened.waiting.delete(id)) return;
          cancelTimer();
          resolve(reading);
        };
        const cancelTimer = clock.after(timeoutMs, () => {
          settle({ kind: 'silent' });
        });
        opened.waiting.set(id, { question, settle });
        try {
          opened.socket.send(encodeQuestion(id, question, edns), (error) => {
            if (error !== null) settle({ kind: 'unreachable', detail: codeOf(error) });
          });
        } catch (error) {
          // The socket was closed between the check and the send.
          settle({ kind: 'unreachable', detail: codeOf(error) });
        }
      });
    },

    close() {
      closed = true;
      for (const opened of slots) if (opened !== null) closeQuietly(opened.socket);
      slots.fill(null);
    },
  };
}

/** An id that no question on this socket is waiting under, or null if there is none. */
function freeId(waiting: ReadonlyMap<number, Waiting>): number | null {
  if (waiting.size >= IDS) return null;
  let id = randomInt(IDS);
  while (waiting.has(id)) id = (id + 1) % IDS;
  return id;
}

function closeQuietly(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // Already closed: nothing is left to do.
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
