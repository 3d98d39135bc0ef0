// What is said of putting lists together and taking them apart, in English: appending, merging, splitting, and rows whose
// address another list has. On the command line and in the window.
import type { Status } from '../verdict/verdict.ts';

const count = (n: number, shown: string, one: string, many: string): string => `${shown} ${n === 1 ? one : many}`;

export const enCombine = {
  /** Names of the parts of a list. */
  groups: {
    statuses: { deliverable: 'deliverable', undeliverable: 'undeliverable', risky: 'risky', unknown: 'unknown' } satisfies Readonly<Record<Status, string>>,
    notVerified: 'not verified',
    otherProviders: 'other mail servers',
    noProvider: 'mail server not known',
    otherDomains: 'other domains',
    chosen: 'chosen rows',
    rest: 'the rest',
    part: (number: string, parts: string) => `part ${number} of ${parts}`,
  },
  splitName: (list: string, part: string) => `${list} (${part})`,
  mergedName: (first: string, others: number) => (others === 1 ? `${first} and another` : `${first} and ${String(others)} more`),
  sourceColumn: 'source_list',
  errors: {
    inUse: (list: string) => `The list "${list}" is being verified. Pause it first, then append to it.`,
    combining: (list: string) => `A file is being appended to the list "${list}". Try again when that is done.`,
    onlyOne: 'Merging needs at least two lists.',
    twice: 'A list was named twice. Each can be merged once.',
    practice: 'A practice list cannot be merged with a real one: its verdicts come from a simulated mail world.',
    nothing: 'The list has no rows to split.',
    onePart: (part: string) => `All rows of the list are in one part (${part}), so there is nothing to split.`,
    notInItself: 'A list cannot leave out its own addresses: name other lists.',
  },
  menu: 'Lists…',
  menuHint: 'Append a file, merge lists, split this one',
  inList: (list: string) => `in the list “${list}”`,
  inOtherList: 'in another list',
  leftOut: (list: string) => `${list}: it was left out when this row was read, so nobody is asked about it here.`,
  cancelled: 'Cancelled. Every list is as it was.',
  failed: 'That did not work. Every list is as it was.',
  working: (rows: string) => `Working… ${rows} rows`,
  append: {
    open: 'Append a file…',
    title: (list: string) => `Append to “${list}”`,
    choose: 'Choose a file…',
    another: 'Another file…',
    none: 'The rows of the file come after those that are there, columns by their names. No row and no verdict of the list changes.',
    reading: 'Reading the file…',
    file: (name: string) => `${name} has`,
    same: 'Its columns are all in the list.',
    fresh: (columns: string) => `New columns at the end: ${columns}.`,
    noColumn: 'No column with addresses was found in it. Give that column a header such as “email”.',
    notIn: 'Leave out addresses that are in',
    start: 'Append',
    busy: 'The list is being verified: pause it first.',
    done: ({ rows, duplicates, others, suppressed, columns }: { readonly rows: number; readonly duplicates: number; readonly others: number; readonly suppressed: number; readonly columns: readonly string[] }) =>
      [
        `${count(rows, rows.toLocaleString('en'), 'row', 'rows')} appended`,
        ...(duplicates > 0 ? [count(duplicates, duplicates.toLocaleString('en'), 'duplicate', 'duplicates')] : []),
        ...(others > 0 ? [`${others.toLocaleString('en')} in other lists`] : []),
        ...(suppressed > 0 ? [`${suppressed.toLocaleString('en')} suppressed`] : []),
        ...(columns.length > 0 ? [`new columns: ${columns.join(', ')}`] : []),
      ].join(', '),
  },
  merge: {
    open: 'Merge with other lists…',
    title: (list: string) => `Merge “${list}” with other lists`,
    which: 'Lists to merge',
    name: 'Name of the new list',
    source: 'Add a column that says which list a row came from',
    stays: 'A new list is made; these stay as they are. An address that is in several is verified once, and keeps the best verdict that it has.',
    start: 'Merge',
    done: (rows: number, several: number) => `${count(rows, rows.toLocaleString('en'), 'row', 'rows')} merged, ${several.toLocaleString('en')} with an address that was in several lists`,
  },
  split: {
    open: 'Split this list…',
    title: (list: string) => `Split “${list}”`,
    by: 'Make a list',
    status: 'for each status',
    provider: 'for each mail provider',
    domain: 'for each of the commonest domains, and one of all others:',
    parts: 'for each of so many equal parts:',
    selected: 'of the selected rows, and one of the rest',
    number: 'how many',
    stays: 'The new lists take the verdicts along; this one stays as it is. A duplicate goes with the row that it repeats.',
    start: 'Split',
    done: (lists: number) => `${count(lists, String(lists), 'list', 'lists')} made`,
  },
  /** Of rows that were read. */
  elsewhere: (n: number, shown: string, list: string) => `${count(n, shown, 'row', 'rows')} in the list "${list}" already`,
} as const;
