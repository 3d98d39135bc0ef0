// What `winnow verify` was asked to do, checked completely before anything is opened or written.
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { EXPORT_WORDS, isExportWords, type ExportWords } from '../../shared/verdict/tool-words/export-words.ts';
import { isStatus, STATUSES, type Status } from '../../shared/verdict/verdict.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import { listsFolder, type ListsFolder } from './lists-folder.ts';
import { parseOptions, parsePort } from './parse-options.ts';
import { storeDir } from './store-dir.ts';

export interface VerifyOptions {
  /** Absolute. */
  readonly listPath: string;
  readonly column: string | undefined;
  /** Absolute. */
  readonly out: string | undefined;
  readonly keep: readonly Status[] | undefined;
  /** In whose words the export says the verdicts. */
  readonly words: ExportWords;
  /** What makes two rows the same: the address, or the mailbox that it ends in (Gmail's dots, tags). */
  readonly duplicatesBy: 'address' | 'mailbox';
  /** Where the user's own list files are looked for. */
  readonly lists: ListsFolder;
  readonly practice: boolean;
  readonly dns: DnsServer | undefined;
  readonly port: number | undefined;
  readonly allowLoopback: boolean;
  readonly settingsPath: string | undefined;
  readonly storeDir: string;
  readonly resume: boolean;
  readonly wait: boolean;
  readonly json: boolean;
  /** Port on which metrics are served meanwhile; 0: any free one. */
  readonly metrics: number | undefined;
}

const OPTIONS = {
  column: { type: 'string' },
  out: { type: 'string' },
  keep: { type: 'string' },
  words: { type: 'string' },
  duplicates: { type: 'string' },
  lists: { type: 'string' },
  practice: { type: 'boolean' },
  dns: { type: 'string' },
  port: { type: 'string' },
  'allow-loopback': { type: 'boolean' },
  settings: { type: 'string' },
  store: { type: 'string' },
  resume: { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  metrics: { type: 'string' },
} as const;

export function parseVerifyOptions(args: string[]): VerifyOptions {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [list, ...more] = positionals;
  if (list === undefined || list === '') throw new UserError('BadUsage', 'winnow verify needs the LIST to verify, a CSV file.');
  if (more.length > 0) throw new UserError('BadUsage', `winnow verify takes one LIST; "${String(more[0])}" is one too many.`);
  const practice = values.practice ?? false;
  if (practice && (values.dns !== undefined || values.port !== undefined || values['allow-loopback'] === true)) {
    throw new UserError('BadUsage', '--practice brings its own mail world; --dns, --port and --allow-loopback do not go with it.');
  }
  if (values.out === '') throw new UserError('BadUsage', '--out needs the name of a file.');
  return {
    listPath: resolve(list),
    column: values.column,
    out: values.out === undefined ? undefined : resolve(values.out),
    keep: values.keep === undefined ? undefined : parseKeep(values.keep),
    words: values.words === undefined ? 'winnow' : parseWords(values.words),
    duplicatesBy: values.duplicates === undefined ? 'address' : parseDuplicates(values.duplicates),
    lists: listsFolder(values.lists, values.store),
    practice,
    dns: values.dns === undefined ? undefined : parseDnsServer(values.dns),
    port: values.port === undefined ? undefined : parsePort(values.port, '--port'),
    allowLoopback: values['allow-loopback'] ?? false,
    settingsPath: values.settings,
    storeDir: storeDir(values.store),
    resume: values.resume ?? false,
    wait: practice || (values.wait ?? false),
    json: values.json ?? false,
    metrics: values.metrics === undefined ? undefined : parseMetricsPort(values.metrics),
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
