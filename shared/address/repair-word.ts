// One word of a messy cell as an address, with what had to be taken off it: wrappers, punctuation, `mailto:`, invisible and
// full-width characters. What parses is never touched, and the fewest repairs that make it parse are made.
// Guesses nothing: a letter is never added, changed or left out. A bounded number of steps, each linear.
import { foldedCode, foldFullWidth, isBlank, isInvisible, isJoiner, isOtherSpace, removeInvisible } from './cell-characters.ts';
import type { ExtractionChange } from './extraction-change.ts';
import { parseAddress, type ParsedAddress } from './parse-address.ts';

export interface RepairedWord {
  readonly address: ParsedAddress;
  /** What was parsed. */
  readonly text: string;
  /** Where it stood in the cell, before invisible, full-width and percent-encoded characters were brought to plain ones. */
  readonly start: number;
  readonly end: number;
  readonly changes: readonly ExtractionChange[];
}

/** Longer words hold no address, whatever is taken off them. */
const MAX_WORD = 4096;
/** Wrappers and punctuation in turn; more of them is no accident of a list. */
const MAX_PEELS = 12;

const PAIRS: Readonly<Record<string, string>> = {
  '"': '"', "'": "'", '`': '`', '<': '>', '(': ')', '[': ']', '{': '}',
  '\u2018': '\u2019', '\u201a': '\u2018', '\u201c': '\u201d', '\u201e': '\u201c', '\u201d': '\u201d', '\u2019': '\u2019',
  '\u00ab': '\u00bb', '\u00bb': '\u00ab', '\u2039': '\u203a', '\u300c': '\u300d', '\u3010': '\u3011',
};
/** U+201E is closed by U+201C in German and by U+201D elsewhere. */
const OTHER_CLOSE: Readonly<Record<string, string>> = { '\u201e': '\u201d', '\u201a': '\u2019' };
const TRAILING = '.,;:\u3002\uff61';

/** The address that `cell[start, end)` is, or null. `layers`: how many may be taken off. */
export function repairWord(cell: string, start: number, end: number, layers = MAX_PEELS): RepairedWord | null {
  if (end - start > MAX_WORD) return null;
  const word = new Word(cell, start, end);
  for (let peeled = 0; ; peeled += 1) {
    const repaired = word.parse();
    if (repaired !== null) return repaired;
    if (peeled >= layers || !word.peel()) return null;
  }
}

class Word {
  readonly #cell: string;
  #start: number;
  #end: number;
  #mailto = false;
  readonly #changes = new Set<ExtractionChange>();

  constructor(cell: string, start: number, end: number) {
    this.#cell = cell;
    this.#start = start;
    this.#end = end;
  }

  parse(): RepairedWord | null {
    const raw = this.#cell.slice(this.#start, this.#end);
    const decoded = this.#mailto ? percentDecoded(raw) : raw;
    const folded = foldFullWidth(decoded);
    const visible = removeInvisible(decoded);
    return (
      this.#parsed(decoded, []) ??
      (folded === decoded ? null : this.#parsed(folded, ['full_width_folded'])) ??
      (visible === decoded ? null : this.#parsed(visible, ['zero_width_removed'])) ??
      (visible === decoded || folded === decoded ? null : this.#parsed(foldFullWidth(visible), ['zero_width_removed', 'full_width_folded']))
    );
  }

  /** Takes one layer off; false if there is none. */
  peel(): boolean {
    if (this.#end <= this.#start) return false;
    const first = this.#cell.charCodeAt(this.#start);
    const last = this.#cell.charCodeAt(this.#end - 1);
    if (isBlank(first) || isBlank(last)) return this.#peelBlanks();
    if (isHidden(first)) return this.#shrink(1, 0, 'zero_width_removed');
    if (isHidden(last)) return this.#shrink(0, 1, 'zero_width_removed');
    if (this.#peelMailto()) return true;
    const open = this.#charAt(this.#start);
    const close = this.#charAt(this.#end - 1);
    if (this.#end - this.#start > 2 && (PAIRS[open] === close || OTHER_CLOSE[open] === close)) {
      return this.#shrink(1, 1, open === '<' ? 'angle_brackets_removed' : '([{\u3010\u300c'.includes(open) ? 'brackets_removed' : 'quotes_removed');
    }
    return TRAILING.includes(close) ? this.#peelTrailing() : false;
  }

  #parsed(text: string, changes: readonly ExtractionChange[]): RepairedWord | null {
    const address = parseAddress(text);
    if (!address.ok) return null;
    return { address, text, start: this.#start, end: this.#end, changes: [...this.#changes, ...changes] };
  }

  #peelMailto(): boolean {
    const found = /^mailto:/i.exec(foldFullWidth(this.#cell.slice(this.#start, Math.min(this.#end, this.#start + 7))));
    if (found === null || this.#mailto) return false;
    this.#mailto = true;
    this.#shrink(7, 0, 'mailto_removed');
    const query = this.#cell.slice(this.#start, this.#end).search(/[?\uff1f]/);
    if (query >= 0) this.#end = this.#start + query;
    return true;
  }

  #peelBlanks(): boolean {
    for (; this.#start < this.#end && isBlank(this.#cell.charCodeAt(this.#start)); this.#start += 1) this.#noteBlank(this.#start);
    for (; this.#end > this.#start && isBlank(this.#cell.charCodeAt(this.#end - 1)); this.#end -= 1) this.#noteBlank(this.#end - 1);
    return true;
  }

  #noteBlank(at: number): void {
    this.#changes.add(isOtherSpace(this.#cell.charCodeAt(at)) ? 'no_break_space_removed' : 'spaces_trimmed');
  }

  /** All at once: a row of dots is one layer. */
  #peelTrailing(): boolean {
    while (this.#end > this.#start && TRAILING.includes(this.#charAt(this.#end - 1))) this.#end -= 1;
    this.#changes.add('trailing_punctuation_removed');
    return true;
  }

  #shrink(left: number, right: number, change: ExtractionChange): boolean {
    this.#start += left;
    this.#end -= right;
    this.#changes.add(change);
    return true;
  }

  #charAt(at: number): string {
    return String.fromCharCode(foldedCode(this.#cell.charCodeAt(at)));
  }
}

function isHidden(code: number): boolean {
  return isInvisible(code) || isJoiner(code);
}

/** As it is where it is not rightly encoded. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
