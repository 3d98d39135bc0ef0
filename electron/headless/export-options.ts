// What `winnow export` was asked to do, checked completely before anything is opened or written.
// What an option says wins over the preset; what neither says has its default.
import { basename, resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { EXPORT_DELIMITERS, EXPORT_ENCODINGS, EXPORT_FORMATS, LINE_ENDS, type ExportForm } from '../../shared/export/export-form.ts';
import { formatOfName } from '../../shared/export/export-format.ts';
import type { RowSelection } from '../../shared/ipc/lists.ts';
import { isPresetName, PRESET_NAMES, PRESETS } from '../../shared/export/presets.ts';
import type { Settings } from '../../shared/settings/schema.ts';
import { EXPORT_WORDS } from '../../shared/verdict/tool-words/export-words.ts';
import { STATUSES } from '../../shared/verdict/verdict.ts';
import { oneOf } from './one-of.ts';
import { parseOptions } from './parse-options.ts';
import { parseRowFilter, ROW_FILTER_OPTIONS } from './row-filter-options.ts';
import { storeDir } from './store-dir.ts';

export interface ExportCommand {
  readonly listId: number;
  /** Absolute. */
  readonly out: string;
  readonly storeDir: string;
  readonly settingsPath: string | undefined;
  readonly json: boolean;
  /** Of these rows only. */
  readonly selection: RowSelection | undefined;
  /** With the presets of the settings. Throws BadUsage. */
  readonly form: (settings: Settings) => ExportForm;
}

const OPTIONS = {
  out: { type: 'string' },
  format: { type: 'string' },
  preset: { type: 'string' },
  keep: { type: 'string' },
  columns: { type: 'string' },
  words: { type: 'string' },
  'each-status': { type: 'boolean' },
  'no-duplicates': { type: 'boolean' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  bom: { type: 'string' },
  'line-end': { type: 'string' },
  exact: { type: 'boolean' },
  settings: { type: 'string' },
  store: { type: 'string' },
  json: { type: 'boolean' },
  ...ROW_FILTER_OPTIONS,
} as const;

const DELIMITER_NAMES: Readonly<Record<string, (typeof EXPORT_DELIMITERS)[number]>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

export function parseExportOptions(args: string[]): ExportCommand {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [id = ''] = positionals;
  if (positionals.length !== 1 || !/^\d{1,15}$/.test(id)) {
    throw new UserError('BadUsage', 'winnow export takes the number of one list, as "winnow lists" shows it.');
  }
  const { out = '' } = values;
  if (out === '') throw new UserError('BadUsage', 'winnow export needs --out, the name of the file to write.');
  const own = formOf(values);
  const filter = parseRowFilter(values);
  const selection = Object.keys(filter).length === 0 ? undefined : { filter, all: true, turned: [] };
  return {
    listId: Number(id),
    out: resolve(out),
    storeDir: storeDir(values.store),
    settingsPath: values.settings,
    json: values.json ?? false,
    selection,
    form: (settings) => {
      const form = { ...(values.preset === undefined ? {} : presetNamed(values.preset, settings)), ...own };
      const format = own.format ?? formatOfName(basename(out)) ?? form.format ?? 'csv';
      if (format === 'html' && selection !== undefined) throw new UserError('BadUsage', 'A summary is of the whole list: it does not go with options that choose rows.');
      return { ...form, format };
    },
  };
}

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

function formOf(values: Values): ExportForm {
  const { format, keep, columns, words, encoding, bom, delimiter, 'line-end': lineEnd, 'each-status': eachStatus, 'no-duplicates': noDuplicates, exact } = values;
  return {
    ...(format === undefined ? {} : { format: oneOf('--format', format, EXPORT_FORMATS) }),
    ...(keep === undefined ? {} : { statuses: keep.split(',').map((status) => oneOf('--keep', status, STATUSES)) }),
    ...(columns === undefined ? {} : { columns: parseColumns(columns) }),
    ...(words === undefined ? {} : { words: oneOf('--words', words, EXPORT_WORDS) }),
    ...(eachStatus === true ? { filePerStatus: true } : {}),
    ...(noDuplicates === true ? { withoutDuplicates: true } : {}),
    ...(delimiter === undefined ? {} : { delimiter: parseDelimiter(delimiter) }),
    ...(encoding === undefined ? {} : { encoding: oneOf('--encoding', encoding.replace(/^utf-?16$/i, 'utf-16le').replace(/^utf8$/i, 'utf-8'), EXPORT_ENCODINGS) }),
    ...(bom === undefined ? {} : { bom: oneOf('--bom', bom, ['yes', 'no']) === 'yes' }),
    ...(lineEnd === undefined ? {} : { lineEnd: oneOf('--line-end', lineEnd, LINE_ENDS) }),
    ...(exact === true ? { spreadsheetSafe: false } : {}),
  };
}

function parseColumns(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UserError('BadUsage', '--columns takes names with commas between them; a column whose name holds a comma is told by its number, as :3.');
  return names;
}

function parseDelimiter(text: string): (typeof EXPORT_DELIMITERS)[number] {
  const found = DELIMITER_NAMES[text.toLowerCase()] ?? EXPORT_DELIMITERS.find((delimiter) => delimiter === text);
  if (found === undefined) throw new UserError('BadUsage', `--delimiter does not know "${text}". Choices: ${Object.keys(DELIMITER_NAMES).join(', ')}.`);
  return found;
}

function presetNamed(name: string, { exportPresets }: Settings): ExportForm {
  const own = exportPresets.find((preset) => preset.name === name);
  if (own !== undefined) return own.form;
  if (isPresetName(name)) return PRESETS[name];
  const names = [...PRESET_NAMES, ...exportPresets.map((preset) => preset.name)];
  throw new UserError('BadUsage', `There is no preset "${name}". Presets: ${names.join(', ')}.`);
}
