// What `winnow verify` was asked to do, checked completely before anything is opened or written.
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { EXPORT_WORDS, isExportWords, type ExportWords } from '../../shared/verdict/tool-words/export-words.ts';
import { isStatus, STATUSES, type Status } from '../../shared/verdict/verdict.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import type { ImportOptions } from '../worker/interface.ts';
import { listsFolder, type ListsFolder } from './lists-folder.ts';
import { parseOptions, parsePort } from './parse-options.ts';
import type { AgainWish } from '../worker/store-jobs.ts';
import { ROW_FILTER_OPTIONS } from './row-filter-options.ts';
import { storeDir } from './store-dir.ts';
import { parseAgain } from './verify-again.ts';
import { wholeNumber } from './whole-number.ts';

export interface VerifyOptions {
  /** Absolute; of the first input. */
  readonly listPath: string;
  /** Absolute paths of files and folders, or `-` for standard input. At least one. */
  readonly inputs: readonly string[];
  /** All inputs are one list. */
  readonly together: boolean;
  /** What is not to be found by itself, as the import takes it. */
  readonly reading: Partial<Pick<ImportOptions, 'name' | 'column' | 'addressColumns' | 'sheet' | 'headerRow' | 'encoding' | 'delimiter' | 'together' | 'text'>>;
  /** Absolute. */
  readonly out: string | undefined;
  readonly keep: readonly Status[] | undefined;
  /** In whose words the export says the verdicts. */
  readonly words: ExportWords;
  /** What makes two rows the same: the address, or the mailbox that it ends in (Gmail's dots, tags). */
  readonly duplicatesBy: 'address' | 'mailbox';
  /** Lists whose addresses are left out. */
  readonly notIn: readonly number[];
  /** Where the user's own list files are looked for. */
  readonly lists: ListsFolder;
  readonly practice: boolean;
  readonly dns: DnsServer | undefined;
  readonly port: number | undefined;
  readonly allowLoopback: boolean;
  readonly settingsPath: string | undefined;
  readonly storeDir: string;
  /** Syntax and DNS only: no mail server is asked. */
  readonly dnsOnly: boolean;
  readonly resume: boolean;
  /** What of the stored list is verified again; null: nothing. Goes on with that list, as `resume` does. */
  readonly again: AgainWish | null;
  readonly wait: boolean;
  readonly json: boolean;
  /** Port on which metrics are served meanwhile; 0: any free one. */
  readonly metrics: number | undefined;
}

const OPTIONS = {
  // Of `--again selected`, but for `--duplicates`, which is another thing here.
  ...ROW_FILTER_OPTIONS,
  column: { type: 'string', multiple: true },
  sheet: { type: 'string' },
  'header-row': { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  together: { type: 'boolean' },
  out: { type: 'string' },
  keep: { type: 'string' },
  words: { type: 'string' },
  duplicates: { type: 'string' },
  'not-in': { type: 'string' },
  lists: { type: 'string' },
  practice: { type: 'boolean' },
  dns: { type: 'string' },
  port: { type: 'string' },
  'allow-loopback': { type: 'boolean' },
  settings: { type: 'string' },
  store: { type: 'string' },
  'dns-only': { type: 'boolean' },
  resume: { type: 'boolean' },
  again: { type: 'string' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  metrics: { type: 'string' },
} as const;

/** As `winnow export` names them; any other character stands for itself. */
const DELIMITER_NAMES: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

export function parseVerifyOptions(args: string[]): VerifyOptions {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [list] = positionals;
  if (list === undefined || positionals.includes('')) throw new UserError('BadUsage', 'winnow verify needs the LIST to verify: a file, several, a folder of them, or - for standard input.');
  const practice = values.practice ?? false;
  if (practice && (values.dns !== undefined || values.port !== undefined || values['allow-loopback'] === true)) {
    throw new UserError('BadUsage', '--practice brings its own mail world; --dns, --port and --allow-loopback do not go with it.');
  }
  if (values.out === '') throw new UserError('BadUsage', '--out needs the name of a file.');
  return {
    listPath: resolve(list),
    inputs: positionals.map((one) => (one === '-' ? one : resolve(one))),
    together: values.together ?? false,
    reading: parseReading(values),
    out: values.out === undefined ? undefined : resolve(values.out),
    keep: values.keep === undefined ? undefined : parseKeep(values.keep),
    words: values.words === undefined ? 'winnow' : parseWords(values.words),
    duplicatesBy: values.duplicates === undefined ? 'address' : parseDuplicates(values.duplicates),
    notIn: values['not-in'] === undefined ? [] : parseListIds(values['not-in'], '--not-in'),
    lists: listsFolder(values.lists, values.store),
    practice,
    dns: values.dns === undefined ? undefined : parseDnsServer(values.dns),
    port: values.port === undefined ? undefined : parsePort(values.port, '--port'),
    allowLoopback: values['allow-loopback'] ?? false,
    settingsPath: values.settings,
    storeDir: storeDir(values.store),
    dnsOnly: values['dns-only'] ?? false,
    resume: values.resume === true || values.again !== undefined,
    again: parseAgain(values.again, { ...values, duplicates: undefined }),
    wait: practice || (values.wait ?? false),
    json: values.json ?? false,
    metrics: values.metrics === undefined ? undefined : parseMetricsPort(values.metrics),
  };
}

/** Numbers of lists with commas between them. Throws BadUsage. `option`: who asks for them. */
export function parseListIds(text: string, option: string): number[] {
  return text.split(',').map((part) => {
    const id = part.trim();
    if (!/^[1-9]\d{0,14}$/.test(id)) throw new UserError('BadUsage', `${option} takes the numbers of lists, as "winnow lists" shows them, not "${text}".`);
    return Number(id);
  });
}

interface ReadingValues {
  readonly column?: readonly string[] | undefined;
  readonly sheet?: string | undefined;
  readonly 'header-row'?: string | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
}

/** `all`, or several: each address of those columns is a row. */
export function parseReading({ column, sheet, 'header-row': row, encoding, delimiter }: ReadingValues): VerifyOptions['reading'] {
  const headerRow = wholeNumber('--header-row', row, { least: 1, most: 1_048_576 });
  const [first, ...more] = column ?? [];
  return {
    ...(first === undefined ? {} : more.length > 0 ? { addressColumns: [first, ...more] } : first === 'all' ? { addressColumns: 'all' } : { column: first }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITER_NAMES[delimiter.trim().toLowerCase()] ?? delimiter }),
  };
}

function parseKeep(text: string): Status[] {
  const keep: Status[] = [];
  for (const part of text.split(',')) {
    const word = part.trim().toLowerCase();
    if (!isStatus(word)) throw new UserError('BadUsage', `--keep does not know "${part}". Statuses: ${STATUSES.join(', ')}.`);
    keep.push(word);
  }
  return keep;
}

function parseWords(text: string): ExportWords {
  const word = text.trim().toLowerCase();
  if (!isExportWords(word)) throw new UserError('BadUsage', `--words does not know "${text}". Choices: ${EXPORT_WORDS.join(', ')}.`);
  return word;
}

function parseDuplicates(text: string): 'address' | 'mailbox' {
  const word = text.trim().toLowerCase();
  if (word !== 'address' && word !== 'mailbox') throw new UserError('BadUsage', `--duplicates does not know "${text}". Choices: address, mailbox.`);
  return word;
}

function parseMetricsPort(text: string): number {
  return text === '0' ? 0 : parsePort(text, '--metrics');
}
