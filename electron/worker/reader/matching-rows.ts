// Which rows a filter lets through (but for its search), from the columns: ten million in some tens of milliseconds, once
// the columns are there. What a list has never seen (a domain, a mark) is nowhere.
import { domainToALabels } from '../../../shared/address/tr46.ts';
import type { ResultsFilter } from '../../../shared/ipc/lists.ts';
import type { ColumnSource, FixedColumns } from './fixed-columns.ts';
import { reasonsOf } from './matching-reasons.ts';
import type { Steps } from './rows-finder.ts';
import type { VerdictColumns } from './verdict-columns.ts';

const STEP = 200_000;
const DOMAINS_STEP = 20_000;

/** A row passes where `allowed[values[row]]` is 1, for every test. */
interface Test {
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  readonly allowed: Uint8Array;
}

export interface Columns {
  readonly fixed: FixedColumns;
  readonly verdicts: VerdictColumns;
}

/** Whether what the filter lets through depends on verdicts. */
export function dependsOnVerdicts(filter: ResultsFilter): boolean {
  return reasonsOf(filter) !== null || isAsked(filter.flags) || isAsked(filter.providers);
}

/** Whether anything but reasons and a search is asked for. */
export function needsColumns({ domains, providers, flags, duplicates }: ResultsFilter): boolean {
  return isAsked(domains) || isAsked(providers) || isAsked(flags) || duplicates !== undefined;
}

/** Ascending. */
export function* matchingRows(source: ColumnSource, columns: Columns, filter: ResultsFilter): Steps<Uint32Array> {
  const tests = yield* testsOf(source, columns, filter);
  const { last } = columns.fixed;
  const rows = new Uint32Array(last);
  let count = 0;
  for (let from = 1; from <= last; from += STEP) {
    const to = Math.min(last, from + STEP - 1);
    for (let row = from; row <= to; row++) {
      rows[count] = row;
      count += passes(tests, row);
    }
    yield;
  }
  // A copy, unless most match: a part would keep the whole in memory.
  return count > last / 2 ? rows.subarray(0, count) : rows.slice(0, count);
}

function passes(tests: readonly Test[], row: number): number {
  for (const { values, allowed } of tests) if (allowed[values[row] ?? 0] !== 1) return 0;
  return 1;
}

function* testsOf(source: ColumnSource, { fixed, verdicts }: Columns, filter: ResultsFilter): Steps<Test[]> {
  const tests: Test[] = [];
  const reasons = reasonsOf(filter);
  if (reasons !== null) {
    const { reasons: values } = yield* verdicts.judged(source);
    const allowed = new Uint8Array(256);
    for (const reason of reasons) allowed[source.list().reasons.code(reason) ?? 255] = 1;
    tests.push({ values, allowed });
  }
  if (filter.duplicates !== undefined) {
    const { rows } = yield* fixed.duplicates(source);
    const values = new Uint8Array(fixed.last + 1);
    for (const row of rows) values[row] = 1;
    for (const row of yield* fixed.elsewhere(source)) values[row] = 1;
    tests.push({ values, allowed: Uint8Array.of(filter.duplicates === 'without' ? 1 : 0, filter.duplicates === 'only' ? 1 : 0) });
  }
  if (isAsked(filter.domains)) tests.push({ values: yield* fixed.domains(source), allowed: yield* namedDomains(source, filter.domains) });
  for (const wanted of [filter.flags, filter.providers?.flatMap((id) => [`provider:${id}`, `gateway:${id}`])]) {
    if (!isAsked(wanted)) continue;
    const { marks, sets } = yield* verdicts.heads(source);
    const names = new Set<string>(wanted);
    tests.push({ values: marks, allowed: Uint8Array.from(sets, (set) => (set.split(' ').some((mark) => names.has(mark)) ? 1 : 0)) });
  }
  return tests;
}

/** By number of the domain. */
function* namedDomains({ list }: ColumnSource, names: readonly string[]): Steps<Uint8Array> {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()).map((name) => domainToALabels(name) ?? name));
  const last = Number(list().column('SELECT max(id) FROM domains').get() ?? 0);
  const allowed = new Uint8Array(last + 1);
  for (let at = 0; ; ) {
    const found = list().arrays('SELECT id, name FROM domains WHERE id > ? ORDER BY id LIMIT ?').all(at, DOMAINS_STEP) as [number, string][];
    for (const [id, name] of found) {
      at = id;
      if (wanted.has(name)) allowed[id] = 1;
    }
    if (found.length < DOMAINS_STEP) return allowed;
    yield;
  }
}

function isAsked<T>(names: readonly T[] | undefined): names is readonly T[] {
  return names !== undefined && names.length > 0;
}
