// Which columns an export writes, in which order: the list's own and those that tell the verdict, from the names that
// were given (see `exportForm`). A list's own column wins over one of ours with the same name; names need not be unique.
import { UserError } from '../../../shared/errors.ts';
import type { ExportForm } from '../../../shared/export/export-form.ts';
import type { ListRecord } from '../store/list-record.ts';
import { appendedColumns, type AppendedColumns } from './appended-columns.ts';

export interface PlannedColumn {
  readonly name: string;
  readonly from: 'list' | 'verdict';
  /** 0-based, among those of where it is from. */
  readonly index: number;
}

export interface ColumnPlan {
  readonly columns: readonly PlannedColumn[];
  readonly verdict: AppendedColumns;
}

type Columns = Pick<ListRecord, 'columns' | 'addressColumn'>;

/** Throws ColumnNotFound. */
export function planColumns(list: Columns, { columns = [':original', ':verdict'], words = 'winnow' }: ExportForm): ColumnPlan {
  const verdict = appendedColumns(words);
  const own = list.columns.map((name, index): PlannedColumn => ({ name, from: 'list', index }));
  const ours = verdict.names.map((name, index): PlannedColumn => ({ name, from: 'verdict', index }));
  return { columns: columns.flatMap((name) => columnsNamed(name, own, ours, list.addressColumn)), verdict };
}

function columnsNamed(wanted: string, own: readonly PlannedColumn[], ours: readonly PlannedColumn[], addressColumn: number): readonly PlannedColumn[] {
  if (wanted === ':original') return own;
  if (wanted === ':verdict') return ours;
  const number = wanted === ':address' ? addressColumn + 1 : Number(/^:(\d+)$/.exec(wanted)?.[1] ?? 0);
  const oursNumber = Number(/^:verdict:(\d+)$/.exec(wanted)?.[1] ?? 0);
  const all = [...own, ...ours];
  const lower = wanted.toLowerCase();
  const found = own[number - 1] ?? ours[oursNumber - 1] ?? all.find(({ name }) => name === wanted) ?? all.find(({ name }) => name.toLowerCase() === lower);
  if (found !== undefined) return [found];
  const names = all.map(({ name }) => JSON.stringify(name)).slice(0, 40).join(', ');
  throw new UserError('ColumnNotFound', `There is no column ${JSON.stringify(wanted)} to export. There are ${names}, and :original, :verdict, :address, :1 to :${String(own.length)}.`);
}
