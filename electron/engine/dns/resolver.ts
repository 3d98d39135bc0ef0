// Answers DNS questions by the configured servers: in order of preference, over UDP, over TCP where an answer was cut.
// Always holds: at most `maxInFlight` questions are out, the others wait in order; a question ends by its deadline (faults
// row 47: Node's own default is 26 s); SERVFAIL, REFUSED and lame answers go to the next server (row 48). Knows nothing
// of mail and keeps nothing: the cache stands before it. Callbacks, not promises: this is the path of every question.
import type { Clock } from '../clock.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { DeadlineWheel } from './deadline-wheel.ts';
import { isHostName } from './dns-name.ts';
import { Exchange, type ExchangeHost, type TcpReading } from './exchange.ts';
import { InFlightLine } from './in-flight-line.ts';
import type { Asked, Question } from './question.ts';
import { RandomWords } from './random-words.ts';
import { tcpQuery } from './tcp-query.ts';
import type { DnsServer } from './types.ts';
import { UdpChannel } from './udp-channel.ts';

/** The first wait is this share of the whole; the last takes what is left. */
const FIRST_WAIT_SHARE = 1 / 8;

export interface ResolverStats {
  /** Questions sent, by UDP and TCP. */
  readonly queries: number;
  readonly tcpQueries: number;
  /** Waits that ended without an answer. */
  readonly silent: number;
  /** Answers that could not be got within the deadline and from any server. */
  readonly failed: number;
}

export interface Resolver {
  /** Settles `asked` with what comes of it. `startAt` turns the order of the servers by so many. */
  ask(asked: Asked, startAt: number): void;
  stats(): ResolverStats;
  close(): void;
}

export interface ResolverOptions {
  readonly servers: readonly DnsServer[];
  readonly settings: Settings['dns'];
  readonly clock: Clock;
}

export function createResolver({ servers, settings, clock }: ResolverOptions): Resolver {
  const words = new RandomWords();
  const channels = servers.map((server) => new UdpChannel(server, settings, words));
  /** The servers' orders, by the one that comes first. */
  const orders = channels.map((_, first) => [...channels.slice(first), ...channels.slice(0, first)]);
  const openTcp = new Set<() => void>();
  const counts = { queries: 0, tcpQueries: 0, silent: 0, failed: 0 };
  let closed = false;

  async function overTcp(server: DnsServer, question: Question, timeoutMs: number): Promise<TcpReading> {
    counts.queries += 1;
    counts.tcpQueries += 1;
    const { reading, abort } = tcpQuery({ server, question, id: words.next(), timeoutMs, clock, ttl: settings });
    openTcp.add(abort);
    try {
      return await reading;
    } finally {
      openTcp.delete(abort);
    }
  }

  const host: ExchangeHost = {
    clock,
    wheel: new DeadlineWheel(clock),
    line: new InFlightLine(settings.maxInFlight),
    counts,
    get closed() {
      return closed;
    },
    firstWaitMs: settings.timeoutMs * FIRST_WAIT_SHARE,
    overTcp,
  };

  function refuse(asked: Asked, detail: string): void {
    counts.failed += 1;
    asked.settle({ kind: 'failed', detail });
  }

  return {
    ask(asked, startAt) {
      const order = orders[startAt % orders.length];
      if (!isHostName(asked.name)) refuse(asked, 'not a host name');
      else if (order === undefined) refuse(asked, 'no DNS server is configured');
      else if (closed) refuse(asked, 'closed');
      else new Exchange(host, asked, order).begin();
    },
    stats: () => ({ ...counts }),
    close() {
      closed = true;
      for (const abort of [...openTcp]) abort();
      for (const channel of channels) channel.close();
      host.wheel.close();
    },
  };
}
