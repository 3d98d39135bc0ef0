// The resolver's side of the metrics: look-ups and questions as they are answered, and the cache's own numbers when asked.
// No label names a domain or a server.
import type { Clock } from '../clock.ts';
import { Count } from './count.ts';
import { BOUNDS_OF, countSamples, itself, plain, tallySamples, type Family, type Sample } from './family.ts';
import { Labelled } from './labelled.ts';
import type { DnsObserver } from './observers.ts';
import type { DnsReading, DnsShardReading } from './readings.ts';
import { RecentTally } from './recent-tally.ts';
import { bucketOf } from './scale.ts';
import { Sources } from './sources.ts';
import { Tally } from './tally.ts';

export class DnsMetrics implements DnsObserver {
  readonly recent: { readonly lookup: RecentTally };
  readonly sources = new Sources<DnsReading>(({ queries, tcpQueries, silent, failed, hits, misses, coalesced, evictions, sweep: { expired } }) => ({
    queries, tcpQueries, silent, failed, hits, misses, coalesced, evictions, expired,
  }));
  readonly #clock: Clock;
  readonly #lookups = new Labelled(() => new Tally());
  readonly #questions = new Labelled(() => new Tally());

  constructor(clock: Clock) {
    this.#clock = clock;
    this.recent = { lookup: new RecentTally(clock.monotonicMs()) };
  }

  lookup(tookMs: number, outcome: string): void {
    const bucket = bucketOf(tookMs);
    this.#lookups.of(outcome, '').add(bucket, tookMs);
    this.recent.lookup.add(this.#clock.monotonicMs(), bucket, tookMs, 1, outcome === 'dns_temporary');
  }

  question(tookMs: number, from: string, outcome: string): void {
    this.#questions.of(from, outcome).add(bucketOf(tookMs), tookMs);
  }

  families(): readonly Family[] {
    const { waits } = BOUNDS_OF;
    const counter = (name: string, help: string, key: string): Family => ({
      kind: 'counter', name, help, labels: [], read: () => plain(this.sources.counters().get(key) ?? 0),
    });
    return [
      counter('winnow_dns_cache_hits_total', 'Questions answered from the cache.', 'hits'),
      counter('winnow_dns_cache_misses_total', 'Questions that no level of the cache could answer.', 'misses'),
      counter('winnow_dns_cache_coalesced_total', 'Questions that joined one that was already out.', 'coalesced'),
      counter('winnow_dns_cache_evictions_total', 'Answers dropped for want of room.', 'evictions'),
      counter('winnow_dns_cache_expired_total', 'Answers removed because their time was over.', 'expired'),
      counter('winnow_dns_queries_total', 'Questions sent to servers, by UDP and TCP.', 'queries'),
      counter('winnow_dns_tcp_queries_total', 'Questions sent by TCP.', 'tcpQueries'),
      counter('winnow_dns_timeouts_total', 'Waits for a server that ended without an answer.', 'silent'),
      counter('winnow_dns_failures_total', 'Questions that no server answered in time.', 'failed'),
      { kind: 'gauge', name: 'winnow_dns_cache_entries', help: 'Answers held, by level.', labels: ['level'], read: () => this.#entries() },
      { kind: 'gauge', name: 'winnow_dns_cache_shard_entries', help: 'Answers held in memory, by shard.', labels: ['shard'], read: () => this.#shards(({ size }) => size) },
      { kind: 'gauge', name: 'winnow_dns_cache_shard_mean_age_seconds', help: 'How long ago the answers in memory were stored, on the average, by shard.', labels: ['shard'], read: () => this.#shards(({ size, meanAgeMs }) => (size === 0 ? null : meanAgeMs / 1000)) },
      { kind: 'gauge', name: 'winnow_dns_cache_longest_sweep_seconds', help: 'The longest pause for removing expired answers.', labels: [], read: () => plain(Math.max(0, ...this.sources.readings().map(({ sweep }) => sweep.longestSliceMs)) / 1000) },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_dns_lookup_duration_seconds', help: 'Look-ups of the mail hosts of a domain, by outcome.', labels: ['outcome'], read: () => tallySamples(this.#lookups, ['outcome'], itself) },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_dns_question_duration_seconds', help: 'Single questions, by what answered them and how.', labels: ['from', 'outcome'], read: () => tallySamples(this.#questions, ['from', 'outcome'], itself) },
    ];
  }

  #entries(): readonly Sample[] {
    const sums = new Labelled(() => new Count());
    for (const { sizes } of this.sources.readings()) for (const [level, size] of Object.entries(sizes)) sums.of(level, '').add(size);
    return countSamples(sums, ['level']);
  }

  /** A shard is known by its number. Two networks at a time are rare; then the later one's shards are shown. */
  #shards(valueOf: (shard: DnsShardReading) => number | null): readonly Sample[] {
    const values = new Map<number, number>();
    for (const { shards } of this.sources.readings()) {
      for (const [index, shard] of shards.entries()) {
        const value = valueOf(shard);
        if (value !== null) values.set(index, value);
      }
    }
    return [...values].map(([index, value]) => ({ labels: { shard: String(index) }, value }));
  }
}
