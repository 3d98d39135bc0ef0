// Writes JSON as ASCII bytes into one growing array: no strings are made on the way, which is what costs most where
// hundreds of thousands a second are written. Not for anything but the parts of verdict-details.
import { asciiJson } from './ascii-json.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const MINUS = 0x2d;
/** What a small integer is divided into: V8 divides those fast, and doubles slowly. */
const HALF = 10_000_000;

export class AsciiWriter {
  #bytes: Uint8Array;
  length = 0;

  /** `capacity`: bytes to begin with. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** What was written; the writer's own, until it is written to again. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** ASCII, as it is. */
  raw(text: string): void {
    this.#reserve(text.length);
    const bytes = this.#bytes;
    let at = this.length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.length = at;
  }

  /** A JSON string, or `null`. */
  text(text: string | null): void {
    if (text === null) {
      this.raw('null');
      return;
    }
    const { length } = text;
    this.#reserve(length + 2);
    const bytes = this.#bytes;
    let at = this.length;
    bytes[at++] = QUOTE;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        this.raw(asciiJson(text));
        return;
      }
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.raw(String(value));
      return;
    }
    this.#reserve(20);
    let rest = value;
    if (rest < 0) {
      this.#bytes[this.length++] = MINUS;
      rest = -rest;
    }
    if (rest < HALF) {
      this.#digits(rest | 0, 1);
      return;
    }
    const high = Math.floor(rest / HALF);
    if (high < HALF) this.#digits(high | 0, 1);
    else this.raw(String(high));
    this.#digits((rest - high * HALF) | 0, 7);
  }

  /** With leading zeros up to `least` digits. */
  #digits(value: number, least: number): void {
    let count = 1;
    for (let rest = (value / 10) | 0; rest > 0; rest = (rest / 10) | 0) count++;
    if (count < least) count = least;
    const end = this.length + count;
    let rest = value;
    for (let at = end - 1; at >= this.length; at--) {
      this.#bytes[at] = ZERO + (rest % 10);
      rest = (rest / 10) | 0;
    }
    this.length = end;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
