// Changes to a filter: a field is either there with something in it, or not there at all.
import type { ResultsFilter } from '../../../shared/ipc/lists.ts';

export function withField<K extends keyof ResultsFilter>(filter: ResultsFilter, key: K, value: ResultsFilter[K]): ResultsFilter {
  const { [key]: _dropped, ...rest } = filter;
  return value === undefined ? rest : { ...rest, [key]: value };
}

/** Without what the panel of further filters sets. */
export function withoutMore({ statuses, search }: ResultsFilter): ResultsFilter {
  return { ...(statuses === undefined ? {} : { statuses }), ...(search === undefined ? {} : { search }) };
}
