// What of every row never changes after the import, as arrays by row number: domain, which rows are duplicates, and the
// ranks that addresses and domains are sorted by. Each part is read when it is first needed, in steps.
// 4 bytes a row and part; names and addresses are not kept.
import type { ListView } from './list-view.ts';
import type { Steps } from './rows-finder.ts';
import { textRanks } from './text-ranks.ts';

const STEP = 20_000;
const FILL_STEP = 100_000;

export interface ColumnSource {
  /** The list anew: it may have been closed between two steps. */
  readonly list: () => ListView;
  /** Told now and then: share of the part that is read. */
  readonly tell: (share: number) => void;
}

interface Duplicates {
  readonly rows: Uint32Array;
  /** The row that each repeats. */
  readonly firsts: Uint32Array;
}

export class FixedColumns {
  /** The highest row number. */
  readonly last: number;
  #duplicates: Duplicates | null = null;
  #elsewhere: readonly number[] | null = null;
  #domains: Uint32Array | null = null;
  #domainRanks: Uint32Array | null = null;
  #addressRanks: Uint32Array | null = null;

  constructor(last: number) {
    this.last = last;
  }

  *duplicates(source: ColumnSource): Steps<Duplicates> {
    if (this.#duplicates !== null) return this.#duplicates;
    const count = Number(source.list().column('SELECT count(*) FROM duplicates').get() ?? 0);
    const found = { rows: new Uint32Array(count), firsts: new Uint32Array(count) };
    let filled = 0;
    for (let at = 0; filled < count; ) {
      const rows = source.list().arrays(DUPLICATES).all(at, STEP) as [number, number][];
      for (const [row, first] of rows) {
        if (filled === count) break;
        found.rows[filled] = row;
        found.firsts[filled++] = first;
        at = row;
      }
      if (rows.length === 0) break;
      yield;
    }
    this.#duplicates = found;
    return found;
  }

  /** Rows whose address another list has. */
  *elsewhere(source: ColumnSource): Steps<readonly number[]> {
    if (this.#elsewhere !== null) return this.#elsewhere;
    const found: number[] = [];
    for (let at = 0; ; ) {
      const rows = source.list().column(ELSEWHERE).all(at, STEP) as number[];
      for (const row of rows) found.push(row);
      at = rows.at(-1) ?? at;
      if (rows.length < STEP) break;
      yield;
    }
    this.#elsewhere = found;
    return found;
  }

  /** By row: number of its domain; 0 where there is none. A duplicate has its first row's. */
  *domains(source: ColumnSource): Steps<Uint32Array> {
    if (this.#domains !== null) return this.#domains;
    const domains = new Uint32Array(this.last + 1);
    const total = Math.max(1, Number(source.list().column('SELECT max(id) FROM domains').get() ?? 1));
    for (let domain = 0, row = 0; ; ) {
      // The rest of a domain by its own: SQLite seeks by both columns only where the first is given.
      const rest = source.list().arrays(SAME_DOMAIN).all(domain, row, STEP) as [number, number][];
      const rows = rest.length === STEP ? rest : [...rest, ...(source.list().arrays(NEXT_DOMAINS).all(domain, STEP) as [number, number][])];
      for (const [id, at] of rows) {
        domains[at] = id;
        domain = id;
        row = at;
      }
      source.tell(domain / total);
      if (rows.length < STEP) break;
      yield;
    }
    yield* this.fillDuplicates(source, domains);
    this.#domains = domains;
    return domains;
  }

  /** By number of the domain. */
  *domainRanks(source: ColumnSource): Steps<Uint32Array> {
    if (this.#domainRanks !== null) return this.#domainRanks;
    const { list, tell } = source;
    const ranks = yield* textRanks({
      last: Number(list().column('SELECT max(id) FROM domains').get() ?? 0),
      after: (number, limit) => list().arrays('SELECT id, name FROM domains WHERE id > ? ORDER BY id LIMIT ?').all(number, limit) as [number, string][],
      text: (number) => (list().column('SELECT name FROM domains WHERE id = ?').get(number) as string),
      tell,
    });
    this.#domainRanks = ranks;
    return ranks;
  }

  /** By row; a duplicate has its first row's. Rows with nothing that can be asked have their cell's, empty ones 0. */
  *addressRanks(source: ColumnSource): Steps<Uint32Array> {
    if (this.#addressRanks !== null) return this.#addressRanks;
    const { list, tell } = source;
    const textOf = (address: string | null, raw: string | null): string => (address ?? (raw === null ? '' : list().addressIn(raw).trim())).toLowerCase();
    const ranks = yield* textRanks({
      last: this.last,
      after: (number, limit) => {
        const rows = list().arrays(ADDRESSES).all(number, limit) as [number, string | null, string | null][];
        return rows.map(([row, address, raw]) => [row, textOf(address, raw)]);
      },
      text: (row) => {
        const [, address, raw] = list().arrays(ADDRESSES).get(row - 1, 1) as [number, string | null, string | null];
        return textOf(address, raw);
      },
      tell,
    });
    for (const row of list().column(`SELECT id FROM rows WHERE kind = 'empty'`).iterate()) ranks[Number(row)] = 0;
    yield* this.fillDuplicates(source, ranks);
    this.#addressRanks = ranks;
    return ranks;
  }

  /** Gives each duplicate what its first row has. */
  *fillDuplicates(source: ColumnSource, ...columns: readonly (Uint8Array | Uint16Array | Uint32Array)[]): Steps<void> {
    const { rows, firsts } = yield* this.duplicates(source);
    for (const column of columns) {
      for (let at = 0; at < rows.length; at++) {
        column[rows[at] ?? 0] = column[firsts[at] ?? 0] ?? 0;
        if (at % FILL_STEP === 0) yield;
      }
    }
  }
}

export const ELSEWHERE = 'SELECT row_id FROM elsewhere WHERE row_id > ? ORDER BY row_id LIMIT ?';
export const DUPLICATES = 'SELECT row_id, first_row FROM duplicates WHERE row_id > ? ORDER BY row_id LIMIT ?';
/** From the index alone: the rows themselves are wide. */
export const SAME_DOMAIN = 'SELECT domain_id, id FROM rows WHERE domain_id = ? AND id > ? ORDER BY id LIMIT ?';
export const NEXT_DOMAINS = 'SELECT domain_id, id FROM rows WHERE domain_id > ? ORDER BY domain_id, id LIMIT ?';
/** The record only where the address is not there, and of no duplicate: it gets what its first row has. */
export const ADDRESSES = `SELECT id, address, CASE WHEN address IS NULL AND kind <> 'duplicate' THEN raw END FROM rows WHERE id > ? ORDER BY id LIMIT ?`;
