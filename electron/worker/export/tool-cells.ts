// The cells of another tool's columns for one row. A row without a verdict has empty ones: that tool would not have it in
// its file, and no word of it would be true. Only an address on the user's own suppress list may have a word of its own.
import type { ToolWords } from '../../../shared/verdict/tool-words/tool-facts.ts';
import type { ExportRow } from './export-row.ts';

export function toolCells(tool: ToolWords, row: ExportRow): readonly string[] {
  if (row.reason === null) {
    return (row.kind === 'suppressed' ? tool.suppressed : undefined) ?? tool.columns.map(() => '');
  }
  return tool.cells({
    reason: row.reason,
    score: row.score ?? 0,
    flags: new Set(row.said.flags.split(' ')),
    didYouMean: row.said.didYouMean,
    mx: row.said.mx,
    address: row.address,
    catchAll: row.catchAll ?? 'not_run',
  });
}
