// One level of the DNS cache. Levels are read through from the first to the last and written back to all of them:
// memory, `library.db` behind it, and room for a shared one in between.
// Only certain answers are ever handed to a level; what has expired is a miss. Trouble of a level is a miss too: it never
// throws, rejects or delays an answer by more than a few milliseconds.
import type { DnsAnswer, QueryType } from './dns-answer.ts';
import type { Question } from './question.ts';

export interface CachedAnswer {
  readonly answer: DnsAnswer;
  /** On the run's monotonic clock (a wall clock may jump by days); a level that outlives the run translates it. */
  readonly expiresAtMs: number;
}

export interface CacheEntry extends Question, CachedAnswer {}

export interface CacheLevel {
  readonly name: string;
  /** One answer at once, with no promise: only levels in memory have it, and only the first level is asked so. */
  tryGet?(name: string, type: QueryType): CachedAnswer | null;
  get(name: string, type: QueryType): Promise<CachedAnswer | null>;
  /** In the questions' order; one call however many they are. */
  getMany(questions: readonly Question[]): Promise<readonly (CachedAnswer | null)[]>;
  /** Is never waited for. */
  set(entry: CacheEntry): void;
  setMany(entries: readonly CacheEntry[]): void;
  /** Entries held just now, as far as the level knows. */
  readonly size: number;
  /** Ends timers and what is still to be written. */
  close(): void;
}
