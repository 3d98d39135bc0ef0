// What the library keeps of a list, as its row has it and as the store uses it.
import { join } from 'node:path';
import type { Counters, ListInfo, ListState } from '../interface.ts';

/** What is kept of a list beside what is shown of it. */
export interface ListFacts {
  readonly bom: boolean;
  readonly newline: '\n' | '\r\n';
  /** Its cells carry the spreadsheet guard of an export of ours. */
  readonly guarded: boolean;
}

export interface ListRecord extends ListInfo, ListFacts {
  /** Absolute path of its database. */
  readonly file: string;
  readonly state: ListState;
  /** As last seen. */
  readonly counters: Counters;
  /** Why its file was set aside, for people; null: it was not. */
  readonly damage: string | null;
  /** Epoch milliseconds: last worked on; when it was first told that it is to be forgotten. */
  readonly changedAtMs: number;
  readonly toldAtMs: number | null;
  /** Rows with a verdict of another list. */
  readonly reused: number;
}

export interface ListRow {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly source_path: string;
  readonly state: ListState;
  readonly practice: number;
  readonly created_at_ms: number;
  readonly encoding: string;
  readonly bom: number;
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n';
  readonly has_header: number;
  readonly guarded: number;
  readonly columns_json: string;
  readonly address_column: number;
  readonly counters_json: string;
  readonly hidden_at_ms: number | null;
  readonly damage: string | null;
  readonly changed_at_ms: number;
  readonly told_at_ms: number | null;
  readonly reused: number;
}

/** Lists that people see. */
export const VISIBLE = "state NOT IN ('importing', 'deleting') AND hidden_at_ms IS NULL";

/** `dir`: absolute path of the store's folder. */
export function recordOf(dir: string, row: ListRow): ListRecord {
  return {
    id: row.id,
    name: row.name,
    file: join(dir, row.file),
    sourcePath: row.source_path,
    state: row.state,
    practice: row.practice === 1,
    createdAtMs: row.created_at_ms,
    encoding: row.encoding,
    bom: row.bom === 1,
    delimiter: row.delimiter,
    newline: row.newline,
    hasHeader: row.has_header === 1,
    guarded: row.guarded === 1,
    columns: JSON.parse(row.columns_json) as string[],
    addressColumn: row.address_column,
    counters: JSON.parse(row.counters_json) as Counters,
    damage: row.damage,
    changedAtMs: row.changed_at_ms,
    toldAtMs: row.told_at_ms,
    reused: row.reused,
  };
}
