// One question until its answer: waits for its place, is sent, asked again where there is silence, put to the next server
// where one will not say, and over TCP where the answer was cut.
// Always holds: it ends once, by its deadline at the latest (also while it waits for a place), and gives its place back.
// A server that has said that it will not answer is not asked again; one that was silent is.
import type { Clock } from '../clock.ts';
import type { DnsResult } from './dns-answer.ts';
import { Timed, type DeadlineWheel } from './deadline-wheel.ts';
import type { InFlightLine, Starter } from './in-flight-line.ts';
import type { Asked, Question } from './question.ts';
import type { DnsServer } from './types.ts';
import type { UdpChannel } from './udp-channel.ts';
import type { ReplyTaker, UdpReading, UdpSocket } from './udp-socket.ts';

/** Questions sent for one answer, retries over all servers included. */
const MAX_ATTEMPTS = 6;
/** This machine has no socket to give (faults row 59): no server's doing, and it passes. */
const OUT_OF_SOCKETS = /\b(?:EMFILE|ENFILE|ENOBUFS|ENOMEM)\b/;
const NOBODY: readonly UdpChannel[] = [];

export type TcpReading = UdpReading | { readonly kind: 'silent' };

/** What all exchanges of a resolver share. */
export interface ExchangeHost {
  readonly clock: Clock;
  readonly wheel: DeadlineWheel;
  readonly line: InFlightLine;
  readonly counts: { queries: number; silent: number; failed: number };
  readonly closed: boolean;
  /** How long the first answer is waited for, in milliseconds; doubled with each round over the servers. */
  readonly firstWaitMs: number;
  overTcp(server: DnsServer, question: Question, timeoutMs: number): Promise<TcpReading>;
}

export class Exchange extends Timed implements ReplyTaker, Starter {
  readonly question: Asked;
  replyId = 0;
  readonly #host: ExchangeHost;
  #servers: readonly UdpChannel[];
  #withoutEdns = NOBODY;
  #state: 'waiting' | 'asking' | 'ended' = 'waiting';
  #attempts = 0;
  #turn = 0;
  #waitMs: number;
  #detail = 'no answer';
  #asked: UdpChannel | null = null;
  /** Where its answer is awaited. */
  #socket: UdpSocket | null = null;

  /** `servers` in the order in which they are asked. */
  constructor(host: ExchangeHost, question: Asked, servers: readonly UdpChannel[]) {
    super();
    this.#host = host;
    this.question = question;
    this.#servers = servers;
    this.#waitMs = host.firstWaitMs;
  }

  begin(): void {
    if (!this.#host.line.enter(this)) this.#host.wheel.add(this, this.question.deadlineMs);
  }

  start(): boolean {
    if (this.#state === 'ended') return false;
    this.#host.wheel.remove(this);
    this.#state = 'asking';
    this.#send();
    return true;
  }

  take(reading: TcpReading): void {
    if (this.#state === 'ended') return;
    this.#host.wheel.remove(this);
    this.#socket = null;
    const asked = this.#asked;
    if (asked === null) return;
    const { host } = asked.server;
    switch (reading.kind) {
      case 'answer':
        this.#end(reading.answer);
        return;
      case 'unusable':
        this.#fail(reading.detail);
        return;
      case 'truncated':
        this.#askOverTcp(asked);
        return;
      case 'silent':
        this.#silent();
        return;
      case 'refused':
        this.#detail = `${reading.detail} from ${host}`;
        if (reading.withoutEdns && !this.#withoutEdns.includes(asked)) this.#withoutEdns = [...this.#withoutEdns, asked];
        else this.#drop(asked);
        break;
      case 'unreachable':
        this.#detail = `${host}: ${reading.detail}`;
        if (OUT_OF_SOCKETS.test(reading.detail)) {
          this.#rest();
          return;
        }
        this.#drop(asked);
        break;
    }
    this.#send();
  }

  onDue(): void {
    if (this.#state === 'waiting') this.#fail('no place to ask in time');
    else if (this.#state === 'asking') {
      this.#withdraw();
      this.#silent();
    }
  }

  #send(): void {
    const host = this.#host;
    for (;;) {
      const nowMs = host.clock.monotonicMs();
      const leftMs = this.question.deadlineMs - nowMs;
      const channel = this.#servers[this.#turn % this.#servers.length];
      if (host.closed) this.#fail('closed');
      else if (channel === undefined || leftMs <= 0 || this.#attempts >= MAX_ATTEMPTS) this.#fail(this.#detail);
      else {
        this.#attempts += 1;
        host.counts.queries += 1;
        this.#asked = channel;
        this.#socket = channel.ask(this, !this.#withoutEdns.includes(channel));
        if (this.#socket === null) {
          this.#detail = `${channel.server.host}: no socket`;
          this.#drop(channel);
          continue;
        }
        host.wheel.add(this, nowMs + (this.#attempts === MAX_ATTEMPTS ? leftMs : Math.min(leftMs, this.#waitMs)));
      }
      return;
    }
  }

  /** As long as an answer would have been waited for; then the next try. */
  #rest(): void {
    const nowMs = this.#host.clock.monotonicMs();
    this.#host.wheel.add(this, Math.min(this.question.deadlineMs, nowMs + this.#waitMs));
  }

  #silent(): void {
    this.#host.counts.silent += 1;
    if (this.#asked !== null && !OUT_OF_SOCKETS.test(this.#detail)) this.#detail = `no answer from ${this.#asked.server.host} in time`;
    this.#turn += 1;
    // One round over the servers has gone by: be more patient in the next.
    if (this.#turn % this.#servers.length === 0) this.#waitMs *= 2;
    this.#send();
  }

  #askOverTcp(asked: UdpChannel): void {
    const leftMs = Math.max(1, this.question.deadlineMs - this.#host.clock.monotonicMs());
    // Never rejects. What is still truncated over TCP comes back as refused.
    void this.#host.overTcp(asked.server, this.question, leftMs).then((reading) => {
      this.take(reading);
    });
  }

  #drop(channel: UdpChannel): void {
    this.#servers = this.#servers.filter((other) => other !== channel);
  }

  #withdraw(): void {
    this.#socket?.withdraw(this);
    this.#socket = null;
  }

  #fail(detail: string): void {
    this.#host.counts.failed += 1;
    this.#end({ kind: 'failed', detail });
  }

  #end(result: DnsResult): void {
    const hadPlace = this.#state === 'asking';
    this.#state = 'ended';
    this.#host.wheel.remove(this);
    this.#withdraw();
    if (hadPlace) this.#host.line.leave();
    this.question.settle(result);
  }
}
