// The options of `winnow append`, `merge` and `split`, checked one by one before anything is opened.
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { AppendOptions, MergeOptions, SplitWish } from '../worker/store-combine.ts';
import { listsFolder, type ListsFolder } from './lists-folder.ts';
import { parseOptions } from './parse-options.ts';
import { parseRowFilter, ROW_FILTER_OPTIONS } from './row-filter-options.ts';
import { storeDir } from './store-dir.ts';
import { enCombine as words } from '../../shared/words/en-combine.ts';
import { parseListIds, parseReading } from './verify-options.ts';

interface Common {
  /** Absolute. */
  readonly storeDir: string;
  readonly json: boolean;
}

export interface AppendCommand extends Common {
  readonly options: AppendOptions;
  readonly lists: ListsFolder;
}

export interface MergeCommand extends Common {
  readonly options: MergeOptions;
}

export interface SplitCommand extends Common {
  readonly listId: number;
  readonly wish: SplitWish;
  readonly name: string | undefined;
}

const text = { type: 'string' } as const;
const COMMON = { store: text, json: { type: 'boolean' } } as const;
const MOST_PARTS = 100;

/** Throws BadUsage. */
export function parseAppend(args: string[]): AppendCommand {
  const { values, positionals } = parseOptions(args, {
    ...COMMON, column: { type: 'string', multiple: true }, sheet: text, 'header-row': text, encoding: text, delimiter: text, 'not-in': text, lists: text,
  });
  const [list = '', file = ''] = positionals;
  if (positionals.length !== 2 || file === '') throw new UserError('BadUsage', 'winnow append takes the number of a list, as "winnow lists" shows it, and a FILE.');
  const [listId = 0] = parseListIds(list, 'winnow append');
  const notIn = values['not-in'] === undefined ? {} : { notIn: parseListIds(values['not-in'], '--not-in') };
  return {
    storeDir: storeDir(values.store), json: values.json ?? false, lists: listsFolder(values.lists, values.store),
    options: { listId, path: resolve(file), ...parseReading(values), ...notIn },
  };
}

/** Throws BadUsage. */
export function parseMerge(args: string[]): MergeCommand {
  const { values, positionals } = parseOptions(args, { ...COMMON, name: text, 'source-column': text, duplicates: text });
  const { name = '', duplicates = 'address' } = values;
  if (positionals.length < 2) throw new UserError('BadUsage', 'winnow merge takes the numbers of at least two lists, as "winnow lists" shows them.');
  if (name.trim() === '') throw new UserError('BadUsage', 'winnow merge needs --name, the new list\'s name.');
  if (duplicates !== 'address' && duplicates !== 'mailbox') throw new UserError('BadUsage', `--duplicates does not know "${duplicates}". Choices: address, mailbox.`);
  const sourceColumn = values['source-column'];
  return {
    storeDir: storeDir(values.store), json: values.json ?? false,
    options: {
      listIds: positionals.flatMap((one) => parseListIds(one, 'winnow merge')), name, duplicatesBy: duplicates,
      ...(sourceColumn === undefined ? {} : { sourceColumn: sourceColumn === '' ? words.sourceColumn : sourceColumn }),
    },
  };
}

/** Throws BadUsage. */
export function parseSplit(args: string[]): SplitCommand {
  const { values, positionals } = parseOptions(args, { ...COMMON, by: text, name: text, ...ROW_FILTER_OPTIONS });
  const [list = ''] = positionals;
  if (positionals.length !== 1) throw new UserError('BadUsage', 'winnow split takes the number of one list, as "winnow lists" shows it.');
  const [listId = 0] = parseListIds(list, 'winnow split');
  return { storeDir: storeDir(values.store), json: values.json ?? false, listId, name: values.name, wish: wishOf(values.by, parseRowFilter(values)) };
}

function wishOf(by: string | undefined, filter: ReturnType<typeof parseRowFilter>): SplitWish {
  const chooses = Object.keys(filter).length > 0;
  if (by === undefined && chooses) return { by: 'selected', rule: { filter, all: true, turned: [] } };
  if (chooses) throw new UserError('BadUsage', 'Options that choose rows (--status, --domain, …) make two lists, those rows and the rest; they do not go with --by.');
  const [, rule = '', number] = /^([a-z]+)(?::(\d{1,3}))?$/.exec(by?.trim().toLowerCase() ?? '') ?? [];
  const count = number === undefined ? null : Number(number);
  if ((rule === 'status' || rule === 'provider') && count === null) return { by: rule };
  if (rule === 'domain' && (count === null || (count >= 1 && count < MOST_PARTS))) return { by: rule, most: count ?? 10 };
  if (rule === 'parts' && count !== null && count >= 2 && count <= MOST_PARTS) return { by: rule, parts: count };
  throw new UserError('BadUsage', `winnow split needs --by status, provider, domain (or domain:N, 1 to 99) or parts:N (2 to 100)${by === undefined ? '' : `, not "${by}"`}, or options that choose rows (--status and others, see query).`);
}
