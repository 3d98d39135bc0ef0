// What a pool tells of itself, for the summary of a run and for the metrics. Plain numbers, counted where they happen or
// added up when asked for; nothing here names a host.
import type { TargetState } from './target-state.ts';
import type { SmtpFailure, SmtpFailureCode } from './types.ts';

export interface PoolGroupStats {
  /** A provider's id, or `other`. */
  readonly group: string;
  readonly targets: number;
  readonly opening: number;
  readonly idle: number;
  readonly inUse: number;
  readonly waiting: number;
  /** Connections that adaptive sizing allows just now. */
  readonly size: number;
  readonly breakersOpen: number;
  readonly breakersHalfOpen: number;
}

export interface SmtpPoolStats {
  /** Open or opening sessions. */
  readonly open: number;
  readonly opening: number;
  readonly idle: number;
  readonly inUse: number;
  readonly waiting: number;
  /** Share of the open sessions that are in use; 0 where none is open. */
  readonly utilisation: number;
  /** Connections dialled so far, and how many of them were greeted. */
  readonly connects: number;
  readonly greeted: number;
  /** 421 replies, at any stage. */
  readonly closedWith421: number;
  /** Failures so far, of connections and of sessions, and refusals of those who asked. */
  readonly failures: Readonly<Partial<Record<SmtpFailureCode, number>>>;
  readonly groups: readonly PoolGroupStats[];
}

export class PoolCounters {
  connects = 0;
  greeted = 0;
  closedWith421 = 0;
  readonly failures: Partial<Record<SmtpFailureCode, number>> = {};

  countFailure(failed: SmtpFailure): void {
    this.failures[failed.code] = (this.failures[failed.code] ?? 0) + 1;
    // An open breaker only repeats what was counted when it was said.
    if (failed.reply?.code === 421 && failed.code !== 'BreakerOpen') this.closedWith421 += 1;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function poolStats(targets: Iterable<TargetState>, counters: PoolCounters): SmtpPoolStats {
  const groups = new Map<string, Writable<PoolGroupStats>>();
  const sum = { opening: 0, idle: 0, inUse: 0, waiting: 0, greetedNow: 0 };
  for (const state of targets) {
    const group = groups.get(state.group) ?? emptyGroup(state.group);
    groups.set(state.group, group);
    group.targets += 1;
    group.opening += state.opening;
    group.idle += state.idle.size;
    group.inUse += state.sizing.used;
    group.waiting += state.waiters.size;
    group.size += state.sizing.size;
    if (state.breaker.state === 'open') group.breakersOpen += 1;
    if (state.breaker.state === 'half_open') group.breakersHalfOpen += 1;
    sum.opening += state.opening;
    sum.idle += state.idle.size;
    sum.inUse += state.sizing.used;
    sum.waiting += state.waiters.size;
    sum.greetedNow += state.open;
  }
  const { opening, idle, inUse, waiting, greetedNow } = sum;
  const { connects, greeted, closedWith421, failures } = counters;
  const utilisation = greetedNow === 0 ? 0 : inUse / greetedNow;
  return { open: opening + greetedNow, opening, idle, inUse, waiting, utilisation, connects, greeted, closedWith421, failures: { ...failures }, groups: [...groups.values()] };
}

function emptyGroup(group: string): Writable<PoolGroupStats> {
  return { group, targets: 0, opening: 0, idle: 0, inUse: 0, waiting: 0, size: 0, breakersOpen: 0, breakersHalfOpen: 0 };
}
