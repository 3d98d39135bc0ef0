// An export to XLSX, into one workbook or one for each status, one after the other over the same snapshot. Rows are taken
// as the workbook needs them; the files appear together when the last one is written.
import { basename, extname } from 'node:path';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import { AtomicFile, commitAll } from './atomic-file.ts';
import { chosenPages, type ChosenPages } from './chosen-pages.ts';
import { planColumns, type ColumnPlan } from './column-plan.ts';
import type { ExportedFile, ExportOptions, ExportProgress, ExportReport } from './export-api.ts';
import type { ExportRow } from './export-row.ts';
import { exportTargets, type ExportTarget } from './export-targets.ts';
import type { ListSnapshot } from './list-snapshot.ts';
import { OriginalCells } from './original-cells.ts';
import { wantedRows } from './wanted-rows.ts';
import { writeWorkbook, type WorkbookCell, type WrittenWorkbook } from './workbook.ts';

/** Throws what `ExportApi.exportList` throws. */
export async function exportWorkbooks(snapshot: ListSnapshot, options: ExportOptions, hooks: CallHooks<ExportProgress>): Promise<ExportReport> {
  const { record } = snapshot;
  const plan = planColumns(record, options);
  const header = plan.columns.map(({ name }) => name);
  const targets = exportTargets(record, options);
  const files: AtomicFile[] = [];
  const written: (ExportedFile & WrittenWorkbook)[] = [];
  try {
    const chosen = chosenPages(snapshot, options, hooks);
    const listRows = chosen.totalRows;
    for (const target of targets) files.push(new AtomicFile(target.path));
    for (const [index, file] of files.entries()) {
      const target = targets[index];
      if (target === undefined) continue;
      const rows = new WorkbookRows(snapshot, { options, plan, target, chosen });
      const totalRows = listRows * targets.length;
      const told: CallHooks<ExportProgress> = { cancelled: () => hooks.cancelled(), progress: ({ rows: looked }) => { hooks.progress({ rows: index * listRows + looked, totalRows }); } };
      const workbook = await writeWorkbook(
        { sheetName: basename(record.name, extname(record.name)), header, rows: rows.take(told), rowsAtMost: listRows },
        (bytes) => { file.write(bytes); },
      );
      written.push({ ...target, rows: rows.count, bytes: file.bytes, ...workbook });
    }
    throwIfCancelled(hooks, 'export');
    commitAll(files);
  } catch (error) {
    for (const file of files) file.abort();
    throw error;
  }
  return {
    path: options.outPath,
    rows: written.reduce((sum, { rows }) => sum + rows, 0),
    bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
    files: written.map(({ path, status, rows, bytes }) => ({ path, status, rows, bytes })),
    replaced: { count: 0, characters: [] },
    cutCells: written.reduce((sum, { cutCells }) => sum + cutCells, 0),
    sheets: Math.max(...written.map(({ sheets }) => sheets)),
  };
}

interface WorkbookParts {
  readonly options: ExportOptions;
  readonly plan: ColumnPlan;
  readonly target: ExportTarget;
  readonly chosen: ChosenPages;
}

/** The rows of one workbook, counted as they are taken. */
class WorkbookRows {
  readonly #options: ExportOptions;
  readonly #plan: ColumnPlan;
  readonly #target: ExportTarget;
  readonly #chosen: ChosenPages;
  readonly #originals: OriginalCells;
  count = 0;

  constructor({ record }: ListSnapshot, { options, plan, target, chosen }: WorkbookParts) {
    this.#options = options;
    this.#plan = plan;
    this.#target = target;
    this.#chosen = chosen;
    this.#originals = new OriginalCells(record);
  }

  *take(hooks: CallHooks<ExportProgress>): Generator<readonly WorkbookCell[], void, undefined> {
    const fileOf = wantedRows(this.#options);
    const totalRows = 0;
    let looked = 0;
    for (const page of this.#chosen.pages()) {
      throwIfCancelled(hooks, 'export');
      for (const row of page) {
        const status = fileOf(row);
        if (status === null || (this.#target.status !== null && this.#target.status !== status)) continue;
        this.count++;
        yield this.#cells(row);
      }
      looked += page.length;
      hooks.progress({ rows: looked, totalRows });
    }
  }

  #cells(row: ExportRow): readonly WorkbookCell[] {
    const originals = this.#originals.of(row.raw);
    const ours = this.#plan.verdict.cells(row);
    return this.#plan.columns.map(({ from, index, name }) => {
      const cell = (from === 'list' ? originals : ours)[index] ?? '';
      if (cell === '') return null;
      return from === 'verdict' && NUMBERS.has(name) ? Number(cell) : cell;
    });
  }
}

const NUMBERS: ReadonlySet<string> = new Set(['winnow_score', 'winnow_duplicate_of']);
