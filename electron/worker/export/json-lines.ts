// Rows as JSON Lines: one object a row. Cells of the list are texts, exactly as they are; a verdict's empty ones are null,
// and our numbers are numbers. Names that are not unique get a number, as an object has each name once; a name such as
// `__proto__` is a name like any other in JSON's text.
import type { ListRecord } from '../store/list-record.ts';
import type { ColumnPlan, PlannedColumn } from './column-plan.ts';
import type { ExportRow } from './export-row.ts';
import { OriginalCells } from './original-cells.ts';

const NUMBERS: ReadonlySet<string> = new Set(['winnow_score', 'winnow_duplicate_of']);

export class JsonLines {
  readonly #plan: ColumnPlan;
  readonly #originals: OriginalCells;
  readonly #newline: string;
  /** What stands before each value. */
  readonly #before: readonly string[];

  constructor(record: ListRecord, plan: ColumnPlan, newline: '\n' | '\r\n') {
    this.#plan = plan;
    this.#originals = new OriginalCells(record);
    this.#newline = newline;
    this.#before = uniqueNames(plan.columns).map((name, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  }

  line(row: ExportRow): string {
    const { columns, verdict } = this.#plan;
    const originals = this.#originals.of(row.raw);
    const ours = verdict.cells(row);
    let line = '';
    for (const [at, { from, index, name }] of columns.entries()) {
      const value = from === 'list' ? JSON.stringify(originals[index] ?? '') : verdictValue(name, ours[index] ?? '');
      line += (this.#before[at] ?? '') + value;
    }
    return `${line}}${this.#newline}`;
  }
}

function verdictValue(name: string, cell: string): string {
  if (cell === '') return 'null';
  return NUMBERS.has(name) ? cell : JSON.stringify(cell);
}

function uniqueNames(columns: readonly PlannedColumn[]): readonly string[] {
  const used = new Set<string>();
  return columns.map(({ name }, at) => {
    const base = name === '' ? `column_${String(at + 1)}` : name;
    let unique = base;
    for (let number = 2; used.has(unique); number++) unique = `${base}_${String(number)}`;
    used.add(unique);
    return unique;
  });
}
