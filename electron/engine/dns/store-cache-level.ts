// The level of the DNS cache that outlives a run: answers in library.db, over the batch worker. Times are translated
// between the run's monotonic clock and the epoch.
// Always holds: one call for all that is read in a turn of the event loop, one for all that is written in a second; an
// answer waits a few milliseconds for it at most, because the worker may be at an import of minutes; trouble is a miss.
import type { Clock } from '../clock.ts';
import type { CachedAnswer, CacheEntry, CacheLevel } from './cache-level.ts';
import { questionKey, type Question } from './question.ts';
import { readStoredAnswer, storedAnswer } from './stored-answer.ts';

export interface StoredAnswer {
  readonly key: string;
  /** JSON. */
  readonly answer: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** What it needs of the store, as promises. */
export interface DnsAnswerStore {
  dnsCacheGet(keys: readonly string[]): Promise<readonly (StoredAnswer | null)[]>;
  dnsCacheSet(entries: readonly StoredAnswer[]): Promise<void>;
}

/** The longest that an answer waits. */
const LONGEST_READ_MS = 10;
/** After a read that took longer nobody waits for a while. */
const LEFT_ALONE_MS = 1_000;
const MAX_KEYS_A_CALL = 500;
const WRITE_EVERY_MS = 1_000;
const MAX_ENTRIES_A_CALL = 500;
/** What is not written yet; more is not kept. */
const MAX_UNWRITTEN = 5_000;

interface Reader {
  readonly key: string;
  readonly resolve: (found: CachedAnswer | null) => void;
}

export function createStoreCacheLevel({ store, clock }: { readonly store: DnsAnswerStore; readonly clock: Clock }): CacheLevel {
  let readers: Reader[] = [];
  let leftAloneUntilMs = -Infinity;
  const unwritten = new Map<string, CacheEntry>();
  let cancelWrite: (() => void) | null = null;
  let writing = false;
  let closed = false;

  function get(name: string, type: Question['type']): Promise<CachedAnswer | null> {
    if (closed || clock.monotonicMs() < leftAloneUntilMs) return Promise.resolve(null);
    return new Promise((resolve) => {
      if (readers.length === 0) setImmediate(readAll);
      readers.push({ key: questionKey(name, type), resolve });
    });
  }

  /** At the end of the turn, for all that was asked in it. */
  function readAll(): void {
    const all = readers;
    readers = [];
    for (let start = 0; start < all.length; start += MAX_KEYS_A_CALL) {
      const part = all.slice(start, start + MAX_KEYS_A_CALL);
      void read(part.map(({ key }) => key)).then((found) => {
        for (const [index, { resolve }] of part.entries()) resolve(found[index] ?? null);
      });
    }
  }

  /** Never rejects. */
  function read(keys: readonly string[]): Promise<readonly (CachedAnswer | null)[]> {
    return new Promise((resolve) => {
      const cancel = clock.after(LONGEST_READ_MS, () => {
        leftAloneUntilMs = clock.monotonicMs() + LEFT_ALONE_MS;
        resolve([]);
      }, { unref: true });
      store.dnsCacheGet(keys).then(
        (stored) => {
          cancel();
          resolve(stored.map((entry) => (entry === null ? null : recalled(entry))));
        },
        () => {
          cancel();
          leftAloneUntilMs = clock.monotonicMs() + LEFT_ALONE_MS;
          resolve([]);
        },
      );
    });
  }

  function recalled({ answer: text, expiresAtMs }: StoredAnswer): CachedAnswer | null {
    const answer = readStoredAnswer(text);
    if (answer === null) return null;
    // A wall clock that was set back makes nothing live longer than its TTL.
    const leftMs = Math.min(expiresAtMs - clock.epochMs(), answer.ttlSec * 1000);
    return leftMs <= 0 ? null : { answer, expiresAtMs: Math.floor(clock.monotonicMs() + leftMs) };
  }

  function set(entry: CacheEntry): void {
    if (closed || unwritten.size >= MAX_UNWRITTEN) return;
    unwritten.set(questionKey(entry.name, entry.type), entry);
    if (unwritten.size >= MAX_ENTRIES_A_CALL) write();
    else cancelWrite ??= clock.after(WRITE_EVERY_MS, write, { unref: true });
  }

  function write(): void {
    cancelWrite?.();
    cancelWrite = null;
    if (writing) return;
    const nowMs = clock.monotonicMs();
    const entries: StoredAnswer[] = [];
    for (const [key, { answer, expiresAtMs }] of unwritten) {
      if (entries.length >= MAX_ENTRIES_A_CALL) break;
      unwritten.delete(key);
      const text = storedAnswer(answer);
      if (text !== null && expiresAtMs > nowMs) entries.push({ key, answer: text, expiresAtMs: Math.floor(clock.epochMs() + expiresAtMs - nowMs) });
    }
    if (entries.length === 0) return;
    writing = true;
    const written = (): void => {
      writing = false;
      if (unwritten.size > 0 && (closed || unwritten.size >= MAX_ENTRIES_A_CALL)) write();
      else if (unwritten.size > 0) cancelWrite ??= clock.after(WRITE_EVERY_MS, write, { unref: true });
    };
    // A cache that cannot be written is no trouble of the run's.
    store.dnsCacheSet(entries).then(written, written);
  }

  return {
    name: 'library',
    get,
    async getMany(questions) {
      if (closed || clock.monotonicMs() < leftAloneUntilMs) return questions.map(() => null);
      const found = await read(questions.map(({ name, type }) => questionKey(name, type)));
      return questions.map((_, index) => found[index] ?? null);
    },
    set(entry) {
      if (entry.answer.kind === 'records' || entry.answer.kind === 'alias') set(entry);
    },
    setMany(entries) {
      for (const entry of entries) this.set(entry);
    },
    /** What is still to be written: how much the table holds is the store's to say. */
    get size() {
      return unwritten.size;
    },
    close() {
      if (closed) return;
      closed = true;
      for (const { resolve } of readers.splice(0)) resolve(null);
      write();
    },
  };
}
