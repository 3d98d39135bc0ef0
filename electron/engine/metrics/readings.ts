// What the pool and the resolver are asked for when somebody looks: gauges, and counters since their start. Shapes only,
// so that metrics knows no stage; `SmtpPoolStats` and `DnsStats` fit them.

export interface PoolGroupReading {
  /** A provider's id, or `other`. */
  readonly group: string;
  readonly targets: number;
  readonly opening: number;
  readonly idle: number;
  readonly inUse: number;
  readonly waiting: number;
  /** Connections that adaptive sizing allows. */
  readonly size: number;
  readonly breakersOpen: number;
  readonly breakersHalfOpen: number;
}

export interface PoolReading {
  readonly connects: number;
  readonly greeted: number;
  readonly closedWith421: number;
  readonly failures: Readonly<Partial<Record<string, number>>>;
  readonly groups: readonly PoolGroupReading[];
}

export interface DnsShardReading {
  readonly size: number;
  /** How long ago its names were stored, on the average. */
  readonly meanAgeMs: number;
}

export interface DnsReading {
  readonly queries: number;
  readonly tcpQueries: number;
  readonly silent: number;
  readonly failed: number;
  readonly hits: number;
  readonly misses: number;
  readonly coalesced: number;
  /** Answers given up for want of room. */
  readonly evictions: number;
  /** Removal of answers whose time is over; the longest slice since the start, in milliseconds. */
  readonly sweep: { readonly expired: number; readonly longestSliceMs: number };
  /** Entries by level. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Of the memory level. */
  readonly shards: readonly DnsShardReading[];
}
