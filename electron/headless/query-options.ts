// The options of `winnow query`, checked one by one: what is wrong is named, with what would be right.
import { UserError } from '../../shared/errors.ts';
import { SORT_KEYS, type ResultsFilter, type ResultsSort } from '../../shared/ipc/lists.ts';
import { parseOptions } from './parse-options.ts';
import { parseRowFilter, ROW_FILTER_OPTIONS } from './row-filter-options.ts';
import { wholeNumber } from './whole-number.ts';

const DEFAULT_LIMIT = 100;
const ANY = { most: Number.MAX_SAFE_INTEGER } as const;

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
    ...ROW_FILTER_OPTIONS, store: text, sort: text, limit: text, after: text, count: flag, json: flag,
  });
  const [list = ''] = positionals;
  if (!/^\d{1,15}$/.test(list) || positionals.length !== 1) {
    throw new UserError('BadUsage', 'winnow query takes the number of one list, as "winnow lists" shows it.');
  }
  return {
    listId: Number(list),
    filter: parseRowFilter(values),
    sort: values.sort === undefined ? undefined : sortOf(values.sort),
    limit: values.limit === 'all' ? Infinity : (wholeNumber('--limit', values.limit, ANY) ?? DEFAULT_LIMIT),
    after: wholeNumber('--after', values.after, ANY) ?? 0,
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
