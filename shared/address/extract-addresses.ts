// Addresses out of a messy cell: `Name <a@b.c>`, `mailto:`, lists, quotes, trailing punctuation, invisible characters. For
// cells that do not parse as they stand. Conservative: a part of the cell is understood as a whole or left over, so a bare
// word beside an address (`john smith@example.com`) yields nothing, and what is changed is named.
// Linear and bounded; never throws; changes no letter of an address. Line ends may only part complete addresses, and no
// other control may be in the cell at all: whoever puts those there has more in mind than an address.
import { hasControl, isBlank, isInvisible, isJoiner, isOtherSpace } from './cell-characters.ts';
import { cellTokens, type Token } from './cell-tokens.ts';
import { EXTRACTION_CHANGES, type ExtractionChange } from './extraction-change.ts';
import type { ParsedAddress } from './parse-address.ts';
import { repairWord, type RepairedWord } from './repair-word.ts';

export interface ExtractedAddress {
  readonly address: ParsedAddress;
  /** What was parsed: the cell's own characters but for the named changes. */
  readonly text: string;
  /** Where it stands in the cell, as UTF-16 indices, end excluded. */
  readonly start: number;
  readonly end: number;
  /** In the order of `EXTRACTION_CHANGES`; none for a cell that is an address. */
  readonly changes: readonly ExtractionChange[];
}

export interface Extraction {
  /** In the order of the cell; the same address only once. */
  readonly found: readonly ExtractedAddress[];
  /** The cell holds something else too: what was found may not be what was meant. */
  readonly leftover: boolean;
}

/** Of a longer cell no more is looked at, and the rest is left over. */
const MAX_UNITS = 65_536;
/** Quotes and brackets within each other. */
const MAX_DEPTH = 4;
const AT_SIGN = /@|\uff20|%40/;
const BLANK_CELL = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]*$/;

export function extractAddresses(cell: string): Extraction {
  const looked = cell.length > MAX_UNITS ? cell.slice(0, MAX_UNITS) : cell;
  if (!AT_SIGN.test(looked) || hasControl(looked)) return { found: [], leftover: !BLANK_CELL.test(looked) || looked !== cell };
  const trimmed = trimmedRange(looked);
  const whole = repairedAsItStands(looked, trimmed);
  const reader = new CellReader(looked);
  if (whole === null) reader.read(trimmed.start, trimmed.end, 0);
  const found = whole === null ? distinct(reader.found) : [whole];
  const everywhere: readonly ExtractionChange[] = [...trimmed.changes, ...(reader.found.length > 1 ? (['list_split'] as const) : [])];
  return {
    found: found.map((one) => ({ ...one, changes: EXTRACTION_CHANGES.filter((change) => one.changes.includes(change) || everywhere.includes(change)) })),
    leftover: reader.leftover || looked !== cell,
  };
}

/** Without what cannot be seen at the ends. */
function trimmedRange(cell: string): { readonly start: number; readonly end: number; readonly changes: readonly ExtractionChange[] } {
  const changes = new Set<ExtractionChange>();
  const trims = (at: number): boolean => {
    const code = cell.charCodeAt(at);
    if (isInvisible(code) || isJoiner(code)) changes.add('zero_width_removed');
    else if (isBlank(code)) changes.add(isOtherSpace(code) ? 'no_break_space_removed' : 'spaces_trimmed');
    else return false;
    return true;
  };
  let start = 0;
  let end = cell.length;
  while (start < end && trims(start)) start += 1;
  while (end > start && trims(end - 1)) end -= 1;
  return { start, end, changes: [...changes] };
}

/** The whole cell as one word, where that needs no peeling: nothing that parses is read in another way. */
function repairedAsItStands(cell: string, { start, end }: { readonly start: number; readonly end: number }): RepairedWord | null {
  return repairWord(cell, start, end, 0);
}

class CellReader {
  readonly found: RepairedWord[] = [];
  leftover = false;
  readonly #cell: string;

  constructor(cell: string) {
    this.#cell = cell;
  }

  read(from: number, to: number, depth: number): void {
    const tokens = cellTokens(this.#cell, from, to);
    const before = this.found.length;
    let segment = before;
    let atLastLine = -1;
    let pending: Token[] = [];
    const settle = (): void => {
      this.#settle(pending, segment, depth);
      pending = [];
      segment = this.found.length;
    };
    for (const token of tokens) {
      if (token.kind === 'angle') {
        this.#angle(pending, token, depth);
        pending = [];
      } else if (token.kind === 'line') {
        settle();
        if (segment === before) this.leftover = true;
        atLastLine = segment;
      } else if (token.kind === 'separator' || (token.kind === 'comma' && !this.#mayBeName(pending))) {
        settle();
      } else {
        pending.push(token);
      }
    }
    settle();
    if (this.found.length === atLastLine) this.leftover = true;
    this.#notePunctuation(tokens, before);
  }

  /** `Last, First <a@b.c>`: a comma may be a part of a name. */
  #mayBeName(pending: readonly Token[]): boolean {
    return pending.length > 0 && pending.every((one) => !one.hasAt && one.kind !== 'bracket' && one.kind !== 'quoted');
  }

  /** An address in angle brackets, with what stands before it: its name, or other addresses. */
  #angle(before: readonly Token[], angle: Token, depth: number): void {
    const address = repairWord(this.#cell, angle.start, angle.end);
    if (address === null) {
      this.leftover = true;
      return;
    }
    const changes: ExtractionChange[] = [...address.changes];
    if (before.some((one) => one.hasAt)) {
      // `a@b.c <mailto:a@b.c>`, or a list without separators.
      this.#settle(before, this.found.length, depth);
    } else if (before.length > 0) {
      if (!before.every((one) => this.#isName(one))) {
        this.leftover = true;
        return;
      }
      changes.push('display_name_removed');
    }
    this.found.push({ ...address, changes });
  }

  /** Words and groups between two separators: all of them are addresses, or comments beside one, or left over. `segment`:
   *  how many addresses had been found before this part of the list. */
  #settle(tokens: readonly Token[], segment: number, depth: number): void {
    const start = this.found.length;
    if (tokens.every((token) => this.#take(token, depth)) && this.#takeComments(tokens.filter((token) => this.#isComment(token)), segment)) return;
    this.found.length = start;
    this.leftover = true;
  }

  /** One word or group; a comment is taken later. False for what is no address. */
  #take(token: Token, depth: number): boolean {
    if (token.kind === 'comma' || this.#isUnseen(token) || this.#isComment(token)) return true;
    if (token.kind !== 'word') return this.#inner(token, depth);
    const repaired = token.hasAt ? repairWord(this.#cell, token.start, token.end) : null;
    if (repaired !== null) this.found.push(repaired);
    return repaired !== null;
  }

  #takeComments(comments: readonly Token[], segment: number): boolean {
    if (comments.length === 0) return true;
    if (this.found.length === segment || !comments.every((one) => this.#isName(one))) return false;
    this.#note(this.found.length - 1, 'comment_removed');
    return true;
  }

  #isComment(token: Token): boolean {
    return token.kind === 'paren' && !this.#cell.slice(token.start, token.end).includes('@');
  }

  /** What quotes or brackets hold: all of it must be addresses. */
  #inner(token: Token, depth: number): boolean {
    if (depth >= MAX_DEPTH) return false;
    const inner = new CellReader(this.#cell);
    inner.read(token.start + 1, token.end - 1, depth + 1);
    if (inner.leftover || inner.found.length === 0) return false;
    const change = token.kind === 'quoted' ? 'quotes_removed' : 'brackets_removed';
    for (const one of inner.found) this.found.push({ ...one, changes: [...one.changes, change] });
    return true;
  }

  /** A word of a display name or comment (RFC 5322 phrase): no colon outside quotes, no line end, no at sign. */
  #isName(token: Token): boolean {
    const text = this.#cell.slice(token.start, token.end);
    return token.kind === 'quoted' ? !/[\r\n]/.test(text) : !/[\r\n:<>@\uff1a\uff1c\uff1e\uff20]/.test(text);
  }

  #isUnseen(token: Token): boolean {
    for (let i = token.start; i < token.end; i += 1) {
      const code = this.#cell.charCodeAt(i);
      if (!isInvisible(code) && !isJoiner(code)) return false;
    }
    return true;
  }

  /** A separator at an end separates nothing: it is punctuation. `before`: how many had been found before these tokens. */
  #notePunctuation(tokens: readonly Token[], before: number): void {
    if (this.found.length === before) return;
    if (isSeparator(tokens[0])) this.#note(before, 'leading_punctuation_removed');
    if (isSeparator(tokens.at(-1))) this.#note(this.found.length - 1, 'trailing_punctuation_removed');
  }

  #note(index: number, change: ExtractionChange): void {
    const one = this.found[index];
    if (one !== undefined) this.found[index] = { ...one, changes: [...one.changes, change] };
  }
}

function isSeparator(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'comma' || token.kind === 'separator');
}

function distinct(found: readonly RepairedWord[]): readonly RepairedWord[] {
  const seen = new Set<string>();
  return found.filter(({ address }) => {
    if (seen.has(address.address)) return false;
    seen.add(address.address);
    return true;
  });
}
