// Made-up rows, pages by key as main answers them, and lists, for tests of what the window is made of.
// Everything is decided by the row's number: the same list always has the same rows. Never a part of the product.
import type { ListView, PageRequest, ResultPage, ResultRow } from '../../shared/ipc/lists.ts';
import { REASONS, STATUSES, statusOf, type Reason } from '../../shared/verdict/verdict.ts';

const CYCLE: readonly Reason[] = ['accepted', 'accepted', 'accepted', 'mailbox_not_found', 'accepted', 'accept_all', 'greylisted', 'role', 'syntax_no_at', 'accepted', 'rate_limited', 'domain_not_found', 'timeout'];
const NAMES = ['maria.kovacs', 'j.smith', 'info', 'li.wei', 'amelie.dupont', 'sven', 'o.hara', 'noreply'];
const DOMAINS = ['example.com', 'fabrikam.test', 'contoso.test', 'mail.example.org'];

export function fakeRow(row: number): ResultRow {
  const reason = CYCLE[row % CYCLE.length]!;
  const scheduled = reason === 'greylisted' && row % 2 === 0;
  return {
    row,
    address: `${NAMES[row % NAMES.length]!}${String(row)}@${DOMAINS[row % DOMAINS.length]!}`,
    state: scheduled ? 'scheduled' : 'done',
    status: statusOf(reason),
    reason,
    score: reason === 'accepted' ? 100 : statusOf(reason) === 'undeliverable' ? 0 : 55,
    reply: reason === 'accepted' ? '250 2.1.5 Ok' : reason === 'mailbox_not_found' ? '550 5.1.1 User unknown in virtual mailbox table' : '451 4.7.1 Try again later',
    duplicateOf: null,
  };
}

export function fakePage({ filter, after, before, limit }: PageRequest, rows: number): ResultPage {
  const matches = (row: ResultRow): boolean =>
    (filter.statuses === undefined || (row.status !== null && filter.statuses.includes(row.status))) &&
    (filter.reasons === undefined || (row.reason !== null && filter.reasons.includes(row.reason))) &&
    (filter.search === undefined || row.address.includes(filter.search));
  const found: ResultRow[] = [];
  const forward = before === undefined;
  for (let row = forward ? (after ?? 0) + 1 : before - 1; row >= 1 && row <= rows && found.length <= limit; row += forward ? 1 : -1) {
    const candidate = fakeRow(row);
    if (matches(candidate)) found.push(candidate);
  }
  const more = found.length > limit;
  const page = found.slice(0, limit);
  if (!forward) page.reverse();
  const filtered = filter.statuses !== undefined || filter.reasons !== undefined || filter.search !== undefined;
  let total: number | null = rows;
  if (filtered) total = filter.search === undefined ? Array.from({ length: rows }, (_, index) => fakeRow(index + 1)).filter(matches).length : null;
  const first = page[0]?.row ?? (forward ? rows + 1 : 1);
  let hasOther = false;
  if (forward) for (let row = Math.min(first - 1, rows); row >= 1 && !hasOther; row -= 1) hasOther = matches(fakeRow(row));
  else for (let row = (page.at(-1)?.row ?? 0) + 1; row <= rows && !hasOther; row += 1) hasOther = matches(fakeRow(row));
  const hasBefore = forward ? hasOther : more;
  return { rows: page, total, about: null, hasBefore, hasAfter: forward ? more : hasOther, start: filtered ? (hasBefore ? null : 0) : first - 1, building: null, upToDate: true };
}

/** A list of such rows that was verified from end to end. */
export function fakeList(id: number, rows: number, change: Partial<ListView> = {}): ListView {
  const all = Array.from({ length: rows }, (_, index) => fakeRow(index + 1));
  const scheduled = all.filter(({ state }) => state === 'scheduled').length;
  return {
    id,
    name: `customers-${String(id)}.csv`,
    createdAtMs: Date.UTC(2026, 4, 11, 9, 30),
    practice: false,
    columns: ['Customer no.', 'First name', 'E-Mail', 'Company'],
    addressColumn: 2,
    state: 'ready',
    message: null,
    counters: {
      rows,
      byState: { pending: 0, scheduled, done: rows - scheduled, duplicate: 0, suppressed: 0, empty: 0 },
      byStatus: counted(STATUSES, (name) => all.filter(({ status }) => status === name).length),
      byReason: counted(REASONS, (name) => all.filter(({ reason }) => reason === name).length),
    },
    ratePerSec: 0,
    secondsLeft: null,
    scheduled: { byReason: [{ reason: 'greylisted', count: scheduled, nextAtMs: Date.UTC(2026, 4, 11, 14, 32) }], nextAtMs: Date.UTC(2026, 4, 11, 14, 32) },
    setAside: [],
    ...change,
  };
}

function counted<K extends string>(names: readonly K[], count: (name: K) => number): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<K, number>;
}
