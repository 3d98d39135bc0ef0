// Text into its lines, however its chunks are cut: LF, CRLF and CR end one. Bounded: of a line over `MAX_LINE_LENGTH` only
// so much is given, marked as cut.

export const MAX_LINE_LENGTH = 1_048_576;

export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** It was longer; the rest is lost. */
  readonly cut: boolean;
}

export class LineSplitter {
  #rest = '';
  #number = 0;
  #cut = false;
  #afterCr = false;

  *push(chunk: string): Generator<Line, void, undefined> {
    let at = this.#afterCr && chunk.startsWith('\n') ? 1 : 0;
    if (chunk !== '') this.#afterCr = chunk.endsWith('\r');
    while (at < chunk.length) {
      const end = lineEnd(chunk, at);
      if (end < 0) break;
      yield this.#line(chunk.slice(at, end));
      at = chunk.charCodeAt(end) === 13 && chunk.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
    }
    if (at < chunk.length) this.#hold(chunk.slice(at));
  }

  *end(): Generator<Line, void, undefined> {
    if (this.#rest !== '') yield this.#line('');
  }

  #line(last: string): Line {
    this.#hold(last);
    const line = { text: this.#rest, number: ++this.#number, cut: this.#cut };
    this.#rest = '';
    this.#cut = false;
    return line;
  }

  #hold(text: string): void {
    const room = MAX_LINE_LENGTH - this.#rest.length;
    if (text.length > room) this.#cut = true;
    this.#rest += text.length > room ? text.slice(0, room) : text;
  }
}

function lineEnd(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  const cr = text.indexOf('\r', from);
  if (cr >= 0 && (lf < 0 || cr < lf)) return cr;
  return lf;
}
