// A list as it stands at one moment, for as long as an export takes: a connection of its own with one read transaction.
// A run goes on committing meanwhile; what it commits is not seen here. Reads only.
import type Database from 'better-sqlite3';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import type { Counters } from '../interface.ts';
import { openReading } from '../reader/open-reading.ts';
import { CounterTable } from '../store/counter-table.ts';
import type { ListRecord } from '../store/list-record.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { steady } from '../store/steady-value.ts';
import { guarded } from '../store/store-error.ts';
import { DETAILS_HEAD, DetailsReader, type ExportDetails } from './details-reader.ts';
import type { ExportRow } from './export-row.ts';

/** Few enough that a page is gone before it costs a collection of garbage. */
const ROWS_PER_PAGE = 500;
const NO_DETAILS: ExportDetails = { checkedAtMs: 0, said: { flags: '', didYouMean: null, reply: null, mx: null } };

/** `judged`: the reason's code and the score as one number: each column costs as much as its value's reading. */
type Raw = readonly [
  id: number, raw: string, kind: string | null, dupOf: number | null, judged: number | null, place: number | null,
  head?: string | null, address?: string | null, catchAll?: ExportRow['catchAll'],
];

const SCORES = 256;
const WHOSE_VERDICT = 'coalesce(r.dup_of, r.id)';

/** Of so many rows in a row one is wanted at least: to read them all is cheaper than to look for each. */
const DENSE = 8;

/** Where so many of the last rows said what a row before had said, the heads of details are read one by one, for those rows
 *  only that say something new: that costs four times as much a head, but few have to be read. */
const MOSTLY_KNOWN = 0.75;
/** Weight of the newest page in that share. */
const NEWEST = 1 / 8;

/** `withHeads`: with the head of each verdict's details. */
function rowsSql(withAddress: boolean, withHeads = true): string {
  const asked = withAddress ? ', f.address, d.catch_all' : '';
  const heads = withHeads ? `, ${DETAILS_HEAD.column}` : withAddress ? ', NULL' : '';
  const joins = withAddress ? `LEFT JOIN rows f ON f.id = ${WHOSE_VERDICT} LEFT JOIN domains d ON d.id = f.domain_id` : '';
  return `SELECT r.id, r.raw, iif(v.row_id IS NULL, r.kind, NULL), r.dup_of, v.reason * ${String(SCORES)} + v.score, ${DETAILS_HEAD.place}${heads}${asked}
          FROM rows r LEFT JOIN verdicts v ON v.row_id = ${WHOSE_VERDICT} ${withHeads ? DETAILS_HEAD.join : ''} ${joins}`;
}

/** Both ascend. */
function isWanted(ids: Uint32Array): (row: Raw) => boolean {
  let next = 0;
  return ([id]) => {
    while ((ids[next] ?? Infinity) < id) next++;
    return ids[next] === id;
  };
}

export class ListSnapshot {
  readonly record: ListRecord;
  readonly database: Database.Database;
  readonly #reasons: ReasonCodes;
  readonly #details: DetailsReader;
  /** Rows of the page that said what another had said. */
  #known = 0;

  /** Throws what `openReading` throws. */
  constructor(record: ListRecord) {
    this.record = record;
    this.database = openReading(record.file, 'list');
    try {
      this.database.exec('BEGIN');
      this.#reasons = guarded(record.file, () => ReasonCodes.read(this.database));
      this.#details = new DetailsReader(this.database, record.counters.rows);
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
    const paged = (withHeads: boolean) => this.database.prepare<[number, number]>(`${rowsSql(withAddress, withHeads)} WHERE r.id > ? ORDER BY r.id LIMIT ?`).raw();
    const [withHeads, withoutHeads] = [paged(true), paged(false)];
    let last = 0;
    let knownShare = 0;
    for (;;) {
      const page = knownShare > MOSTLY_KNOWN ? withoutHeads : withHeads;
      this.#known = 0;
      const rows = guarded(this.record.file, () => (page.all(last, ROWS_PER_PAGE) as Raw[]).map((row) => this.#row(row)));
      const end = rows.at(-1);
      if (end === undefined) return;
      knownShare += (this.#known / rows.length - knownShare) * NEWEST;
      yield rows;
      last = end.id;
    }
  }

  /** As `pages`, of these rows only (ascending): a few of ten million cost no look at the others. */
  *pagesOf(ids: Uint32Array, withAddress: boolean): Generator<readonly ExportRow[], void, undefined> {
    const span = this.database.prepare<[number, number]>(`${rowsSql(withAddress)} WHERE r.id BETWEEN ? AND ? ORDER BY r.id`).raw();
    const one = this.database.prepare<[number]>(`${rowsSql(withAddress)} WHERE r.id = ${steady('?')}`).raw();
    for (let at = 0; at < ids.length; at += ROWS_PER_PAGE) {
      const wanted = ids.subarray(at, at + ROWS_PER_PAGE);
      const first = wanted[0] ?? 0;
      const last = wanted.at(-1) ?? 0;
      const isDense = last - first < DENSE * wanted.length;
      yield guarded(this.record.file, () => {
        const found = (isDense ? span.all(first, last) : Array.from(wanted, (id) => one.get(id)).filter((row) => row !== undefined)) as Raw[];
        return found.filter(isWanted(wanted)).map((row) => this.#row(row));
      });
    }
  }

  /** What the verdicts say beside their reasons, of rows of their own, a page at a time. Throws StoreDamaged. */
  *verdictPages(): Generator<readonly ExportDetails[], void, undefined> {
    const page = this.database.prepare<[number, number], { row_id: number; head: string }>(
      `SELECT v.row_id, ${DETAILS_HEAD.column} AS head FROM verdicts v ${DETAILS_HEAD.join} WHERE v.row_id > ? ORDER BY v.row_id LIMIT ?`,
    );
    let last = 0;
    for (;;) {
      const rows = guarded(this.record.file, () => page.all(last, ROWS_PER_PAGE));
      const end = rows.at(-1);
      if (end === undefined) return;
      yield rows.map(({ row_id: rowId, head }) => this.#details.read(head, rowId));
      last = end.row_id;
    }
  }

  close(): void {
    this.database.close();
  }

  #row([id, raw, kind, dupOf, judged, place, head = null, address = null, catchAll = null]: Raw): ExportRow {
    const reason = judged === null ? null : this.#reasons.reason(Math.floor(judged / SCORES));
    const score = judged === null ? null : judged % SCORES;
    const { said, checkedAtMs } = judged === null || place === null || place === 0 ? NO_DETAILS : this.#saidAt(place, head, dupOf ?? id);
    const status = reason === null ? null : statusOf(reason);
    return { id, raw, kind, dupOf, address, catchAll, status, reason, score, said, checkedAtMs: judged === null ? null : checkedAtMs };
  }

  #saidAt(place: number, head: string | null, rowId: number): ExportDetails {
    const known = this.#details.known(place);
    if (known === null) return this.#details.readAt(place, head, rowId);
    this.#known++;
    return known;
  }
}
