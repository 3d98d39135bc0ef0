// What is held and what was counted, added up over all networks that are open: for the app's own display. A scraper gets
// the same by group from the families.
import type { DnsReading, PoolReading } from './readings.ts';
import type { Sources } from './sources.ts';

export interface Gauges {
  /** Sessions that are open or opening. */
  readonly connections: number;
  /** Mail servers that the pools know. */
  readonly targets: number;
  /** Since the start: DNS questions that memory answered, and all of them. */
  readonly dnsHits: number;
  readonly dnsQuestions: number;
}

export function readGauges(pools: Sources<PoolReading>, resolvers: Sources<DnsReading>): Gauges {
  const groups = pools.readings().flatMap((reading) => reading.groups);
  const dns = resolvers.counters();
  const hits = dns.get('hits') ?? 0;
  return {
    connections: groups.reduce((sum, { opening, idle, inUse }) => sum + opening + idle + inUse, 0),
    targets: groups.reduce((sum, { targets }) => sum + targets, 0),
    dnsHits: hits,
    dnsQuestions: hits + (dns.get('misses') ?? 0) + (dns.get('coalesced') ?? 0),
  };
}
