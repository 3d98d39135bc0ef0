// One shard of the memory level: lru-cache by name, with up to one answer of each type for a name. By name, because a
// string that was used as a key before has its hash, and one put together for each question has not (measured: half of
// the cost of a hit). Also keeps its names in an array, so that a sweep can go through them in slices.
// Always holds: never more answers than its bound; the least recently used name goes first, with all its answers.
import { LRUCache } from 'lru-cache';
import type { CachedAnswer } from './cache-level.ts';
import type { QueryType } from './dns-answer.ts';

const TYPES: readonly QueryType[] = ['MX', 'A', 'AAAA'];

/** What is known of a name. What every hit reads stands first, in one line of the processor's cache. */
export interface Held {
  readonly name: string;
  /** Where it stands in the array; -1: no longer held. */
  at: number;
  /** How many names had come when it was last told to be in use. */
  usedAt: number;
  MX: CachedAnswer | null;
  A: CachedAnswer | null;
  AAAA: CachedAnswer | null;
}

export class MemoryShard {
  readonly #maxAnswers: number;
  readonly #names: LRUCache<string, Held>;
  readonly #held: Held[] = [];
  #answers = 0;
  /** Names that have come since the start: the time that the order of use goes by. */
  #come = 0;
  #evicted = 0;
  #givenAtSumMs = 0;

  constructor(maxAnswers: number) {
    this.#maxAnswers = maxAnswers;
    this.#names = new LRUCache({
      max: maxAnswers,
      dispose: (held, _name, reason) => {
        this.#forget(held, reason === 'evict');
      },
    });
  }

  /** Answers held. */
  get size(): number {
    return this.#answers;
  }

  /** Names held; a sweep goes from the last to the first. */
  get names(): number {
    return this.#held.length;
  }

  /** Answers given up for want of room. */
  get evicted(): number {
    return this.#evicted;
  }

  /** Milliseconds since the answers held were given, on the average; 0 if there are none. */
  meanAgeMs(nowMs: number): number {
    return this.#answers === 0 ? 0 : nowMs - this.#givenAtSumMs / this.#answers;
  }

  /** What is known of this name, which is in use. */
  find(name: string): Held | null {
    const held = this.#names.get(name);
    if (held === undefined) return null;
    held.usedAt = this.#come;
    return held;
  }

  /** It is in use, as by `find`. Only matters, and only costs something, once for each name that comes. */
  use(held: Held): void {
    if (held.usedAt !== this.#come) this.find(held.name);
  }

  set(name: string, type: QueryType, entry: CachedAnswer): void {
    const known = this.find(name);
    if (known !== null) {
      const old = known[type];
      if (old !== null) this.#count(old, -1);
      known[type] = entry;
    } else {
      const held: Held = { name, at: this.#held.length, usedAt: this.#come, MX: null, A: null, AAAA: null };
      this.#come += 1;
      held[type] = entry;
      this.#held.push(held);
      this.#names.set(name, held);
    }
    this.#count(entry, 1);
    while (this.#answers > this.#maxAnswers) this.#names.pop();
  }

  /** Removes what has expired of the name at this place; gives how many answers. The last name takes a removed one's place. */
  sweep(at: number, nowMs: number): number {
    const held = this.#held[at];
    if (held === undefined) return 0;
    let expired = 0;
    let left = 0;
    for (const type of TYPES) {
      const entry = held[type];
      if (entry === null) continue;
      if (entry.expiresAtMs > nowMs) left += 1;
      else {
        this.#count(entry, -1);
        held[type] = null;
        expired += 1;
      }
    }
    if (left === 0) this.#names.delete(held.name);
    return expired;
  }

  #count({ answer, expiresAtMs }: CachedAnswer, by: 1 | -1): void {
    this.#answers += by;
    this.#givenAtSumMs += by * (expiresAtMs - answer.ttlSec * 1000);
  }

  #forget(held: Held, evicted: boolean): void {
    for (const type of TYPES) {
      const entry = held[type];
      if (entry === null) continue;
      this.#count(entry, -1);
      if (evicted) this.#evicted += 1;
    }
    const { at } = held;
    held.at = -1;
    const last = this.#held.pop();
    if (last === undefined || last === held) return;
    this.#held[at] = last;
    last.at = at;
  }
}
