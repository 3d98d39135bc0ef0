// One level of the DNS cache. Levels are read through from the first to the last and written back to all of them:
// memory today, `library.db` behind it, and room for a shared one in between.
// Only certain answers are ever handed to a level; what has expired is a miss.
import type { DnsAnswer } from './dns-answer.ts';

export interface CachedAnswer {
  readonly answer: DnsAnswer;
  /** On the run's monotonic clock (a wall clock may jump by days); a level that outlives the run translates it. */
  readonly expiresAtMs: number;
}

export interface CacheLevel {
  readonly name: string;
  /** At once where the level can, so that a hit in memory costs no extra turn. Never rejects: trouble is a miss. */
  get(key: string): CachedAnswer | null | Promise<CachedAnswer | null>;
  /** Never throws and is never waited for. */
  set(key: string, entry: CachedAnswer): void;
  /** Entries held just now. */
  readonly size: number;
}
