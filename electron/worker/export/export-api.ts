// What an export is asked and what it answers. Plain, structured-cloneable data: it crosses from the exporting thread.
import type { ExportForm } from '../../../shared/export/export-form.ts';
import type { FileStatus } from '../../../shared/export/status-files.ts';
import type { RowSelection } from '../../../shared/ipc/lists.ts';

export interface ExportTo {
  readonly listId: number;
  /** Absolute path of the file; with `filePerStatus` what the files are named after. */
  readonly outPath: string;
}

export interface ExportOptions extends ExportForm, ExportTo {
  /** Of the rows that the form takes, only those that this rule means when the export begins. A summary is of the whole
   *  list whatever is selected. */
  readonly selection?: RowSelection;
}

export interface ExportedFile {
  readonly path: string;
  /** Null where it is the one file of all. */
  readonly status: FileStatus | null;
  readonly rows: number;
  readonly bytes: number;
}

export interface ExportReport {
  /** `outPath`. */
  readonly path: string;
  /** Of all files together. */
  readonly rows: number;
  readonly bytes: number;
  readonly files: readonly ExportedFile[];
  /** Characters that the encoding does not have, each written as `?`. */
  readonly replaced: { readonly count: number; /** At most 20, in the order met. */ readonly characters: readonly string[] };
  /** Cells that were longer than a workbook's may be, and were cut. */
  readonly cutCells: number;
  /** Sheets of the workbook with the most of them; 0 for other formats. */
  readonly sheets: number;
}

export interface ExportProgress {
  /** Rows looked at, of `totalRows`: of the list, or those that are selected. */
  readonly rows: number;
  readonly totalRows: number;
}

/** The methods of the exporting thread. It reads only: what is committed, as it stands when the call begins. */
export interface ExportApi {
  /** Throws ExportFailed, FileIsFolder, DiskFull, ListNotFound, StoreDamaged, BadUsage (a column that is not there) or
   *  Cancelled; whatever was at the paths is then as it was. At once for text, later for a workbook. */
  exportList(options: ExportOptions): ExportReport | Promise<ExportReport>;
  /** The one-page summary of a list, as HTML. */
  summaryPage(listId: number): string;
  /** Writes a finished file about a list, such as its summary printed by the window's process. Throws as `exportList`. */
  writeExport(to: ExportTo, bytes: Uint8Array): void;
  close(): void;
}
