// Appends the rows of a file to a list, in one transaction: until `commit` nobody sees any of it, and whatever ends the
// process before leaves the list as it was (SQLite's WAL). The list is locked, and nobody else writes to its file meanwhile.
// What the list has stays as it is: rows, verdicts, numbers. New rows are numbered on.
import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { isReason, type Reason } from '../../../shared/verdict/verdict.ts';
import { readKnownRows } from '../intake/known-rows.ts';
import { readAs } from '../intake/list-source.ts';
import { OtherLists, type OtherList } from '../intake/other-lists.ts';
import { columnsOf, noRows, planIntake } from '../intake/plan-intake.ts';
import { elsewhereRows, readAll } from '../intake/read-list.ts';
import { RowIntake } from '../intake/row-intake.ts';
import { openFormat } from '../intake/formats/open-format.ts';
import type { Counters } from '../interface.ts';
import type { AppendOptions, AppendReport, CombineProgress } from '../store-combine.ts';
import { CounterChanges, CounterTable } from '../store/counter-table.ts';
import { keptOptions, keepColumns } from '../store/kept-columns.ts';
import type { ListRecord } from '../store/list-record.ts';
import { STATE_OF_KIND } from '../store/list-loader.ts';
import { LIST_INDEXES } from '../store/migrations/list-001.ts';
import { openDatabase } from '../store/open-database.ts';
import { guarded, storeError } from '../store/store-error.ts';
import { AppendTarget } from './append-target.ts';
import { ColumnJoin } from './column-join.ts';
import { RecordForm } from './record-form.ts';

/** A file of more than this part of the list's own is put into an index that is made anew: entry by entry, rows of many
 *  domains would write the same pages again and again. */
const REINDEX_PART = 8;
const CACHE_KIB = 65_536;

export interface PendingAppend {
  readonly report: Omit<AppendReport, 'list'>;
  /** All columns that the list has then. */
  readonly columns: readonly string[];
  /** Durable when it returns. */
  commit(): Counters;
  /** The list is as it was. */
  undo(): void;
}

export interface AppendRequest {
  readonly list: ListRecord;
  readonly options: AppendOptions;
  readonly others: readonly OtherList[];
}

/** `tell`: called after each chunk; may throw. Throws as an import does; nothing is changed then. */
export async function appendFile({ list, options, others }: AppendRequest, tell: (progress: CombineProgress) => void): Promise<PendingAppend> {
  const database = openDatabase(list.file, 'list', { create: false });
  try {
    for (const pragma of ['foreign_keys = OFF', `cache_size = -${String(CACHE_KIB)}`, 'temp_store = FILE']) database.pragma(pragma);
    guarded(list.file, () => database.exec('BEGIN IMMEDIATE'));
    const appended = await appendRows(database, { list, options, others }, tell);
    return {
      ...appended,
      commit() {
        return guarded(list.file, () => {
          database.exec('COMMIT');
          const counters = new CounterTable(database).read();
          database.close();
          return counters;
        });
      },
      undo() {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw storeError(error, list.file);
  }
}

async function appendRows(database: Database.Database, { list, options, others }: AppendRequest, tell: (progress: CombineProgress) => void): Promise<Pick<PendingAppend, 'report' | 'columns'>> {
  const pause = (): void => { tell({ done: 0, total: 1, rows: 0 }); };
  const duplicatesBy = keptOptions(database).duplicatesBy ?? 'address';
  const byMailbox = duplicatesBy === 'mailbox';
  const source = await openFormat(options.path, options);
  try {
    const plan = await planIntake(source, options);
    const join = new ColumnJoin(list);
    const places = join.add({ columns: columnsOf(plan, 0), addressColumn: plan.addressColumn, hasHeader: plan.hasHeader });
    const form = new RecordForm(plan, list, places);
    const known = readKnownRows(database, list, byMailbox, pause);
    const domains = known.domains.size;
    const target = new AppendTarget(database, domains, (raw) => form.of(raw));
    const isLarge = source.size * REINDEX_PART > statSync(list.file).size;
    if (isLarge) database.exec('DROP INDEX IF EXISTS rows_by_domain');
    const intake = new RowIntake(target, {
      plan, practice: list.practice, atMs: Date.now(), duplicatesBy, lists: options.lists, known,
      others: others.length === 0 ? undefined : new OtherLists(others, byMailbox, pause),
    });
    await readAll(source, plan, intake, (_bytes, bytesRead) => {
      target.flush();
      tell({ done: bytesRead, total: source.size, rows: intake.rows });
      return Promise.resolve();
    });
    if (intake.rows === 0) throw noRows(source.path, plan.hasHeader);
    target.flush();
    const columns = [...join.columns];
    const newColumns = columns.slice(list.columns.length);
    settle(database, { target, domains, lastRow: known.lastRow, columns });
    const { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount } = intake;
    const counts = { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount };
    return { columns, report: { ...counts, elsewhere: elsewhereRows(intake, others), firstRow: known.lastRow + 1, newColumns, ...readAs(source) } };
  } finally {
    await source.close();
  }
}

/** What follows from the new rows: indexes, places in the queue of work, counters, the list's own word of its columns. */
function settle(database: Database.Database, { target, domains, lastRow, columns }: { readonly target: AppendTarget; readonly domains: number; readonly lastRow: number; readonly columns: readonly string[] }): void {
  database.exec(LIST_INDEXES);
  // A domain whose rows all had verdicts has work again.
  database.prepare(OPEN_DOMAINS).run({ domains, lastRow });
  const changes = new CounterChanges();
  for (const [kind, state] of Object.entries(STATE_OF_KIND)) changes.state(state, target.kinds[kind as keyof typeof STATE_OF_KIND]);
  for (const [reason, count] of Object.entries(target.judged)) changes.reason(reason as Reason, count);
  for (const { reason, n } of database.prepare<[number], { reason: string; n: number }>(JUDGED_DUPLICATES).all(lastRow)) {
    if (isReason(reason)) changes.duplicates(reason, n);
  }
  new CounterTable(database).apply(changes);
  keepColumns(database, columns);
}

const OPEN_DOMAINS = `UPDATE domains SET next_row = (SELECT id FROM rows WHERE domain_id = domains.id AND id > @lastRow ORDER BY id LIMIT 1)
  WHERE next_row IS NULL AND id <= @domains`;
const JUDGED_DUPLICATES = `SELECT r.name AS reason, count(*) AS n FROM duplicates d JOIN verdicts v ON v.row_id = d.first_row
  JOIN reasons r ON r.code = v.reason WHERE d.row_id > ? GROUP BY v.reason`;
