// Where one CSV record and its cells begin and end in a string: RFC 4180, and leniently what real files hold instead.
// Works on offsets only, so the same code reads a chunk of bytes (as latin1) and a stored record (as text), and a
// record always splits the same way in both. What a cell holds depends on its record's own text alone.
// Lenient: LF, CRLF and CR end a record; text after a closing quote makes the whole cell literal (as csv-parse's
// `relax_quotes` does), spaces there stay behind the value; a quote that is never closed is an ordinary character.
// No record is longer than `MAX_RECORD_LENGTH`: nothing beyond it is looked at, so time and memory stay bounded.

export const MAX_RECORD_LENGTH = 1_048_576;
/** CR and LF may follow a record of the greatest length. */
const WINDOW = MAX_RECORD_LENGTH + 2;

export const QUOTE = 34;
const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/** How a cell's slice becomes its value. */
export const CELL_PLAIN = 0;
/** Within quotes; the slice is the value. */
export const CELL_QUOTED = 1;
/** Within quotes with doubled quotes in it. */
export const CELL_DOUBLED = 2;
/** As `CELL_DOUBLED`, and the slice goes on over the closing quote and the spaces after it. */
export const CELL_SPACED = 3;

/** `more`: the string ends within the record. `tooLong`: it has no end within `MAX_RECORD_LENGTH`. */
export type ScanResult = 'record' | 'more' | 'tooLong';

/** The record that was scanned last, and its cells. */
export interface ScannedRecord {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** End of the record without its line end, and where the next one begins. */
  readonly end: number;
  readonly next: number;
  /** Where a quote opens that is never closed, or -1. */
  readonly unclosedAt: number;
  /** Whether any cell is quoted (only then can the record hold line ends). */
  readonly anyQuoted: boolean;
}

export class RecordScanner implements ScannedRecord {
  readonly delimiter: number;
  count = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  kinds = new Uint8Array(64);
  end = 0;
  next = 0;
  unclosedAt = -1;
  anyQuoted = false;

  constructor(delimiter: string) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** Scans the record that begins at `from`. `final`: nothing follows the string. */
  scan(text: string, from: number, final: boolean): ScanResult {
    this.count = 0;
    this.unclosedAt = -1;
    this.anyQuoted = false;
    const lack: ScanResult = final || text.length - from >= WINDOW ? 'tooLong' : 'more';
    let position = from;
    for (;;) {
      if (position - from > MAX_RECORD_LENGTH) return 'tooLong';
      const end = this.#scanCell(text, from, position, final);
      if (end < 0) return lack;
      if (end - from > MAX_RECORD_LENGTH) return 'tooLong';
      if (text.charCodeAt(end) === this.delimiter) {
        position = end + 1;
        continue;
      }
      this.end = end;
      if (end >= text.length) {
        this.next = end;
        return 'record';
      }
      if (text.charCodeAt(end) === LF) this.next = end + 1;
      else if (end + 1 >= text.length && !final) return 'more';
      else this.next = text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
      return 'record';
    }
  }

  /** The end of the cell that begins at `start` (a delimiter, a line end or the string's end), or -1 if there is none yet. */
  #scanCell(text: string, from: number, start: number, final: boolean): number {
    let plainFrom = start;
    if (text.charCodeAt(start) === QUOTE) {
      const settled = final || text.length - from >= WINDOW;
      let doubled = false;
      let close = text.indexOf('"', start + 1);
      while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
        doubled = true;
        close = text.indexOf('"', close + 2);
      }
      if (close < 0 || close - from >= MAX_RECORD_LENGTH) {
        if (!settled) return -1;
        if (this.unclosedAt < 0) this.unclosedAt = start;
      } else {
        if (close + 1 >= text.length && !final) return -1;
        let after = close + 1;
        while (this.#isBlank(text.charCodeAt(after))) after++;
        if (after >= text.length && !final) return -1;
        this.anyQuoted = true;
        if (after >= text.length || this.#endsCell(text.charCodeAt(after))) {
          if (after > close + 1) this.#push(start + 1, after, CELL_SPACED);
          else this.#push(start + 1, close, doubled ? CELL_DOUBLED : CELL_QUOTED);
          return after;
        }
        plainFrom = after;
      }
    }
    let end = plainFrom;
    while (end < text.length && !this.#endsCell(text.charCodeAt(end))) end++;
    if (end >= text.length && !final) return -1;
    this.#push(start, end, CELL_PLAIN);
    return end;
  }

  #endsCell(code: number): boolean {
    return code === this.delimiter || code === LF || code === CR;
  }

  #isBlank(code: number): boolean {
    return code === SPACE || (code === TAB && this.delimiter !== TAB);
  }

  #push(start: number, end: number, kind: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(this.count * 2));
      this.ends = grown(this.ends, new Int32Array(this.count * 2));
      this.kinds = grown(this.kinds, new Uint8Array(this.count * 2));
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.kinds[this.count] = kind;
    this.count++;
  }
}

/** The value of a cell from its slice. */
export function cellValue(slice: string, kind: number): string {
  if (kind === CELL_PLAIN || kind === CELL_QUOTED) return slice;
  if (kind === CELL_DOUBLED) return slice.replaceAll('""', '"');
  const close = slice.lastIndexOf('"');
  return slice.slice(0, close).replaceAll('""', '"') + slice.slice(close + 1);
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
