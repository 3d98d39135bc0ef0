// The scanner for chunks of a file: the same records and cells as `RecordScanner` finds (which see, for the grammar), in
// half the time, since bytes are cheaper to look at than the characters of a string. It only decides the plain cases
// itself: cells without quotes, cells that a quote opens and closes, a line end with whatever follows it in sight.
// Everything else, and every record that is longer than it should be, is the other scanner's to say.
import { CELL_DOUBLED, CELL_PLAIN, CELL_QUOTED, MAX_RECORD_LENGTH, QUOTE, RecordScanner, type ScannedRecord, type ScanResult } from './record-scanner.ts';

const LF = 10;
const CR = 13;
const ASCII_END = 0x80;

export class ByteScanner implements ScannedRecord {
  readonly #delimiter: number;
  readonly #slow: RecordScanner;
  count = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  kinds = new Uint8Array(64);
  /** Of each cell: 0 if all its bytes are ASCII. */
  highs = new Uint8Array(64);
  end = 0;
  next = 0;
  unclosedAt = -1;
  anyQuoted = false;
  /** Whether any of the record's bytes is not ASCII. */
  anyHigh = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#slow = new RecordScanner(delimiter);
  }

  /** `latin1`: the bytes as a string, one character each. */
  scan(bytes: Uint8Array, latin1: string, from: number, final: boolean): ScanResult {
    if (this.#scanPlain(bytes, from)) return 'record';
    const slow = this.#slow;
    const result = slow.scan(latin1, from, final);
    if (result !== 'record') return result;
    this.count = slow.count;
    this.starts = slow.starts;
    this.ends = slow.ends;
    this.kinds = slow.kinds;
    this.end = slow.end;
    this.next = slow.next;
    this.unclosedAt = slow.unclosedAt;
    this.anyQuoted = slow.anyQuoted;
    this.anyHigh = hasHigh(bytes, from, slow.end);
    if (this.highs.length < this.kinds.length) this.highs = new Uint8Array(this.kinds.length);
    for (let cell = 0; cell < slow.count; cell++) this.highs[cell] = hasHigh(bytes, slow.starts[cell] ?? 0, slow.ends[cell] ?? 0) ? ASCII_END : 0;
    return 'record';
  }

  /** False: it is not as plain as that. */
  #scanPlain(bytes: Uint8Array, from: number): boolean {
    const delimiter = this.#delimiter;
    // Above it no byte ends a cell: most bytes are told by one comparison.
    const last = delimiter > CR ? delimiter : CR;
    const length = Math.min(bytes.length, from + MAX_RECORD_LENGTH);
    let { starts, ends, kinds, highs } = this;
    let count = 0;
    let any = 0;
    let quoted = false;
    let at = from;
    for (;;) {
      if (count === starts.length) {
        this.#grow();
        ({ starts, ends, kinds, highs } = this);
      }
      let code = 0;
      let seen = 0;
      if (at < length && bytes[at] === QUOTE) {
        quoted = true;
        let kind = CELL_QUOTED;
        starts[count] = ++at;
        for (;;) {
          while (at < length && (code = bytes[at] ?? 0) !== QUOTE) {
            seen |= code;
            at++;
          }
          if (at + 1 >= length) return false;
          if (bytes[at + 1] !== QUOTE) break;
          kind = CELL_DOUBLED;
          at += 2;
        }
        ends[count] = at;
        kinds[count] = kind;
        code = bytes[++at] ?? 0;
        if (code !== delimiter && code !== LF && code !== CR) return false;
      } else {
        starts[count] = at;
        for (;;) {
          if (at >= length) return false;
          code = bytes[at] ?? 0;
          if (code <= last && (code === delimiter || code === LF || code === CR)) break;
          seen |= code;
          at++;
        }
        ends[count] = at;
        kinds[count] = CELL_PLAIN;
      }
      highs[count] = seen & ASCII_END;
      any |= seen;
      count++;
      if (code === delimiter) {
        at++;
        continue;
      }
      if (code === CR && at + 1 >= length) return false;
      this.count = count;
      this.end = at;
      this.next = code === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
      this.unclosedAt = -1;
      this.anyQuoted = quoted;
      this.anyHigh = any >= ASCII_END;
      return true;
    }
  }

  #grow(): void {
    const { starts, ends, kinds, highs } = this;
    this.starts = new Int32Array(starts.length * 2);
    this.starts.set(starts);
    this.ends = new Int32Array(ends.length * 2);
    this.ends.set(ends);
    this.kinds = new Uint8Array(kinds.length * 2);
    this.kinds.set(kinds);
    this.highs = new Uint8Array(kinds.length * 2);
    this.highs.set(highs);
  }
}

function hasHigh(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    if ((bytes[at] ?? 0) >= ASCII_END) return true;
  }
  return false;
}
