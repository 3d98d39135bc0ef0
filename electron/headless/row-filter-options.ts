// The options that choose rows of a stored list, the same for every command that takes some: `--status`, `--reason`,
// `--domain`, `--provider`, `--flag`, `--duplicates`, `--search`. Any of an option's words is enough; where several options
// are given, all must hold. What is wrong is named, with what would be right.
import { UserError } from '../../shared/errors.ts';
import { resultsFilter, type ResultsFilter } from '../../shared/ipc/lists.ts';
import { MAIL_PROVIDER_IDS } from '../../shared/verdict/mail-providers.ts';
import { FLAGS, REASONS, STATUSES } from '../../shared/verdict/verdict.ts';

const text = { type: 'string' } as const;
const DUPLICATES = ['only', 'without'] as const;

/** For `parseOptions`. */
export const ROW_FILTER_OPTIONS = { status: text, reason: text, domain: text, provider: text, flag: text, duplicates: text, search: text } as const;

export type RowFilterValues = Readonly<Partial<Record<keyof typeof ROW_FILTER_OPTIONS, string | undefined>>>;

/** Throws BadUsage. Without any of the options: the filter that every row passes. */
export function parseRowFilter(values: RowFilterValues): ResultsFilter {
  const filter = {
    ...some('statuses', namesOf(values.status, '--status', STATUSES)),
    ...some('reasons', namesOf(values.reason, '--reason', REASONS)),
    ...some('providers', namesOf(values.provider, '--provider', MAIL_PROVIDER_IDS)),
    ...some('flags', namesOf(values.flag, '--flag', FLAGS)),
    ...some('domains', values.domain === undefined ? undefined : partsOf(values.domain, '--domain')),
    ...some('duplicates', namesOf(values.duplicates, '--duplicates', DUPLICATES)?.[0]),
    ...some('search', values.search),
  };
  const checked = resultsFilter.safeParse(filter);
  if (!checked.success) throw new UserError('BadUsage', 'That is too much to look for: at most 50 domains, and a search of at most 200 characters.');
  return checked.data;
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

function some<K extends string, V>(key: K, value: V | undefined): Partial<Readonly<Record<K, V>>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
