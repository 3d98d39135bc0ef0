// What verdicts say beside reason and score, read fast: of a line of details only its head, which is what an export
// writes, and that without the parsing of the evidence behind it. The form is `packed/verdict-details`' own, and where a
// head is longer than usual the whole line is left to it.
import type Database from 'better-sqlite3';
import { readDetails, type VerdictDetails } from '../packed/verdict-details.ts';
import { DETAILS_OFFSETS, detailsSql } from '../store/details-blocks.ts';

/** What many verdicts have alike: one object for all of them, as long as it is remembered. */
export type Said = Pick<VerdictDetails, 'flags' | 'didYouMean' | 'reply' | 'mx'>;

export interface ExportDetails {
  readonly checkedAtMs: number;
  readonly said: Said;
}

/** Of texts that were parsed; forgotten together when there are more. */
const REMEMBERED = 4_096;

/** More than nearly every head has. */
const HEAD_BYTES = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** SQL of the head of each verdict's line, as text, and of the join that it needs (which is faster than a subquery). */
export const DETAILS_HEAD = {
  column: `CAST(substr(b.body, v.details % ${String(DETAILS_OFFSETS)} + 1, ${String(HEAD_BYTES)}) AS TEXT)`,
  join: `LEFT JOIN details b ON b.id = v.details / ${String(DETAILS_OFFSETS)}`,
} as const;

export class DetailsReader {
  readonly #said = new Map<string, Said>();
  readonly #whole: Database.Statement<[number], Buffer>;

  constructor(database: Database.Database) {
    this.#whole = database.prepare<[number], Buffer>(`SELECT ${detailsSql('v.details')} FROM verdicts v WHERE v.row_id = ?`).pluck();
  }

  /** `head`: what `DETAILS_HEAD` gives of the verdict of row `rowId`. Throws SyntaxError for a place where there is no line. */
  read(head: string, rowId: number): ExportDetails {
    return this.#parseHead(head) ?? this.#readWhole(rowId);
  }

  #readWhole(rowId: number): ExportDetails {
    const { checkedAtMs, flags, didYouMean, reply, mx } = readDetails(this.#whole.get(rowId) ?? Buffer.alloc(0));
    return { checkedAtMs, said: { flags, didYouMean, reply, mx } };
  }

  /** `[SHARED,CHECKED_AT_MS,ATTEMPT,FLAGS,DID_YOU_MEAN,REPLY,MX,…`; null where the text ends before. */
  #parseHead(text: string): ExportDetails | null {
    const shared = text.indexOf(',');
    const checkedAt = text.indexOf(',', shared + 1);
    const attempt = text.indexOf(',', checkedAt + 1);
    if (shared < 0 || checkedAt < 0 || attempt < 0) return null;
    let end = attempt;
    for (let value = 0; value < 4; value++) end = endOfValue(text, end + 1);
    if (end >= text.length) return null;
    return { checkedAtMs: Number(text.slice(shared + 1, checkedAt)), said: this.#saidOf(text.slice(attempt + 1, end)) };
  }

  #saidOf(text: string): Said {
    let said = this.#said.get(text);
    if (said === undefined) {
      said = parseSaid(text);
      if (this.#said.size >= REMEMBERED) this.#said.clear();
      this.#said.set(text, said);
    }
    return said;
  }
}

/** `FLAGS,DID_YOU_MEAN,REPLY,MX` */
function parseSaid(text: string): Said {
  const [flags, didYouMean, reply, mx] = JSON.parse(`[${text}]`) as [string, string | null, string | null, string | null];
  return { flags, didYouMean, reply, mx };
}

/** The place behind a string or null that begins at `from`; behind the text where that ends before. */
function endOfValue(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return from + 'null'.length;
  let close = text.indexOf('"', from + 1);
  while (close >= 0 && text.charCodeAt(close - 1) === BACKSLASH && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close < 0 ? text.length : close + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}
