// Which of the new lists each row of a list goes to. Duplicates go with the row that they repeat, since its verdict is
// theirs, but where rows were chosen. 2 bytes a row.
import { MAIL_PROVIDERS } from '../../../shared/verdict/mail-providers.ts';
import { statusOf, STATUSES } from '../../../shared/verdict/verdict.ts';
import { enCombine as words } from '../../../shared/words/en-combine.ts';
import { DETAILS_HEAD, DetailsReader } from '../export/details-reader.ts';
import type { SplitRule } from '../store-combine.ts';
import type { ListReading } from './list-reading.ts';

export interface SplitGroups {
  /** By row number: place in `labels`. */
  readonly of: Uint16Array;
  /** What each is called, in their order; some may have no rows. */
  readonly labels: readonly string[];
}

/** Throws StoreDamaged. */
export function splitGroups(reading: ListReading, rule: SplitRule): SplitGroups {
  const of = new Uint16Array(reading.lasts().row + 1);
  const labels = groupRows(reading, rule, of);
  if (rule.by !== 'rows') {
    for (const [row, first] of rowsOf(reading, 'SELECT row_id, first_row FROM duplicates ORDER BY row_id')) of[row] = of[first] ?? 0;
  }
  return { of, labels };
}

/** The names of the groups. Rows that are not named are in group 0 when it begins. */
function groupRows(reading: ListReading, rule: SplitRule, of: Uint16Array): readonly string[] {
  switch (rule.by) {
    case 'status':
      return byStatus(reading, of);
    case 'provider':
      return byProvider(reading, of);
    case 'domain':
      return byDomain(reading, of, rule.most);
    case 'parts':
      return inParts(reading, of, rule.parts);
    case 'rows':
      of.fill(1);
      for (const row of rule.rows) of[row] = 0;
      return [words.groups.chosen, words.groups.rest];
  }
}

function byStatus(reading: ListReading, of: Uint16Array): readonly string[] {
  of.fill(STATUSES.length);
  for (const [row, code] of rowsOf(reading, 'SELECT row_id, reason FROM verdicts ORDER BY row_id')) {
    const reason = reading.reasons.reason(code);
    if (reason !== null) of[row] = STATUSES.indexOf(statusOf(reason));
  }
  return [...STATUSES.map((status) => words.groups.statuses[status]), words.groups.notVerified];
}

function byProvider(reading: ListReading, of: Uint16Array): readonly string[] {
  const others = MAIL_PROVIDERS.length;
  of.fill(others + 1);
  const places = new Map(MAIL_PROVIDERS.map(({ id, kind }, index) => [`${kind}:${id}`, index]));
  const details = new DetailsReader(reading.database);
  const pages = reading.database
    .prepare<[number], [row: number, place: number, head: string]>(
      `SELECT v.row_id, v.details, ${DETAILS_HEAD.column} FROM verdicts v ${DETAILS_HEAD.join} WHERE v.row_id > ? ORDER BY v.row_id LIMIT 2000`,
    )
    .raw();
  for (let last = 0; ; ) {
    const page = pages.all(last);
    for (const [row, place, head] of page) {
      const flags = details.read(head, place).said.flags.split(' ');
      const found = flags.map((flag) => places.get(flag)).find((index) => index !== undefined);
      of[row] = found ?? others;
      last = row;
    }
    if (page.length === 0) break;
  }
  return [...MAIL_PROVIDERS.map(({ name }) => name), words.groups.otherProviders, words.groups.noProvider];
}

function byDomain(reading: ListReading, of: Uint16Array, most: number): readonly string[] {
  const commonest = reading.database
    .prepare<[number], { id: number; name: string }>(
      `SELECT d.id, d.name FROM (SELECT domain_id, count(*) AS n FROM rows WHERE domain_id IS NOT NULL GROUP BY domain_id ORDER BY n DESC, domain_id LIMIT ?) c
       JOIN domains d ON d.id = c.domain_id ORDER BY c.n DESC, d.id`,
    )
    .all(most);
  of.fill(commonest.length);
  const rows = reading.database.prepare<[number], number>('SELECT id FROM rows WHERE domain_id = ?').pluck();
  for (const [index, { id }] of commonest.entries()) for (const row of rows.iterate(id)) of[row] = index;
  return [...commonest.map(({ name }) => name), words.groups.otherDomains];
}

function inParts(reading: ListReading, of: Uint16Array, parts: number): readonly string[] {
  const count = (table: string): number => reading.database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  const own = count('rows') - count('duplicates');
  let place = 0;
  const ids = reading.database.prepare<[], number>('SELECT r.id FROM rows r WHERE NOT EXISTS (SELECT 1 FROM duplicates WHERE row_id = r.id) ORDER BY r.id').pluck();
  for (const row of ids.iterate()) of[row] = Math.floor((place++ * parts) / Math.max(1, own));
  return Array.from({ length: parts }, (_, index) => words.groups.part(String(index + 1), String(parts)));
}

function rowsOf(reading: ListReading, sql: string): IterableIterator<[number, number]> {
  return reading.database.prepare<[], [number, number]>(sql).raw().iterate();
}
