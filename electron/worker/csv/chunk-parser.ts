// Cuts a stream of UTF-8 (or any ASCII-compatible) chunks into CSV records, however the chunks are cut.
// Holds at most one record's worth of bytes (`MAX_RECORD_LENGTH`) beside the chunk; time is linear: after a quote that
// is never closed, no other can be unclosed before the bound is reached.
// A record over the bound is dropped up to the next line end and reported; never silently.
import { ByteScanner } from './byte-scanner.ts';
import { MAX_RECORD_LENGTH } from './record-scanner.ts';

const LF = 10;
const CR = 13;
const NOTHING = Buffer.alloc(0);

/** What the parser calls; the view of a record is only valid during the call. */
export interface RecordSink {
  /** A record: `bytes[start, end)`, cells as offsets in `scanner`; `latin1` has one character a byte. */
  record(view: RecordView): void;
  /** A line with nothing at all on it. */
  blankLine(): void;
  /** Something was not read cleanly. `record` is the record's place in the file, `line` its first physical line. */
  problem(problem: { readonly record: number; readonly line: number; readonly problem: string; readonly dropped: boolean }): void;
}

export interface RecordView {
  readonly bytes: Buffer;
  readonly latin1: string;
  readonly start: number;
  readonly end: number;
  readonly scanner: ByteScanner;
  /** 1-based, blank lines not counted, dropped records counted. */
  readonly record: number;
  /** 1-based physical line on which the record begins. */
  readonly line: number;
}

export class ChunkParser {
  readonly #sink: RecordSink;
  readonly #scanner: ByteScanner;
  readonly #view: { -readonly [Field in keyof RecordView]: RecordView[Field] };
  #carry: Buffer | null = null;
  #skipping = false;
  #record = 0;
  #line = 1;

  constructor(delimiter: string, sink: RecordSink) {
    this.#scanner = new ByteScanner(delimiter);
    this.#sink = sink;
    this.#view = { bytes: NOTHING, latin1: '', start: 0, end: 0, scanner: this.#scanner, record: 0, line: 0 };
  }

  /** The chunk may be overwritten after the call. Gives the bytes in which its records were: a copy that nobody else has. */
  push(chunk: Buffer): Buffer<ArrayBuffer> {
    return this.#parse(chunk, false);
  }

  end(): Buffer<ArrayBuffer> {
    return this.#parse(NOTHING, true);
  }

  #parse(chunk: Buffer, final: boolean): Buffer<ArrayBuffer> {
    // Within a giant line nothing is copied and nothing looked at but for its end.
    if (this.#skipping && this.#carry === null && !chunk.includes(LF) && !chunk.includes(CR)) return NOTHING;
    const carried = this.#carry?.length ?? 0;
    // Not from Node's pool of small buffers: it may be transferred to another thread.
    const bytes = Buffer.allocUnsafeSlow(carried + chunk.length);
    if (this.#carry !== null) bytes.set(this.#carry);
    bytes.set(chunk, carried);
    this.#carry = null;
    const latin1 = bytes.toString('latin1');
    let position = this.#skipping ? this.#skip(latin1, 0, final) : 0;
    while (!this.#skipping && position < latin1.length) {
      const result = this.#scanner.scan(bytes, latin1, position, final);
      if (result === 'more') break;
      if (result === 'tooLong') {
        this.#record++;
        this.#report(`the record is longer than ${String(MAX_RECORD_LENGTH)} bytes and was left out`, true);
        this.#countLines(latin1, position, position + MAX_RECORD_LENGTH);
        position = this.#skip(latin1, position + MAX_RECORD_LENGTH, final);
      } else {
        this.#emit(bytes, latin1, position);
        position = this.#scanner.next;
      }
    }
    // A copy: the bytes go their own way.
    if (position >= 0 && position < bytes.length) this.#carry = Buffer.from(bytes.subarray(position));
    return bytes;
  }

  #emit(bytes: Buffer, latin1: string, start: number): void {
    const scanner = this.#scanner;
    if (scanner.end === start) {
      this.#sink.blankLine();
      this.#line++;
      return;
    }
    this.#record++;
    if (scanner.unclosedAt >= 0) this.#report('a quote opens here that is never closed; it was read as an ordinary character', false);
    // One for all records: an object for each costs a tenth of the time.
    const view = this.#view;
    view.bytes = bytes;
    view.latin1 = latin1;
    view.start = start;
    view.end = scanner.end;
    view.record = this.#record;
    view.line = this.#line;
    this.#sink.record(view);
    if (scanner.anyQuoted) this.#countLines(latin1, start, scanner.end);
    this.#line++;
  }

  #report(problem: string, dropped: boolean): void {
    this.#sink.problem({ record: this.#record, line: this.#line, problem, dropped });
  }

  /** Skips over the next line end from `from`. Where the next record begins; -1 if the chunk has none and all of it is skipped. */
  #skip(latin1: string, from: number, final: boolean): number {
    this.#skipping = true;
    let at = from;
    while (at < latin1.length && latin1.charCodeAt(at) !== LF && latin1.charCodeAt(at) !== CR) at++;
    if (at >= latin1.length) return -1;
    // A CR at the very end may be half of a CRLF: it is looked at again with the next chunk.
    if (latin1.charCodeAt(at) === CR && at + 1 >= latin1.length && !final) return at;
    this.#skipping = false;
    this.#line++;
    return latin1.charCodeAt(at) === CR && latin1.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }

  #countLines(latin1: string, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const code = latin1.charCodeAt(at);
      if (code === LF || (code === CR && latin1.charCodeAt(at + 1) !== LF)) this.#line++;
    }
  }
}
