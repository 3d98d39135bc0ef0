// A messy cell cut into tokens: words, groups in brackets or quotes, separators, line ends. Linear: each character is
// looked at a fixed number of times, and a bracket that is never closed is looked for once.
// Positions are in the cell. Whether a word is an address is not asked here.
import { foldedCode, isBlank } from './cell-characters.ts';

type TokenKind = 'word' | 'angle' | 'quoted' | 'paren' | 'bracket' | 'comma' | 'separator' | 'line';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A word with an at sign, or a part of one. */
  readonly hasAt: boolean;
}

const CLOSING: Readonly<Record<string, string>> = { '<': '>', '"': '"', '(': ')', '[': ']', '{': '}' };
const KIND_OF_GROUP: Readonly<Record<string, TokenKind>> = { '<': 'angle', '"': 'quoted', '(': 'paren', '[': 'bracket', '{': 'bracket' };
/** Its query may hold separators (RFC 6068). */
const MAILTO = /^['\u2018\u201c]?mailto:/i;

export function cellTokens(cell: string, from: number, to: number): Token[] {
  return new Tokenizer(cell, from, to).tokens;
}

class Tokenizer {
  readonly tokens: Token[] = [];
  readonly #cell: string;
  readonly #to: number;
  /** Where each closing bracket comes next, -1 for nowhere: found once, however many are opened before it. */
  readonly #nextClose = new Map<string, number>();

  constructor(cell: string, from: number, to: number) {
    this.#cell = cell;
    this.#to = to;
    let at = from;
    while (at < to) at = this.#next(at);
  }

  /** Reads one token, or a blank; the place after it. */
  #next(at: number): number {
    if (isBlank(this.#cell.charCodeAt(at))) return at + 1;
    const char = this.#charAt(at);
    if (char === '\n' || char === '\r') return this.#push('line', at, at + 1);
    if (char === ',') return this.#push('comma', at, at + 1);
    if (char === ';') return this.#push('separator', at, at + 1);
    // At the start of a word after another token a bar or slash parts; a local part may begin with one, but not there.
    if ((char === '|' || char === '/') && this.tokens.length > 0) return this.#push('separator', at, at + 1);
    const kind = KIND_OF_GROUP[char];
    if (kind === undefined) return this.#word(at, at);
    const end = this.#closing(at, char);
    if (end < 0) return this.#word(at, at + 1);
    // A quoted local part goes on with its at sign.
    if (kind === 'quoted' && this.#charAt(end) === '@') return this.#word(at, end);
    return kind === 'angle' || this.#endsAt(end) ? this.#push(kind, at, end) : this.#word(at, kind === 'quoted' ? end : at + 1);
  }

  /** A word from `start`; `at`: what is before it belongs to the word whatever it is. */
  #word(start: number, at: number): number {
    let end = at;
    let hasAt = false;
    for (; end < this.#to; end += 1) {
      if (isBlank(this.#cell.charCodeAt(end))) break;
      const char = this.#charAt(end);
      if (char === '@') hasAt = true;
      if (char === '%' && this.#cell.startsWith('40', end + 1)) hasAt = true;
      if (char === ',' || char === ';' || char === '\n' || char === '\r' || char === '<') break;
      // Both may stand in a local part, but in no domain.
      if (hasAt && (char === '|' || char === '/' || char === '(')) break;
      if (char === '?' && hasAt && MAILTO.test(this.#cell.slice(start, start + 8))) return this.#push('word', start, this.#endOfQuery(end), true);
    }
    return this.#push('word', start, end, hasAt);
  }

  #endOfQuery(at: number): number {
    let end = at;
    while (end < this.#to && !isBlank(this.#cell.charCodeAt(end)) && !'<>"\r\n'.includes(this.#charAt(end))) end += 1;
    return end;
  }

  /** The place after the bracket that closes the one at `at`, or -1. */
  #closing(at: number, open: string): number {
    const close = CLOSING[open] ?? open;
    const known = this.#nextClose.get(close);
    if (known !== undefined && (known < 0 || known > at)) return known < 0 ? -1 : known + 1;
    let found = -1;
    for (let i = at + 1; found < 0 && i < this.#to; i += 1) {
      const char = this.#charAt(i);
      if (char === close) found = i;
      if (char === '\\' && close === '"') i += 1;
    }
    this.#nextClose.set(close, found);
    return found < 0 ? -1 : found + 1;
  }

  /** Whether a word may end here. */
  #endsAt(at: number): boolean {
    return at >= this.#to || isBlank(this.#cell.charCodeAt(at)) || ',;|/<\r\n'.includes(this.#charAt(at));
  }

  #charAt(at: number): string {
    return String.fromCharCode(foldedCode(this.#cell.charCodeAt(at)));
  }

  #push(kind: TokenKind, start: number, end: number, hasAt = false): number {
    this.tokens.push({ kind, start, end, hasAt });
    return end;
  }
}
