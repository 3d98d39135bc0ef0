// What verdicts say, by the place where their details lie: the answers of one flight share a place, so most rows of a list
// say what another row has said. Three typed arrays of a fixed size, however long the list is; what does not fit is
// forgotten and read again. Knows no database.

/** Slots that a place may be in. A power of two. */
const WAYS = 4;
const LEAST_BITS = 10;
/** A million places: 20 MB. */
const MOST_BITS = 20;

export class SaidMemory {
  readonly #shift: number;
  /** 0: an empty slot. */
  readonly #places: Float64Array;
  readonly #said: Uint32Array;
  readonly #checkedAtMs: Float64Array;

  /** `rows`: of the list. */
  constructor(rows: number) {
    const bits = Math.max(LEAST_BITS, Math.min(MOST_BITS, Math.ceil(Math.log2(Math.max(1, rows / 2)))));
    this.#shift = 32 - bits;
    this.#places = new Float64Array(2 ** bits);
    this.#said = new Uint32Array(2 ** bits);
    this.#checkedAtMs = new Float64Array(2 ** bits);
  }

  /** The slot of `place` (not 0), or -1. */
  find(place: number): number {
    const first = this.#firstSlot(place);
    for (let way = 0; way < WAYS; way++) if (this.#places[first ^ way] === place) return first ^ way;
    return -1;
  }

  /** Number of what is said there. */
  said(slot: number): number {
    return this.#said[slot] ?? 0;
  }

  checkedAtMs(slot: number): number {
    return this.#checkedAtMs[slot] ?? 0;
  }

  /** In an empty slot, or in that of another place. */
  keep(place: number, said: number, checkedAtMs: number): void {
    const first = this.#firstSlot(place);
    let slot = first;
    for (let way = WAYS - 1; way >= 0; way--) if (this.#places[first ^ way] === 0) slot = first ^ way;
    this.#places[slot] = place;
    this.#said[slot] = said;
    this.#checkedAtMs[slot] = checkedAtMs;
  }

  clear(): void {
    this.#places.fill(0);
  }

  /** Places go beyond 32 bits. */
  #firstSlot(place: number): number {
    let hash = Math.imul(place ^ Math.imul(Math.floor(place / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    return Math.imul(hash, 0xc2b2ae35) >>> this.#shift;
  }
}
