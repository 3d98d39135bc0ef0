// A list as it stands at one moment, for as long as an export takes: a connection of its own with one read transaction.
// A run goes on committing meanwhile; what it commits is not seen here. Reads only.
import type Database from 'better-sqlite3';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import type { Counters } from '../interface.ts';
import { openReading } from '../reader/open-reading.ts';
import { CounterTable } from '../store/counter-table.ts';
import type { ListRecord } from '../store/list-record.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { guarded } from '../store/store-error.ts';
import { DETAILS_HEAD, DetailsReader, type ExportDetails } from './details-reader.ts';
import type { ExportRow } from './export-row.ts';

/** Few enough that a page is gone before it costs a collection of garbage. */
const ROWS_PER_PAGE = 500;
const NO_DETAILS: ExportDetails = { checkedAtMs: 0, said: { flags: '', didYouMean: null, reply: null, mx: null } };

type Raw = readonly [
  id: number, raw: string, kind: string | null, dupOf: number | null, reason: number | null, score: number | null, place: number | null, head: string | null,
  address?: string | null, catchAll?: ExportRow['catchAll'],
];

const WHOSE_VERDICT = 'coalesce(r.dup_of, r.id)';

export class ListSnapshot {
  readonly record: ListRecord;
  readonly database: Database.Database;
  readonly #reasons: ReasonCodes;
  readonly #details: DetailsReader;

  /** Throws what `openReading` throws. */
  constructor(record: ListRecord) {
    this.record = record;
    this.database = openReading(record.file, 'list');
    try {
      this.database.exec('BEGIN');
      this.#reasons = guarded(record.file, () => ReasonCodes.read(this.database));
      this.#details = new DetailsReader(this.database);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  counters(): Counters {
    return guarded(this.record.file, () => new CounterTable(this.database).read());
  }

  /** All rows in their order, a page at a time. `withAddress`: with the address that was asked and what its domain's random
   *  recipient was told, which only some words need. Throws StoreDamaged. */
  *pages(withAddress: boolean): Generator<readonly ExportRow[], void, undefined> {
    const asked = withAddress ? ', f.address, d.catch_all' : '';
    const joins = withAddress ? `LEFT JOIN rows f ON f.id = ${WHOSE_VERDICT} LEFT JOIN domains d ON d.id = f.domain_id` : '';
    const page = this.database
      .prepare<[number, number]>(
        `SELECT r.id, r.raw, iif(v.row_id IS NULL, r.kind, NULL), r.dup_of, v.reason, v.score, v.details, ${DETAILS_HEAD.column} ${asked}
         FROM rows r LEFT JOIN verdicts v ON v.row_id = ${WHOSE_VERDICT} ${DETAILS_HEAD.join} ${joins} WHERE r.id > ? ORDER BY r.id LIMIT ?`,
      )
      .raw();
    let last = 0;
    for (;;) {
      const rows = guarded(this.record.file, () => (page.all(last, ROWS_PER_PAGE) as Raw[]).map((row) => this.#row(row)));
      const end = rows.at(-1);
      if (end === undefined) return;
      yield rows;
      last = end.id;
    }
  }

  /** What the verdicts say beside their reasons, of rows of their own, a page at a time. Throws StoreDamaged. */
  *verdictPages(): Generator<readonly ExportDetails[], void, undefined> {
    const page = this.database.prepare<[number, number], { row_id: number; details: number; head: string }>(
      `SELECT v.row_id, v.details, ${DETAILS_HEAD.column} AS head FROM verdicts v ${DETAILS_HEAD.join} WHERE v.row_id > ? ORDER BY v.row_id LIMIT ?`,
    );
    let last = 0;
    for (;;) {
      const rows = guarded(this.record.file, () => page.all(last, ROWS_PER_PAGE));
      const end = rows.at(-1);
      if (end === undefined) return;
      yield rows.map(({ details, head }) => this.#details.read(head, details));
      last = end.row_id;
    }
  }

  close(): void {
    this.database.close();
  }

  #row([id, raw, kind, dupOf, code, score, place, head, address = null, catchAll = null]: Raw): ExportRow {
    const reason = this.#reasons.reason(code);
    const { said, checkedAtMs } = place === null || head === null ? NO_DETAILS : this.#details.read(head, place);
    const status = reason === null ? null : statusOf(reason);
    return { id, raw, kind, dupOf, address, catchAll, status, reason, score, said, checkedAtMs: place === null ? null : checkedAtMs };
  }
}
