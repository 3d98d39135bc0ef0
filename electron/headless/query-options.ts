// The options of `winnow query`, checked one by one: what is wrong is named, with what would be right.
import { UserError } from '../../shared/errors.ts';
import { SORT_KEYS, type ResultsFilter, type ResultsSort } from '../../shared/ipc/lists.ts';
import { MAIL_PROVIDER_IDS } from '../../shared/verdict/mail-providers.ts';
import { FLAGS, REASONS, STATUSES } from '../../shared/verdict/verdict.ts';
import { parseOptions } from './parse-options.ts';

const DEFAULT_LIMIT = 100;
const DUPLICATES = ['only', 'without'] as const;

export interface QueryOptions {
  readonly listId: number;
  readonly filter: ResultsFilter;
  readonly sort: ResultsSort | undefined;
  /** At most so many rows; Infinity: all. */
  readonly limit: number;
  /** Row number that the rows come after, in their order; 0: from the first. */
  readonly after: number;
  readonly count: boolean;
  readonly json: boolean;
  readonly store: string | undefined;
}

/** Throws BadUsage. */
export function parseQueryOptions(args: string[]): QueryOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseOptions(args, {
    store: text, status: text, reason: text, domain: text, provider: text, flag: text, duplicates: text, search: text, sort: text, limit: text,
    after: text, count: flag, json: flag,
  });
  const [list = ''] = positionals;
  if (!/^\d{1,15}$/.test(list) || positionals.length !== 1) {
    throw new UserError('BadUsage', 'winnow query takes the number of one list, as "winnow lists" shows it.');
  }
  const filter: ResultsFilter = {
    ...some('statuses', namesOf(values.status, '--status', STATUSES)),
    ...some('reasons', namesOf(values.reason, '--reason', REASONS)),
    ...some('providers', namesOf(values.provider, '--provider', MAIL_PROVIDER_IDS)),
    ...some('flags', namesOf(values.flag, '--flag', FLAGS)),
    ...some('domains', values.domain === undefined ? undefined : partsOf(values.domain, '--domain')),
    ...some('duplicates', namesOf(values.duplicates, '--duplicates', DUPLICATES)?.[0]),
    ...some('search', values.search),
  };
  return {
    listId: Number(list),
    filter,
    sort: values.sort === undefined ? undefined : sortOf(values.sort),
    limit: values.limit === 'all' ? Infinity : (wholeNumber(values.limit, '--limit') ?? DEFAULT_LIMIT),
    after: wholeNumber(values.after, '--after') ?? 0,
    count: values.count === true,
    json: values.json === true,
    store: values.store,
  };
}

function sortOf(text: string): ResultsSort {
  const [key = '', direction = 'asc', ...rest] = text.split(':');
  const known = SORT_KEYS.find((name) => name === key);
  if (known === undefined || rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
    throw new UserError('BadUsage', `--sort takes one of ${SORT_KEYS.join(', ')}, with :desc for the other direction, not "${text}".`);
  }
  return { key: known, descending: direction === 'desc' };
}

function partsOf(text: string, option: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.includes('')) throw new UserError('BadUsage', `${option} takes names with commas between them, not "${text}".`);
  return parts;
}

function namesOf<T extends string>(text: string | undefined, option: string, known: readonly T[]): T[] | undefined {
  if (text === undefined) return undefined;
  return partsOf(text, option).map((part) => {
    const name = known.find((one) => one === part);
    if (name === undefined) throw new UserError('BadUsage', `${option} does not know "${part}". It takes ${known.join(', ')}.`);
    return name;
  });
}

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new UserError('BadUsage', `${option} takes a whole number, not "${text}".`);
  return Number(text);
}

function some<K extends string, V>(key: K, value: V | undefined): Partial<Readonly<Record<K, V>>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
