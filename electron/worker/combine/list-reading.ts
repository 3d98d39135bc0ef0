// A list as it stands at one moment, with everything that is known of its rows: records, verdicts and their details,
// earlier attempts, schedule, domains. A connection of its own with one read transaction, so that a run may go on
// meanwhile; what it commits is not seen here. Reads only, a page at a time.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { readDetails } from '../packed/verdict-details.ts';
import { openReading } from '../reader/open-reading.ts';
import { DETAILS_OFFSETS } from '../store/details-blocks.ts';
import { DOMAIN_FACT_COLUMNS, domainFactsOf, type DomainFactRow } from '../store/domain-facts.ts';
import type { DomainFacts } from '../interface.ts';
import type { ListRecord } from '../store/list-record.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { guarded } from '../store/store-error.ts';

const ROWS_PER_PAGE = 500;
const KEPT_BLOCKS = 64;
const LINE_END = 0x0a;

export type StoredKind = 'open' | 'invalid' | 'duplicate' | 'empty' | 'suppressed';

export interface ScheduledRow {
  readonly retry_at_ms: number;
  readonly attempt: number;
  readonly reason: Reason;
  readonly heard: string | null;
  readonly again: number;
}

export interface SourceRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: StoredKind;
  readonly address: string | null;
  readonly domainId: number | null;
  readonly dupOf: number | null;
  readonly verdict: SourceVerdict | null;
  /** The list that has its address; null: this one. */
  readonly otherList: number | null;
}

export interface SourceVerdict {
  readonly reason: Reason;
  readonly score: number;
  /** Place of its details. */
  readonly place: number;
  readonly scheduled: ScheduledRow | null;
  readonly provisional: boolean;
  /** Attempts of before: places of their details, and evidence that older versions kept by itself. */
  readonly earlier: readonly { readonly attempt: number; readonly place: number }[];
  readonly evidence: readonly { readonly attempt: number; readonly json: string }[];
}

interface StoredRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: StoredKind;
  readonly address: string | null;
  readonly domain_id: number | null;
  readonly dup_of: number | null;
  readonly reason: number | null;
  readonly score: number;
  readonly details: number;
  readonly other_list: number | null;
  readonly provisional: number;
}

type OfRow<T> = T & { readonly row_id: number };

export class ListReading {
  readonly record: ListRecord;
  readonly database: Database.Database;
  readonly reasons: ReasonCodes;
  readonly #rows: Database.Statement<[number, number, number], StoredRow>;
  readonly #schedule: Database.Statement<[number, number], OfRow<ScheduledRow>>;
  readonly #earlier: Database.Statement<[number, number], OfRow<{ readonly attempt: number; readonly place: number }>>;
  readonly #evidence: Database.Statement<[number, number], OfRow<{ readonly attempt: number; readonly json: string }>>;
  readonly #domain: Database.Statement<[number], DomainFactRow & { readonly name: string }>;
  readonly #body: Database.Statement<[number], Buffer>;
  readonly #blocks = new Map<number, Buffer>();

  /** Throws what `openReading` throws. */
  constructor(record: ListRecord) {
    this.record = record;
    this.database = openReading(record.file, 'list');
    const prepare = <P extends unknown[], R>(sql: string): Database.Statement<P, R> => this.database.prepare<P, R>(sql);
    try {
      this.database.exec('BEGIN');
      this.reasons = guarded(record.file, () => ReasonCodes.read(this.database));
      this.#rows = prepare(LIST_READING_SQL.rows);
      this.#schedule = prepare(LIST_READING_SQL.schedule);
      this.#earlier = prepare(LIST_READING_SQL.earlier);
      this.#evidence = prepare(LIST_READING_SQL.evidence);
      this.#domain = prepare(LIST_READING_SQL.domain);
      this.#body = prepare<[number], Buffer>(LIST_READING_SQL.body).pluck();
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** The highest row number, and the highest number of a domain. */
  lasts(): { readonly row: number; readonly domain: number } {
    return guarded(this.record.file, () => ({
      row: this.#number('SELECT max(id) FROM rows'),
      domain: this.#number('SELECT max(id) FROM domains'),
    }));
  }

  /** In their order. Throws StoreDamaged. */
  *pages(): Generator<readonly SourceRow[], void, undefined> {
    for (let last = 0; ; ) {
      const rows = this.#read(last, Number.MAX_SAFE_INTEGER, ROWS_PER_PAGE);
      const end = rows.at(-1);
      if (end === undefined) return;
      yield rows;
      last = end.id;
    }
  }

  /** Numbers of all rows, in their order. */
  *ids(): Generator<readonly number[], void, undefined> {
    const page = this.database.prepare<[number], number>(LIST_READING_SQL.ids).pluck();
    for (let last = 0; ; ) {
      const ids = guarded(this.record.file, () => page.all(last));
      const end = ids.at(-1);
      if (end === undefined) return;
      yield ids;
      last = end;
    }
  }

  row(id: number): SourceRow | undefined {
    return this.#read(id - 1, id, 1)[0];
  }

  domain(id: number): { readonly name: string; readonly facts: DomainFacts } | undefined {
    const row = guarded(this.record.file, () => this.#domain.get(id));
    return row === undefined ? undefined : { name: row.name, facts: domainFactsOf(row) };
  }

  /** The line of details at a place, without its line end. */
  line(place: number): Buffer {
    const block = this.#block(Math.floor(place / DETAILS_OFFSETS));
    const start = place % DETAILS_OFFSETS;
    const end = block.indexOf(LINE_END, start);
    return block.subarray(start, end === -1 ? block.length : end);
  }

  /** When the verdict with these details was given, in epoch milliseconds. */
  checkedAtMs(place: number): number {
    return readDetails(this.line(place)).checkedAtMs;
  }

  close(): void {
    this.database.close();
  }

  #number(sql: string): number {
    return this.database.prepare<[], number | null>(sql).pluck().get() ?? 0;
  }

  #block(id: number): Buffer {
    const known = this.#blocks.get(id);
    if (known !== undefined) return known;
    const body = guarded(this.record.file, () => this.#body.get(id)) ?? Buffer.alloc(0);
    if (this.#blocks.size >= KEPT_BLOCKS) this.#blocks.clear();
    this.#blocks.set(id, body);
    return body;
  }

  #read(after: number, upTo: number, limit: number): SourceRow[] {
    return guarded(this.record.file, () => {
      const rows = this.#rows.all(after, upTo, limit);
      const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? 0];
      const scheduled = new Map(this.#schedule.all(first, last).map((one) => [one.row_id, one]));
      const earlier = byRow(this.#earlier.all(first, last));
      const evidence = byRow(this.#evidence.all(first, last));
      return rows.map((row) => ({
        id: row.id,
        raw: row.raw,
        kind: row.kind,
        address: row.address,
        domainId: row.domain_id,
        dupOf: row.dup_of,
        otherList: row.other_list,
        verdict: this.#verdict(row, scheduled.get(row.id) ?? null, { earlier: earlier.get(row.id) ?? [], evidence: evidence.get(row.id) ?? [] }),
      }));
    });
  }

  #verdict({ reason: code, score, details, provisional }: StoredRow, scheduled: ScheduledRow | null, kept: Pick<SourceVerdict, 'earlier' | 'evidence'>): SourceVerdict | null {
    const reason = this.reasons.reason(code);
    return reason === null ? null : { reason, score, place: details, scheduled, provisional: provisional === 1, ...kept };
  }
}

function byRow<T>(found: readonly OfRow<T>[]): Map<number, T[]> {
  const rows = new Map<number, T[]>();
  for (const one of found) {
    const known = rows.get(one.row_id);
    if (known === undefined) rows.set(one.row_id, [one]);
    else known.push(one);
  }
  return rows;
}

export const LIST_READING_SQL = {
  rows: `SELECT r.id, r.raw, r.kind, r.address, r.domain_id, r.dup_of, v.reason, v.score, v.details, e.list_id AS other_list,
      EXISTS (SELECT 1 FROM provisional p WHERE p.domain_id = r.domain_id AND p.row_id = r.id) AS provisional
    FROM rows r LEFT JOIN verdicts v ON v.row_id = r.id LEFT JOIN elsewhere e ON e.row_id = r.id WHERE r.id > ? AND r.id <= ? ORDER BY r.id LIMIT ?`,
  schedule: 'SELECT row_id, retry_at_ms, attempt, reason, heard, again FROM schedule WHERE row_id BETWEEN ? AND ?',
  earlier: 'SELECT row_id, attempt, details AS place FROM earlier WHERE row_id BETWEEN ? AND ? ORDER BY row_id, attempt',
  evidence: 'SELECT row_id, attempt, json FROM evidence WHERE row_id BETWEEN ? AND ? ORDER BY row_id, attempt',
  domain: `SELECT name, ${DOMAIN_FACT_COLUMNS} FROM domains WHERE id = ?`,
  ids: 'SELECT id FROM rows WHERE id > ? ORDER BY id LIMIT 10000',
  body: 'SELECT body FROM details WHERE id = ?',
} as const;
