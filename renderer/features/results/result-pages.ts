// The rows of a result table that are at hand, got in pages by key (row number), never by offset.
//
// At hand is one run of rows without gaps, at positions `start` to `start + rows.length`. It grows at either end as the
// table is scrolled, is cut at its far end when it has become long, and is given up for another one on a jump.
// Where a jump lands: pages of searches, sorted rows and most filters are asked by position and say where they begin, so
// every position is exact, as it is with no filter. With statuses and reasons alone the row number is estimated
// (position / total × rows of the list), so after a jump the positions are approximate; the rows and their order never are. The two ends are exact again: a run that meets the first or the last
// row is moved to where it belongs, and `onShift` says by how many positions, so that what is seen can stay in its place.
// Where the total is not known (a search that goes on) the table ends one page below what is at hand, and grows. While
// rows are missing because they are being searched for or sorted, what is seen is asked for again.
//
// At most one request is under way; what the table needs is looked at again when it is answered. Answers to what is no
// longer asked (another filter, closed) are dropped.
import type { PageRequest, ResultPage, ResultRow, ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';

export const PAGE_ROWS = 100;
const MAX_AT_HAND = 2_000;
/** When what is missing, or out of date, is asked for again. */
const BUILDING_MS = 120;
const OUTDATED_MS = 1_000;

export interface ResultPagesOptions {
  readonly listId: number;
  readonly filter: ResultsFilter;
  /** By row number if absent. */
  readonly sort?: ResultsSort;
  /** Rows of the list, whatever the filter. */
  readonly rows: number;
  readonly fetchPage: (request: PageRequest) => Promise<ResultPage>;
  readonly onChange: () => void;
  readonly onShift: (positions: number) => void;
  readonly messageOf: (error: unknown) => string;
}

type Step =
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'after'; readonly key: number }
  | { readonly kind: 'before'; readonly key: number }
  | { readonly kind: 'refresh'; readonly from: number; readonly key: number };

export class ResultPages {
  readonly #options: ResultPagesOptions;
  readonly #filtered: boolean;
  /** Whether pages are asked by position. */
  readonly #byPosition: boolean;
  #rows: readonly ResultRow[] = [];
  #start = 0;
  #hasBefore = false;
  #hasAfter = true;
  #total: number | null;
  #about: number | null = null;
  #building: number | null = null;
  #again: ReturnType<typeof setTimeout> | null = null;
  #wanted = { first: 0, end: PAGE_ROWS };
  #stale = false;
  #asked = false;
  #answered = false;
  #closed = false;
  #error: string | null = null;

  constructor(options: ResultPagesOptions) {
    this.#options = options;
    const { filter, sort } = options;
    this.#filtered = Object.values(filter).some((field) => field !== undefined);
    const isSorted = sort !== undefined && (sort.key !== 'row' || sort.descending);
    const { search, domains, providers, flags, duplicates } = filter;
    this.#byPosition = isSorted || [search, domains, providers, flags, duplicates].some((field) => field !== undefined);
    this.#total = this.#filtered ? null : options.rows;
  }

  /** Positions that can be scrolled over. */
  get count(): number {
    if (this.#total !== null) return this.#total;
    return this.#start + this.#rows.length + (this.#hasAfter ? PAGE_ROWS : 0);
  }

  /** Rows that match, or null where nobody has counted them (yet). */
  get total(): number | null {
    return this.#total;
  }

  /** About so many, while `total` is not known; null where nothing can be said. */
  get about(): number | null {
    return this.#about;
  }

  /** Share that is done of what is being searched for or sorted; null: nothing is. */
  get building(): number | null {
    return this.#building;
  }

  /** Whether anything has been answered: an empty table is then empty. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Why the last request failed, or null. */
  get error(): string | null {
    return this.#error;
  }

  rowAt(position: number): ResultRow | undefined {
    return this.#rows[position - this.#start];
  }

  /** Where a row is, if it is at hand; -1 otherwise. */
  positionOf(row: number): number {
    const index = this.#rows.findIndex((known) => known.row === row);
    return index === -1 ? -1 : this.#start + index;
  }

  /** Says which positions are (about to be) seen; `end` is not included. */
  need(first: number, end: number): void {
    // A request that failed is not made again at once, or it would be for ever: only when something else is needed.
    if (this.#error !== null && first === this.#wanted.first && end === this.#wanted.end) return;
    this.#wanted = { first, end };
    this.#look();
  }

  /** What is at hand may have changed: what is seen is asked again, the rest when it is needed. */
  refresh(): void {
    this.#stale = true;
    this.#look();
  }

  close(): void {
    this.#closed = true;
    if (this.#again !== null) clearTimeout(this.#again);
  }

  #look(): void {
    if (this.#asked || this.#closed) return;
    const step = this.#nextStep();
    if (step === null) return;
    this.#asked = true;
    const { fetchPage, listId, filter, sort, onChange, messageOf } = this.#options;
    fetchPage({ listId, filter, ...(sort === undefined ? {} : { sort }), limit: PAGE_ROWS, ...this.#keyOf(step) }).then(
      (page) => {
        this.#asked = false;
        if (this.#closed) return;
        this.#error = null;
        this.#answered = true;
        this.#take(step, page);
        this.#askAgain(page);
        onChange();
        this.#look();
      },
      (error: unknown) => {
        this.#asked = false;
        if (this.#closed) return;
        this.#error = messageOf(error);
        onChange();
      },
    );
  }

  #askAgain({ building, upToDate }: ResultPage): void {
    this.#building = building;
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = building === null && upToDate ? null : setTimeout(() => { this.refresh(); }, building === null ? OUTDATED_MS : BUILDING_MS);
  }

  #nextStep(): Step | null {
    const known = this.#total ?? Number.POSITIVE_INFINITY;
    const first = Math.max(0, Math.min(this.#wanted.first, known - 1));
    const end = Math.min(this.#wanted.end, known);
    const atHand = this.#start + this.#rows.length;
    if (!this.#answered) return { kind: 'jump', to: first };
    if (this.#stale) {
      this.#stale = false;
      const from = Math.max(this.#start, Math.min(first, atHand - 1));
      const row = this.#rows[from - this.#start];
      return row === undefined ? { kind: 'jump', to: 0 } : { kind: 'refresh', from, key: row.row - 1 };
    }
    if (end <= first) return null;
    // Nothing is there yet: it is asked again by the clock.
    if (this.#building !== null && this.#rows.length === 0) return null;
    if (first >= atHand + PAGE_ROWS || end <= this.#start - PAGE_ROWS) {
      return this.#total !== null && first >= this.#total - PAGE_ROWS ? { kind: 'end' } : { kind: 'jump', to: first };
    }
    if (end > atHand && this.#hasAfter) return { kind: 'after', key: this.#rows.at(-1)?.row ?? 0 };
    if (first < this.#start && this.#hasBefore) return { kind: 'before', key: this.#rows[0]?.row ?? this.#options.rows + 1 };
    return null;
  }

  #keyOf(step: Step): Pick<PageRequest, 'after' | 'before' | 'at'> {
    switch (step.kind) {
      case 'jump':
        if (this.#byPosition) return { at: step.to };
        return { after: this.#keyBefore(step.to) };
      case 'end':
        if (this.#byPosition) return { at: Math.max(0, (this.#total ?? 0) - PAGE_ROWS) };
        return { before: this.#options.rows + 1 };
      case 'before':
        return { before: step.key };
      case 'refresh':
        return this.#byPosition ? { at: step.from } : { after: step.key };
      case 'after':
        return { after: step.key };
    }
  }

  /** The row number below which the row at a position lies: exact with no filter, estimated with one. */
  #keyBefore(position: number): number {
    if (!this.#filtered || position < PAGE_ROWS) return this.#filtered ? 0 : position;
    return this.#total === null || this.#total === 0 ? 0 : Math.floor((position / this.#total) * this.#options.rows);
  }

  #take(step: Step, page: ResultPage): void {
    this.#total = page.total ?? (page.hasAfter || page.hasBefore ? null : page.rows.length);
    this.#about = page.about;
    switch (step.kind) {
      case 'jump': {
        const exact = this.#keyBefore(step.to) === 0;
        this.#replace(page.start ?? (exact ? 0 : step.to), page);
        break;
      }
      case 'end':
        this.#replace(page.start ?? (this.#total ?? page.rows.length) - page.rows.length, page);
        break;
      case 'refresh':
        this.#replace(this.#byPosition ? (page.start ?? step.from) : step.from, page);
        break;
      case 'after':
        this.#rows = [...this.#rows, ...page.rows];
        this.#hasAfter = page.hasAfter && page.rows.length > 0;
        this.#cutStart();
        break;
      case 'before':
        this.#rows = [...page.rows, ...this.#rows];
        this.#start -= page.rows.length;
        this.#hasBefore = page.hasBefore && page.rows.length > 0;
        this.#cutEnd();
        break;
    }
    this.#anchor();
  }

  #replace(start: number, page: ResultPage): void {
    this.#rows = page.rows;
    this.#start = start;
    this.#hasBefore = page.hasBefore;
    this.#hasAfter = page.hasAfter;
  }

  /** Puts a run that meets the first or the last row to its exact place, and one that left the table back into it. */
  #anchor(): void {
    const before = this.#start;
    const length = this.#rows.length;
    if (!this.#hasBefore) this.#start = 0;
    else if (!this.#hasAfter && this.#total !== null) this.#start = this.#total - length;
    else if (this.#start < 1) this.#start = Math.min(PAGE_ROWS, Math.max(1, (this.#total ?? Number.POSITIVE_INFINITY) - length - 1));
    else if (this.#total !== null && this.#hasAfter && this.#start + length >= this.#total) this.#start = Math.max(1, this.#total - length - 1);
    if (this.#start === before || length === 0) return;
    const by = this.#start - before;
    this.#wanted = { first: this.#wanted.first + by, end: this.#wanted.end + by };
    this.#options.onShift(by);
  }

  #cutStart(): void {
    const surplus = this.#rows.length - MAX_AT_HAND;
    if (surplus <= 0) return;
    this.#rows = this.#rows.slice(surplus);
    this.#start += surplus;
    this.#hasBefore = true;
  }

  #cutEnd(): void {
    if (this.#rows.length <= MAX_AT_HAND) return;
    this.#rows = this.#rows.slice(0, MAX_AT_HAND);
    this.#hasAfter = true;
  }
}
