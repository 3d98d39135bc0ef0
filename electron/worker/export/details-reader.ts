// What verdicts say beside reason and score, read fast: of a line of details only its head, which is what an export
// writes, and that without the parsing of the evidence behind it. The form is `packed/verdict-details`' own, and where a
// head is longer than usual the whole line is left to it.
import type Database from 'better-sqlite3';
import { readDetails, type VerdictDetails } from '../packed/verdict-details.ts';
import { DETAILS_OFFSETS, detailsSql } from '../store/details-blocks.ts';
import { steady } from '../store/steady-value.ts';
import { SaidMemory } from './said-memory.ts';

/** What many verdicts have alike: one object for all of them, as long as it is remembered. */
export type Said = Pick<VerdictDetails, 'flags' | 'didYouMean' | 'reply' | 'mx'>;

export interface ExportDetails {
  readonly checkedAtMs: number;
  readonly said: Said;
}

/** Of texts that were parsed; forgotten together when there are more. */
export const SAID_REMEMBERED = 32_768;

/** More than nearly every head has. */
const HEAD_BYTES = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** SQL of the head of each verdict's line, as text, and of the join that it needs (which is faster than a subquery). */
export const DETAILS_HEAD = {
  column: `CAST(substr(b.body, v.details % ${String(DETAILS_OFFSETS)} + 1, ${String(HEAD_BYTES)}) AS TEXT)`,
  place: 'v.details',
  join: `LEFT JOIN details b ON b.id = v.details / ${String(DETAILS_OFFSETS)}`,
} as const;

export class DetailsReader {
  readonly #numbers = new Map<string, number>();
  #said: Said[] = [];
  readonly #memory: SaidMemory;
  readonly #head: Database.Statement<[number, number], string>;
  readonly #whole: Database.Statement<[number], Buffer>;

  /** `rows`: of the list, for what is worth remembering by place. */
  constructor(database: Database.Database, rows = 0) {
    this.#memory = new SaidMemory(rows);
    this.#head = database
      .prepare<[number, number], string>(`SELECT CAST(substr(body, ? % ${String(DETAILS_OFFSETS)} + 1, ${String(HEAD_BYTES)}) AS TEXT) FROM details WHERE id = ${steady('?')} / ${String(DETAILS_OFFSETS)}`)
      .pluck();
    this.#whole = database.prepare<[number], Buffer>(`SELECT ${detailsSql('v.details')} FROM verdicts v WHERE v.row_id = ?`).pluck();
  }

  /** `head`: what `DETAILS_HEAD` gives of the verdict of row `rowId`. Throws SyntaxError for a place where there is no line. */
  read(head: string, rowId: number): ExportDetails {
    return this.#parseHead(head, 0) ?? this.#readWhole(rowId);
  }

  /** What lies at that place (not 0), if another row was read that shares it; null: it has to be read. */
  known(place: number): ExportDetails | null {
    const slot = this.#memory.find(place);
    const said = slot < 0 ? undefined : this.#said[this.#memory.said(slot)];
    return said === undefined ? null : { checkedAtMs: this.#memory.checkedAtMs(slot), said };
  }

  /** As `read`, and remembered by its place. `head`: null where it was not read yet. */
  readAt(place: number, head: string | null, rowId: number): ExportDetails {
    const text = head ?? this.#head.get(place, place) ?? '';
    return this.#parseHead(text, place) ?? this.#rememberedWhole(place, rowId);
  }

  #rememberedWhole(place: number, rowId: number): ExportDetails {
    const whole = this.#readWhole(rowId);
    const { flags, didYouMean, reply, mx } = whole.said;
    this.#memory.keep(place, this.#numberOf(JSON.stringify([flags, didYouMean, reply, mx]).slice(1, -1)), whole.checkedAtMs);
    return whole;
  }

  #readWhole(rowId: number): ExportDetails {
    const { checkedAtMs, flags, didYouMean, reply, mx } = readDetails(this.#whole.get(rowId) ?? Buffer.alloc(0));
    return { checkedAtMs, said: { flags, didYouMean, reply, mx } };
  }

  /** `[SHARED,CHECKED_AT_MS,ATTEMPT,FLAGS,DID_YOU_MEAN,REPLY,MX,…`; null where the text ends before. */
  #parseHead(text: string, place: number): ExportDetails | null {
    const shared = text.indexOf(',');
    const checkedAt = text.indexOf(',', shared + 1);
    const attempt = text.indexOf(',', checkedAt + 1);
    if (shared < 0 || checkedAt < 0 || attempt < 0) return null;
    let end = attempt;
    for (let value = 0; value < 4; value++) end = endOfValue(text, end + 1);
    if (end >= text.length) return null;
    const checkedAtMs = Number(text.slice(shared + 1, checkedAt));
    const number = this.#numberOf(text.slice(attempt + 1, end));
    const said = this.#said[number];
    if (said === undefined) return null;
    if (place !== 0) this.#memory.keep(place, number, checkedAtMs);
    return { checkedAtMs, said };
  }

  /** Place in `#said`. */
  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#said.length >= SAID_REMEMBERED) {
      this.#numbers.clear();
      this.#said = [];
      this.#memory.clear();
    }
    const number = this.#said.push(parseSaid(text)) - 1;
    this.#numbers.set(text, number);
    return number;
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
