// The records of a JSON file as texts of their own: a line each (JSON Lines), or the elements of one array, found by
// counting brackets outside strings, so that a broken element harms only itself. Nothing is parsed here.
// Bounded: an element over `MAX_LINE_LENGTH` is cut, and so is a line.
import { LineSplitter, MAX_LINE_LENGTH, type Line } from './line-splitter.ts';

export interface ValueSplitter {
  push(chunk: string): Iterable<Line>;
  /** What is left at the end: for an array, an element that was not closed. */
  end(): Iterable<Line>;
}

export function valueSplitter(kind: 'lines' | 'array'): ValueSplitter {
  return kind === 'lines' ? new LineSplitter() : new ArraySplitter();
}

const OPENING = /[[{]/;
/** What matters outside a string, and within one. */
const OUTSIDE = /["[\]{},\n]/g;
const INSIDE = /["\\\n]/g;

class ArraySplitter implements ValueSplitter {
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #start = 1;
  #element = '';
  #cut = false;

  *push(chunk: string): Generator<Line, void, undefined> {
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#escaped) {
        this.#escaped = false;
        at++;
        continue;
      }
      const search = this.#inString ? INSIDE : OUTSIDE;
      search.lastIndex = at;
      const place = search.exec(chunk)?.index ?? chunk.length;
      at = place + 1;
      if (place >= chunk.length) break;
      const sign = chunk.charAt(place);
      if (sign === '\n') this.#line++;
      else if (sign === '\\') this.#escaped = true;
      else if (sign === '"') this.#inString = !this.#inString;
      else if (OPENING.test(sign)) {
        this.#depth++;
        // The array's own bracket.
        if (this.#depth === 1) from = at;
      } else {
        const ends = sign === ',' ? this.#depth === 1 : --this.#depth === 0;
        if (!ends) continue;
        yield* this.#finish(chunk.slice(from, place));
        from = at;
      }
    }
    if (this.#depth > 0) this.#hold(chunk.slice(from));
  }

  *end(): Generator<Line, void, undefined> {
    if (this.#depth > 0) yield* this.#finish('');
  }

  *#finish(last: string): Generator<Line, void, undefined> {
    this.#hold(last);
    const text = this.#element;
    const line = { text: text.trim(), number: this.#start, cut: this.#cut };
    this.#element = '';
    this.#cut = false;
    this.#start = this.#line;
    if (line.text !== '') yield line;
  }

  #hold(text: string): void {
    if (this.#element.trim() === '') {
      const blanks = /^\s*/.exec(text)?.[0] ?? '';
      // An element begins on the line of its first sign.
      this.#start = this.#line - (text.slice(blanks.length).match(/\n/g)?.length ?? 0);
    }
    const room = MAX_LINE_LENGTH - this.#element.length;
    if (text.length > room) this.#cut = true;
    this.#element += text.length > room ? text.slice(0, room) : text;
  }
}
