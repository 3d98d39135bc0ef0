// A set of text keys, each with a number, in 16 to 32 bytes a key however long the keys are: the keys themselves are not
// kept, only 70 bits of hash under a random seed. Two of 10 million keys meet by chance once in 25 million imports, and
// nobody can make them meet on purpose, since the seed is new each time.
// It lies in 64 parts that grow one by one, so that growing never needs the memory of two whole ones.
// Measured: a Map of strings needs ten times the memory, a UNIQUE index while loading halves the import's speed.
import { randomBytes } from 'node:crypto';

/** Two words of hash and the number; number 0 marks an empty slot. */
const WORDS = 3;
const MAX_LOAD = 0.75;
const PARTS = 64;
const FIRST_SLOTS = 16;

interface Part {
  slots: Uint32Array;
  mask: number;
  size: number;
}

export class KeyIndex {
  readonly #seed = new Uint32Array(3);
  readonly #hash = new Int32Array(3);
  readonly #parts: readonly Part[] = Array.from({ length: PARTS }, () => ({ slots: new Uint32Array(FIRST_SLOTS * WORDS), mask: FIRST_SLOTS - 1, size: 0 }));
  #size = 0;

  constructor() {
    const bytes = randomBytes(12);
    for (let lane = 0; lane < 3; lane++) this.#seed[lane] = bytes.readUInt32LE(lane * 4);
  }

  get size(): number {
    return this.#size;
  }

  /** The number that `key` has, or 0 if it had none and now has `value` (1 … 2^32 - 1). `space`: keys of different spaces
   *  (whole numbers from 0) are different keys. */
  addOrFind(key: string, value: number, space = 0): number {
    this.#hashOf(key, space);
    return this.#addOrFind(value);
  }

  /** The same of the key whose text is `bytes[start, end)`, which is ASCII. */
  addOrFindBytes(bytes: Uint8Array, start: number, end: number, value: number, space = 0): number {
    this.#hashBytes(bytes, start, end, space);
    return this.#addOrFind(value);
  }

  /** The number that the key `bytes[start, end)` has, or 0. Whatever the bytes are, only a key of ASCII is found. */
  findBytes(bytes: Uint8Array, start: number, end: number, space = 0): number {
    this.#hashBytes(bytes, start, end, space);
    return this.#find();
  }

  /** The number that the key has, or 0. */
  find(key: string, space = 0): number {
    this.#hashOf(key, space);
    return this.#find();
  }

  #find(): number {
    const part = this.#parts[(this.#hash[2] ?? 0) & (PARTS - 1)];
    if (part === undefined) return 0;
    return part.slots[slotOf(part.slots, part.mask, (this.#hash[0] ?? 0) >>> 0, (this.#hash[1] ?? 0) >>> 0) + 2] ?? 0;
  }

  #addOrFind(value: number): number {
    const a = (this.#hash[0] ?? 0) >>> 0;
    const b = (this.#hash[1] ?? 0) >>> 0;
    const part = this.#parts[(this.#hash[2] ?? 0) & (PARTS - 1)];
    if (part === undefined) return 0;
    const { slots } = part;
    const at = slotOf(slots, part.mask, a, b);
    const found = slots[at + 2] ?? 0;
    if (found !== 0) return found;
    slots[at] = a;
    slots[at + 1] = b;
    slots[at + 2] = value;
    this.#size++;
    part.size++;
    if (part.size > (part.mask + 1) * MAX_LOAD) grow(part);
    return 0;
  }

  #hashOf(key: string, space: number): void {
    let a = (this.#seed[0] ?? 0) ^ Math.imul(space, 0x9e3779b1);
    let b = (this.#seed[1] ?? 0) + space;
    let c = (this.#seed[2] ?? 0) ^ space;
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

  /** As `#hashOf` has it for the same text: one code of it for both would be slow for both (seen). */
  #hashBytes(bytes: Uint8Array, start: number, end: number, space: number): void {
    let a = (this.#seed[0] ?? 0) ^ Math.imul(space, 0x9e3779b1);
    let b = (this.#seed[1] ?? 0) + space;
    let c = (this.#seed[2] ?? 0) ^ space;
    for (let index = start; index < end; index++) {
      const unit = bytes[index] ?? 0;
      a = Math.imul(a ^ unit, 0x85ebca6b);
      a = (a << 13) | (a >>> 19);
      b = Math.imul((b << 7) | (b >>> 25), 0xc2b2ae35) ^ unit;
      c = Math.imul(c + unit, 0x27d4eb2f);
      c ^= c >>> 15;
    }
    const length = end - start;
    this.#hash[0] = finish(a ^ length);
    this.#hash[1] = finish(b ^ length);
    this.#hash[2] = finish(c ^ length);
  }
}

/** Where the hash is, or the empty slot where it would be. */
function slotOf(slots: Uint32Array, mask: number, a: number, b: number): number {
  let slot = a & mask;
  for (;;) {
    const at = slot * WORDS;
    if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at;
    slot = (slot + 1) & mask;
  }
}

function grow(part: Part): void {
  const old = part.slots;
  const mask = part.mask * 2 + 1;
  const slots = new Uint32Array((mask + 1) * WORDS);
  for (let at = 0; at < old.length; at += WORDS) {
    const value = old[at + 2] ?? 0;
    if (value === 0) continue;
    const a = old[at] ?? 0;
    const b = old[at + 1] ?? 0;
    const to = slotOf(slots, mask, a, b);
    slots[to] = a;
    slots[to + 1] = b;
    slots[to + 2] = value;
  }
  part.slots = slots;
  part.mask = mask;
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
