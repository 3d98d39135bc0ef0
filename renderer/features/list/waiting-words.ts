// What a list waits for, and until when: "1,204 greylisted, 12 asked too often, next at 14:32". Null where it waits for nothing.
import type { ListView } from '../../../shared/ipc/lists.ts';
import { formatAhead, formatCount } from '../../format.ts';
import { words } from '../../words.ts';

export function waitingWords(scheduled: ListView['scheduled'], nowMs: number): string | null {
  const { list, waitingReasons } = words.window;
  const { greylisted = 0, rate_limited = 0, dns_temporary = 0, ...rest } = scheduled.byReason;
  const other = Object.values(rest).reduce((sum, count) => sum + count, 0);
  const parts = ([[greylisted, waitingReasons.greylisted], [rate_limited, waitingReasons.rate_limited], [dns_temporary, waitingReasons.dns_temporary], [other, waitingReasons.other]] as const)
    .filter(([count]) => count > 0)
    .map(([count, what]) => list.waitingCount(formatCount(count), what));
  if (parts.length === 0) return null;
  if (scheduled.nextAtMs !== null) parts.push(list.nextAt(formatAhead(scheduled.nextAtMs, nowMs)));
  return parts.join(', ');
}
