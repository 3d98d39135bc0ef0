// Answers one DNS question: which server is asked, for how long, and who is asked next.
// Always holds: at most `maxInFlight` questions are out, the others wait in order; a question ends by `timeoutMs` after it
// was first sent (faults row 47: Node's own default is 26 s); SERVFAIL, REFUSED and lame answers go to the next server
// (row 48). Knows nothing of mail and keeps nothing: the cache stands before it. Never rejects.
import type { Clock } from '../clock.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { DnsResult, QueryType } from './dns-answer.ts';
import { isHostName } from './dns-name.ts';
import type { Question } from './dns-message.ts';
import { createInFlightQueue } from './in-flight-queue.ts';
import { tcpQuery } from './tcp-query.ts';
import { createUdpChannel, type UdpReading } from './udp-channel.ts';
import type { DnsServer } from './types.ts';

/** Questions sent for one answer, retries over all servers included. */
const MAX_ATTEMPTS = 6;
/** The first wait is this share of the whole; it doubles with each round over the servers, and the last takes the rest. */
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
  /** `name` is canonical (lower-case, no trailing dot). `startAt` turns the order of the servers. */
  ask(name: string, type: QueryType, options?: { readonly startAt?: number }): Promise<DnsResult>;
  stats(): ResolverStats;
  close(): void;
}

export interface ResolverOptions {
  readonly servers: readonly DnsServer[];
  readonly settings: Settings['dns'];
  readonly clock: Clock;
}

export function createResolver({ servers, settings, clock }: ResolverOptions): Resolver {
  const channels = servers.map((server) => ({ server, udp: createUdpChannel(server, clock, settings) }));
  const queue = createInFlightQueue(settings.maxInFlight);
  const openTcp = new Set<() => void>();
  const counts = { queries: 0, tcpQueries: 0, silent: 0, failed: 0 };
  const closing = new AbortController();

  async function askOverTcp(server: DnsServer, question: Question, timeoutMs: number): Promise<UdpReading> {
    counts.queries += 1;
    counts.tcpQueries += 1;
    const { reading, abort } = tcpQuery({ server, question, timeoutMs, clock, ttl: settings });
    openTcp.add(abort);
    try {
      return await reading;
    } finally {
      openTcp.delete(abort);
    }
  }

  async function resolve(question: Question, startAt: number): Promise<DnsResult> {
    const deadlineMs = clock.monotonicMs() + settings.timeoutMs;
    // A server that has said that it will not answer is not asked again; one that was silent is.
    let candidates = channels.map((_, index) => channels[(index + startAt) % channels.length]).filter((channel) => channel !== undefined);
    const withoutEdns = new Set<DnsServer>();
    let detail = candidates.length === 0 ? 'no DNS server is configured' : 'no answer';
    let waitMs = settings.timeoutMs * FIRST_WAIT_SHARE;

    for (let attempt = 0, turn = 0; attempt < MAX_ATTEMPTS && candidates.length > 0 && !closing.signal.aborted; attempt += 1) {
      const leftMs = deadlineMs - clock.monotonicMs();
      if (leftMs <= 0) break;
      const channel = candidates[turn % candidates.length];
      if (channel === undefined) break;
      const { server, udp } = channel;
      counts.queries += 1;
      const timeoutMs = attempt === MAX_ATTEMPTS - 1 ? leftMs : Math.min(leftMs, waitMs);
      let reading = await udp.ask(question, { edns: !withoutEdns.has(server), timeoutMs });
      if (reading.kind === 'truncated') reading = await askOverTcp(server, question, Math.max(1, deadlineMs - clock.monotonicMs()));

      switch (reading.kind) {
        case 'answer':
          return reading.answer;
        case 'unusable':
          return failure(reading.detail);
        case 'silent':
          counts.silent += 1;
          detail = `no answer from ${server.host} in time`;
          turn += 1;
          // One round over the servers has gone by: be more patient in the next.
          if (turn % candidates.length === 0) waitMs *= 2;
          break;
        case 'refused':
          detail = `${reading.detail} from ${server.host}`;
          if (reading.withoutEdns && !withoutEdns.has(server)) withoutEdns.add(server);
          else candidates = candidates.filter((candidate) => candidate !== channel);
          break;
        case 'unreachable':
        case 'truncated':
          detail = `${server.host}: ${reading.kind === 'unreachable' ? reading.detail : 'truncated'}`;
          candidates = candidates.filter((candidate) => candidate !== channel);
          break;
      }
    }
    return failure(closing.signal.aborted ? 'closed' : detail);
  }

  function failure(detail: string): DnsResult {
    counts.failed += 1;
    return { kind: 'failed', detail };
  }

  return {
    ask(name, type, { startAt = 0 } = {}) {
      if (!isHostName(name)) return Promise.resolve(failure('not a host name'));
      return queue.run(() => resolve({ name, type }, startAt));
    },
    stats: () => ({ ...counts }),
    close() {
      closing.abort();
      for (const abort of [...openTcp]) abort();
      for (const { udp } of channels) udp.close();
    },
  };
}
