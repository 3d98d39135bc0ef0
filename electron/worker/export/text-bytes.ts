// Text into the bytes of an encoding. UTF-8 and UTF-16 take everything; Windows-1252 (as the WHATWG standard has it) has
// 256 characters: every other one is written as `?` and told of. Nothing is left out silently.
import type { ExportEncoding } from '../../../shared/export/export-form.ts';
import { decodeWindows1252 } from '../intake/windows-1252.ts';

const QUESTION_MARK = 0x3f;
const CHARACTERS_TOLD = 20;
/** Of one code unit, in UTF-8 (a surrogate pair has four bytes in two units). */
const MOST_BYTES = 3;

/** Byte by code unit; 0 for those that have none (NUL is its own). */
const WINDOWS_1252 = makeTable();

export class TextBytes {
  readonly #encoding: ExportEncoding;
  readonly characters = new Set<string>();
  /** Characters that were replaced. */
  replaced = 0;
  /** One for all pieces: memory outside of the heap is garbage for long before anybody looks. */
  #buffer = Buffer.alloc(0);

  constructor(encoding: ExportEncoding) {
    this.#encoding = encoding;
  }

  /** `text` never ends between the two halves of a character. The bytes are only valid until the next call. */
  encode(text: string): Buffer {
    if (this.#encoding === 'windows-1252') return this.#windows1252(text);
    const room = text.length * MOST_BYTES;
    if (this.#buffer.length < room) this.#buffer = Buffer.allocUnsafeSlow(room);
    return this.#buffer.subarray(0, this.#buffer.write(text, 0, this.#encoding === 'utf-8' ? 'utf8' : 'utf16le'));
  }

  #windows1252(text: string): Buffer {
    const bytes = Buffer.allocUnsafe(text.length);
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const byte = WINDOWS_1252[code] ?? 0;
      if (byte !== 0 || code === 0) {
        bytes[length++] = byte;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(at) ?? code);
      if (character.length === 2) at++;
      bytes[length++] = QUESTION_MARK;
      this.replaced++;
      if (this.characters.size < CHARACTERS_TOLD) this.characters.add(character);
    }
    return bytes.subarray(0, length);
  }
}

function makeTable(): Uint8Array {
  const table = new Uint8Array(65_536);
  const all = decodeWindows1252(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  for (let byte = 0; byte < 256; byte++) table[all.charCodeAt(byte)] = byte;
  return table;
}
