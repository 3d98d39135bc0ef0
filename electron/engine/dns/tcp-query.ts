// One question over TCP, for answers that do not fit a datagram (RFC 7766). One connection a question: truncation is rare.
// The only file of the DNS stage that opens a TCP socket; it dials nothing but the configured DNS server.
// Always holds: at most 64 KiB are read (the length prefix has 16 bits), and it ends by its deadline. Never throws.
import { connect } from 'node:net';
import type { Clock } from '../clock.ts';
import type { TtlBounds } from './dns-answer.ts';
import { readMessage } from './dns-message.ts';
import { encodeQuestion } from './encode-question.ts';
import type { TcpReading } from './exchange.ts';
import type { Question } from './question.ts';
import type { DnsServer } from './types.ts';

export interface TcpQuery {
  readonly server: DnsServer;
  readonly question: Question;
  /** Random, 16 bits. */
  readonly id: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly ttl: TtlBounds;
}

export interface RunningTcpQuery {
  /** Never `truncated`: TCP has no more room to offer, so such an answer is `refused`. */
  readonly reading: Promise<TcpReading>;
  /** Ends the query at once, as `unreachable`. */
  readonly abort: () => void;
}

export function tcpQuery({ server, question, id, timeoutMs, clock, ttl }: TcpQuery): RunningTcpQuery {
  const message = encodeQuestion(id, question, true);
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);

  const socket = connect({ host: server.host, port: server.port });
  const reading = new Promise<TcpReading>((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;

    const settle = (reading: TcpReading): void => {
      cancelTimer();
      socket.destroy();
      resolve(reading);
    };
    const cancelTimer = clock.after(timeoutMs, () => {
      settle({ kind: 'silent' });
    });
    socket.on('error', (error) => {
      settle({ kind: 'unreachable', detail: error.message });
    });
    socket.on('close', () => {
      settle({ kind: 'unreachable', detail: 'connection closed' });
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      received += chunk.length;
      if (received < 2) return;
      const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const length = bytes.readUInt16BE(0);
      if (received < length + 2) return;
      const read = readMessage(bytes.subarray(2, length + 2), id, question, ttl);
      if (read.kind === 'foreign') settle({ kind: 'refused', detail: 'unreadable answer over TCP', withoutEdns: false });
      else if (read.kind === 'truncated') settle({ kind: 'refused', detail: 'truncated over TCP', withoutEdns: false });
      else settle(read);
    });
    socket.write(Buffer.concat([prefix, message]));
  });
  return { reading, abort: () => void socket.destroy() };
}
