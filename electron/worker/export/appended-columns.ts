// What an export appends to each row: the names of the columns and their cells, in the words that were asked for.
import type { ExportWords } from '../../../shared/verdict/tool-words/export-words.ts';
import { TOOL_WORDS } from '../../../shared/verdict/tool-words/tool-words.ts';
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import type { ExportRow } from './export-row.ts';
import { toolCells } from './tool-cells.ts';
import { verdictCells } from './verdict-cells.ts';

export interface AppendedColumns {
  readonly names: readonly string[];
  readonly cells: (row: ExportRow) => readonly string[];
}

export function appendedColumns(words: ExportWords): AppendedColumns {
  if (words === 'winnow') return { names: WINNOW_COLUMNS, cells: verdictCells };
  const tool = TOOL_WORDS[words];
  return { names: tool.columns, cells: (row) => toolCells(tool, row) };
}
