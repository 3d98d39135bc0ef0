// What a list waits for, and until when: "1,204 greylisted, next at 14:32; 20 throttled, next at 15:01". Kinds that are
// next at the same time are told together. Null where it waits for nothing.
import type { ListView } from '../../../shared/ipc/lists.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { formatAhead, formatCount } from '../../format.ts';
import { words } from '../../words.ts';

type Kind = keyof typeof words.window.waitingReasons;

const KIND_OF: Readonly<Partial<Record<Reason, Kind>>> = {
  greylisted: 'greylisted',
  rate_limited: 'rate_limited',
  accepted_busy: 'rate_limited',
  ip_blocked: 'refused',
  needs_ptr: 'refused',
  policy_rejected: 'refused',
  dns_temporary: 'dns_temporary',
  no_connect: 'unreached',
  timeout: 'unreached',
  dropped: 'unreached',
};

interface Waiting {
  count: number;
  nextAtMs: number;
}

/** `nextAtMs` null: nothing will be asked by itself, so no time is told. */
export function waitingWords({ byReason, nextAtMs }: ListView['scheduled'], nowMs: number): string | null {
  const kinds = new Map<Kind, Waiting>();
  for (const { reason, count, nextAtMs: atMs } of byReason) {
    if (count === 0) continue;
    const kind = KIND_OF[reason] ?? 'other';
    const known = kinds.get(kind);
    kinds.set(kind, { count: (known?.count ?? 0) + count, nextAtMs: Math.min(known?.nextAtMs ?? Infinity, atMs) });
  }
  if (kinds.size === 0) return null;
  const { list, waitingReasons } = words.window;
  const byTime = new Map<string, string[]>();
  for (const [kind, waiting] of [...kinds].sort(([, a], [, b]) => a.nextAtMs - b.nextAtMs)) {
    const time = nextAtMs === null ? '' : timeWords(waiting.nextAtMs, nowMs);
    byTime.set(time, [...(byTime.get(time) ?? []), list.waitingCount(formatCount(waiting.count), waitingReasons[kind])]);
  }
  return [...byTime].map(([time, counts]) => [...counts, ...(time === '' ? [] : [time])].join(', ')).join('; ');
}

function timeWords(epochMs: number, nowMs: number): string {
  const { list } = words.window;
  return epochMs <= nowMs ? list.dueNow : list.nextAt(formatAhead(epochMs, nowMs));
}
