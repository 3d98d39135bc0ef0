// Which format a file's name asks for.
import type { ExportFormat } from './export-form.ts';

const BY_EXTENSION: ReadonlyMap<string, ExportFormat> = new Map<string, ExportFormat>([
  ['csv', 'csv'],
  ['txt', 'csv'],
  ['tsv', 'tsv'],
  ['tab', 'tsv'],
  ['xlsx', 'xlsx'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['html', 'html'],
  ['htm', 'html'],
]);

/** Null for a name whose extension says nothing. */
export function formatOfName(name: string): ExportFormat | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return BY_EXTENSION.get(extension) ?? null;
}
