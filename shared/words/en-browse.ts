// What the window says of browsing a list: filters beyond status and reason, sorting, and the rows that are selected.
import type { SortKey } from '../ipc/lists.ts';

type Counted = (count: number, shown: string) => string;

const rows: Counted = (count, shown) => `${shown} ${count === 1 ? 'row' : 'rows'}`;

export const enBrowse = {
  about: (shown: string) => `about ${shown} rows, counting…`,
  counting: 'counting…',
  building: (share: string) => `Working… ${share}`,
  reasons: 'Reasons',
  more: 'More filters',
  moreChosen: (shown: string) => `More filters (${shown})`,
  domain: 'Domain',
  domainHint: 'example.com, example.org',
  domainApply: 'Press Enter to apply.',
  provider: 'Mail is run by',
  anyProvider: 'Anybody',
  flag: 'Mark',
  anyFlag: 'Any or none',
  duplicates: 'Duplicates',
  duplicatesAll: 'With all others',
  duplicatesOnly: 'Only duplicates',
  duplicatesWithout: 'Without duplicates',
  clearFilters: 'Clear these filters',
  sortBy: 'Sort by',
  sortKeys: {
    row: 'Row', address: 'Address', domain: 'Domain', status: 'Status', checkedAt: 'Asked at', score: 'Score',
  } satisfies Readonly<Record<SortKey, string>>,
  ascending: 'Ascending: change to descending',
  descending: 'Descending: change to ascending',
  sortColumn: (column: string) => `Sort by ${column}`,
  select: (row: string) => `Select row ${row}`,
  selectAll: 'Select all rows that match',
  selectNone: 'Select no row',
  selectColumn: 'Selected',
  selected: (count: number, shown: string) => `${rows(count, shown)} selected`,
  selectedAbout: 'All rows that match are selected',
  selectedBut: (shown: string) => `All rows that match but ${shown} are selected`,
  copy: 'Copy addresses',
  exportSelection: 'Export selection…',
  copied: (count: number, shown: string) => `${shown} ${count === 1 ? 'address is' : 'addresses are'} on the clipboard.`,
  copiedPart: (shown: string, selected: string) => `The first ${shown} addresses of ${selected} selected rows are on the clipboard: more do not fit there. Export them to a file instead.`,
  invert: 'Invert',
  clearSelection: 'Clear the selection',
  tooMany: 'So many single rows cannot be kept apart. Narrow the filter and select all.',
} as const;
