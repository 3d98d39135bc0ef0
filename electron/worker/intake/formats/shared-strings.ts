// The shared strings of a workbook (ECMA-376 18.4): texts that cells name by number, kept as UTF-8 in one buffer, so that
// two million of them cost their bytes and not an object each. Bounded: beyond `MAX_BYTES` or `MAX_STRINGS` it is refused.
import { XmlRefused, XmlScanner } from './xml-scanner.ts';
import { decodeXstring } from './xstring.ts';

const MAX_BYTES = 512 * 1_048_576;
const MAX_STRINGS = 20_000_000;
/** Texts kept as they were given last; a power of two. */
const RECENT = 4_096;
/** What one UTF-16 unit takes at most. */
const BYTES_PER_UNIT = 3;

export class SharedStrings {
  #bytes = Buffer.allocUnsafe(65_536);
  #ends = new Uint32Array(4_096);
  #count = 0;
  #length = 0;
  readonly #recent = new Array<string>(RECENT).fill('');
  readonly #recentIndex = new Uint32Array(RECENT);

  get count(): number {
    return this.#count;
  }

  /** Throws XmlRefused. */
  add(text: string): void {
    const need = this.#length + text.length * BYTES_PER_UNIT;
    if (need > MAX_BYTES || this.#count >= MAX_STRINGS) throw new XmlRefused('holds more text than can be kept in memory');
    if (need > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.min(MAX_BYTES, Math.max(need, this.#bytes.length * 2)));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(this.#count * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#ends[this.#count] = this.#length;
    this.#count++;
  }

  /** '' for a number that names none. */
  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) return '';
    // What repeats (cities, companies) is not made anew each time.
    const slot = index & (RECENT - 1);
    if (this.#recentIndex[slot] !== index + 1) {
      this.#recentIndex[slot] = index + 1;
      this.#recent[slot] = this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
    }
    return this.#recent[slot] ?? '';
  }
}

/** Reads `xl/sharedStrings.xml` into `strings`. */
export function sharedStringsScanner(strings: SharedStrings): XmlScanner {
  let text = '';
  let inText = false;
  // Phonetic hints (rPh) are no part of the text.
  let phonetic = false;
  return new XmlScanner({
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = !phonetic;
      else if (name === 'rPh') phonetic = true;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') strings.add(decodeXstring(text));
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
}
