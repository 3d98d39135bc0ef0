// The tables of all tools, by name. Each says its sources; none calls an address dead that was not found dead.
import type { ExportWords } from './export-words.ts';
import { KICKBOX } from './kickbox.ts';
import { NEVERBOUNCE } from './neverbounce.ts';
import { REACHER } from './reacher.ts';
import type { ToolWords } from './tool-facts.ts';
import { ZEROBOUNCE } from './zerobounce.ts';

export const TOOL_WORDS: Readonly<Record<Exclude<ExportWords, 'winnow'>, ToolWords>> = {
  reacher: REACHER,
  zerobounce: ZEROBOUNCE,
  neverbounce: NEVERBOUNCE,
  kickbox: KICKBOX,
};
