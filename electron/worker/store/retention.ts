// What is to be forgotten by age, and when. Pure: decides, deletes nothing.
// Always holds: nothing is due before a day has passed since it was first told; lists that are under way are left alone;
// a clock that jumps ahead therefore costs nothing at once.
import type { RetentionNotice, RetentionOptions } from '../store-care.ts';
import { hasVerdicts } from './forget-verdicts.ts';
import type { ListRecord } from './list-record.ts';

const DAY_MS = 86_400_000;
/** How long before it happens it is told, and the shortest time between the two. */
const TOLD_BEFORE_MS = 7 * DAY_MS;
const SHORTEST_NOTICE_MS = DAY_MS;

export interface RetentionPlan {
  readonly due: readonly RetentionNotice[];
  readonly coming: readonly RetentionNotice[];
  /** Lists that are told for the first time now. */
  readonly firstTold: readonly number[];
  /** Lists that had been told and are not to be forgotten any more. */
  readonly takenBack: readonly number[];
}

export function planRetention(lists: readonly ListRecord[], options: RetentionOptions): RetentionPlan {
  const { nowMs } = options;
  const due: RetentionNotice[] = [];
  const coming: RetentionNotice[] = [];
  const firstTold: number[] = [];
  const takenBack: number[] = [];
  for (const list of lists) {
    const next = list.state === 'running' || list.state === 'importing' ? null : nextOf(list, options);
    if (next === null || next.atMs > nowMs + TOLD_BEFORE_MS) {
      if (list.toldAtMs !== null) takenBack.push(list.id);
      continue;
    }
    // A time ahead of now was written by a clock that was wrong.
    const told = list.toldAtMs !== null && list.toldAtMs <= nowMs ? list.toldAtMs : null;
    if (told === null) firstTold.push(list.id);
    const notice = { listId: list.id, name: list.name, what: next.what, atMs: Math.max(next.atMs, (told ?? nowMs) + SHORTEST_NOTICE_MS) };
    if (told !== null && notice.atMs <= nowMs) due.push(notice);
    else coming.push(notice);
  }
  return { due, coming: coming.sort((a, b) => a.atMs - b.atMs), firstTold, takenBack };
}

/** What happens to the list first. */
function nextOf(list: ListRecord, { verdictsAfterDays, listsAfterDays }: RetentionOptions): Pick<RetentionNotice, 'what' | 'atMs'> | null {
  const after = (days: number): number => list.changedAtMs + days * DAY_MS;
  const whole = listsAfterDays === 0 ? null : { what: 'list' as const, atMs: after(listsAfterDays) };
  const verdicts = verdictsAfterDays === 0 || !hasVerdicts(list.counters) ? null : { what: 'verdicts' as const, atMs: after(verdictsAfterDays) };
  if (whole === null || verdicts === null) return whole ?? verdicts;
  return whole.atMs <= verdicts.atMs ? whole : verdicts;
}
