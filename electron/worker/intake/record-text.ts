// The text of a record, and of cells in it, from its bytes: UTF-8, or Windows-1252 for a record of a UTF-8 file that is
// no UTF-8 (files are glued together from several; every byte keeps a character of its own, and the record is reported).
import { isUtf8 } from 'node:buffer';
import type { RecordView } from '../csv/chunk-parser.ts';
import type { DetectedEncoding } from './detect-encoding.ts';
import { decodeWindows1252 } from './windows-1252.ts';

/** U+FFFD in UTF-8, seen as latin1. */
const REPLACED = '\xEF\xBF\xBD';

export class RecordText {
  readonly #encoding: DetectedEncoding;
  #record = 0;
  #foreign = false;
  /** What is wrong with the bytes of the record asked for last, or null. */
  fault: string | null = null;

  constructor(encoding: DetectedEncoding) {
    this.#encoding = encoding;
  }

  /** Whether the record asked for last is read as Windows-1252, since it is no UTF-8. */
  get foreign(): boolean {
    return this.#foreign;
  }

  of(view: RecordView, start: number, end: number): string {
    const ascii = !view.scanner.anyHigh;
    if (view.record !== this.#record) {
      this.#record = view.record;
      this.#foreign = false;
      this.fault = null;
      if (!ascii) this.#examine(view);
    }
    if (ascii) return view.latin1.slice(start, end);
    return this.#foreign ? decodeWindows1252(view.bytes.subarray(start, end)) : view.bytes.toString('utf8', start, end);
  }

  #examine(view: RecordView): void {
    const { encoding, clean } = this.#encoding;
    if (encoding === 'utf-8') {
      if (clean || isUtf8(view.bytes.subarray(view.start, view.end))) return;
      this.#foreign = true;
      this.fault = 'the row is no valid UTF-8; it was read as Windows-1252';
    } else if (encoding !== 'windows-1252' && view.latin1.slice(view.start, view.end).includes(REPLACED)) {
      this.fault = `the row holds characters that are not valid in ${encoding}`;
    }
  }
}
