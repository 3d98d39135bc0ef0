// A file of lines: gathers text, encodes it, and writes it in pieces. Bounded: never holds more than a piece.
import type { AtomicFile } from './atomic-file.ts';
import type { TextBytes } from './text-bytes.ts';

/** UTF-16 units between writes: big enough that the calls cost nothing. */
const PIECE_UNITS = 262_144;

export class TextFile {
  readonly #file: AtomicFile;
  readonly #encoded: TextBytes;
  #text = '';
  rows = 0;

  constructor(file: AtomicFile, encoded: TextBytes) {
    this.#file = file;
    this.#encoded = encoded;
  }

  /** So far written. */
  get bytes(): number {
    return this.#file.bytes;
  }

  row(line: string): void {
    this.rows++;
    this.write(line);
  }

  /** Whole characters only. */
  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_UNITS) this.flush();
  }

  flush(): void {
    if (this.#text === '') return;
    const bytes = this.#encoded.encode(this.#text);
    this.#text = '';
    this.#file.write(bytes);
  }
}
