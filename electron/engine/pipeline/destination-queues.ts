// The destinations of a run by their keys: made when first met, with the rules that hold for them, and forgotten when they
// hold nothing. Owns what several of them share: the pace of the whole run and the user's limits of the day, and the
// timers that say when a destination may go on. Starts no lane.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { DailyAllowance, type AskDailyGrant } from '../destinations/daily-allowance.ts';
import type { Destination } from '../destinations/destination.ts';
import { createDailyCounts } from '../destinations/daily-counts.ts';
import { Pace } from '../destinations/pace.ts';
import { MOST_SET_ASIDE, type SetAsideDestination } from '../destinations/set-aside.ts';
import { createTargetRules } from '../destinations/target-rules.ts';
import { DestinationQueue } from './destination-queue.ts';
import { putOffWaiting } from './lane-context.ts';

export interface DestinationQueuesOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly grantDaily: AskDailyGrant | undefined;
  /** It may want a lane now, where it could not have one before. */
  readonly onRoom: (queue: DestinationQueue) => void;
  /** [0, 1), for jitter. */
  readonly random?: () => number;
}

export interface DestinationQueues {
  of(destination: Destination): DestinationQueue;
  /** Whether one more lane would have something to ask now. If only its pace holds it back, `onRoom` tells when not. */
  wantsLane(queue: DestinationQueue): boolean;
  /** Whether the pace of the whole run lets no further lane begin just now; `resume` is called when it may. */
  isHeldBack(resume: () => void): boolean;
  /** Lets go of it if it holds nothing. */
  forget(queue: DestinationQueue): void;
  /** Those with most addresses waiting, at most `MOST_SET_ASIDE`; as of half a second ago or later. */
  setAside(): readonly SetAsideDestination[];
  /** Gives back what of the day's limits was granted and not used. */
  close(): Promise<void>;
}

/** To tell of thousands costs a sort. */
const TOLD_EVERY_MS = 500;
/** Before the pace of the whole run is looked at again. */
const LEAST_WAIT_MS = 50;
/** Destinations that were set aside and may be forgotten are looked for when there are twice as many as after that. */
const FEWEST_TO_SWEEP = 1_000;

export function createDestinationQueues({ settings, clock, grantDaily, onRoom, random = Math.random }: DestinationQueuesOptions): DestinationQueues {
  const rules = createTargetRules(settings);
  const { recipientsPerMinute } = settings.smtp;
  const overall = recipientsPerMinute === 0 ? null : new Pace(recipientsPerMinute, clock);
  const ask = grantDaily ?? createDailyCounts();
  const queues = new Map<string, DestinationQueue>();
  const setAside = new Set<DestinationQueue>();
  const allowances = new Map<string, { readonly allowance: DailyAllowance; readonly of: Set<DestinationQueue> }>();
  const timers = new Map<DestinationQueue, () => void>();
  let sweepAt = FEWEST_TO_SWEEP;
  let told: { readonly atMs: number; readonly list: readonly SetAsideDestination[] } | null = null;
  let closed = false;
  let cancelResume: (() => void) | null = null;

  function allowanceOf(mxHosts: readonly string[]): { readonly allowance: DailyAllowance; readonly of: Set<DestinationQueue> } | null {
    for (const mxHost of mxHosts) {
      const rule = rules.dailyCapOf(mxHost);
      if (rule === null) continue;
      const known = allowances.get(rule.key);
      if (known !== undefined) return known;
      const of = new Set<DestinationQueue>();
      const allowance = new DailyAllowance(rule, ask, clock, () => {
        for (const queue of [...of]) roomChanged(queue);
      });
      const made = { allowance, of };
      allowances.set(rule.key, made);
      return made;
    }
    return null;
  }

  function roomChanged(queue: DestinationQueue): void {
    if (closed) return;
    if (queue.allowance?.isReached === true && queue.waiting > 0) {
      queue.cap();
      putOffWaiting(queue);
    } else {
      onRoom(queue);
    }
  }

  function open(destination: Destination): DestinationQueue {
    const mxHosts = destination.targets.map(({ mxHost }) => mxHost);
    // All hosts of a destination share its connections: the narrowest rule among them holds.
    const paces = mxHosts.flatMap((mxHost) => rules.paceOf(mxHost) ?? []);
    const limited = allowanceOf(mxHosts);
    const queue = new DestinationQueue(destination, {
      maxConnections: Math.min(...mxHosts.map((mxHost) => rules.maxConnectionsOf(mxHost))),
      settings: settings.retry,
      clock,
      pace: paces.length === 0 ? null : new Pace(Math.min(...paces), clock),
      overall,
      allowance: limited?.allowance ?? null,
      onSetAside: (one) => setAside.add(one),
      random,
    });
    limited?.of.add(queue);
    queues.set(destination.key, queue);
    return queue;
  }

  function forget(queue: DestinationQueue): void {
    if (!queue.isForgettable || timers.has(queue)) return;
    queues.delete(queue.destination.key);
    if (queue.allowance !== null) allowances.get(queue.allowance.key)?.of.delete(queue);
  }

  function sweep(): void {
    if (queues.size < sweepAt) return;
    for (const queue of queues.values()) forget(queue);
    sweepAt = Math.max(FEWEST_TO_SWEEP, queues.size * 2);
  }

  return {
    of(destination) {
      const known = queues.get(destination.key);
      if (known !== undefined) return known;
      sweep();
      return open(destination);
    },
    wantsLane(queue) {
      if (closed) return false;
      if (queue.allowance?.isReached === true && queue.waiting > 0) {
        queue.cap();
        putOffWaiting(queue);
        return false;
      }
      if (queue.wantsLane()) return true;
      const waitMs = queue.paceWaitMs;
      if (waitMs !== null && queue.setAsideState === null && !timers.has(queue)) {
        timers.set(
          queue,
          clock.after(waitMs, () => {
            timers.delete(queue);
            onRoom(queue);
          }),
        );
      }
      return false;
    },
    isHeldBack(resume) {
      if (overall === null) return false;
      if (overall.room > 0 && !overall.isPromised) return false;
      cancelResume ??= clock.after(Math.max(LEAST_WAIT_MS, overall.waitMs(overall.holds)), () => {
        cancelResume = null;
        resume();
      });
      return true;
    },
    forget,
    setAside() {
      const nowMs = clock.monotonicMs();
      if (told !== null && nowMs - told.atMs < TOLD_EVERY_MS) return told.list;
      const list: SetAsideDestination[] = [];
      for (const queue of setAside) {
        const one = queue.setAside;
        if (one === null) setAside.delete(queue);
        else list.push(one);
      }
      list.sort((a, b) => b.waiting - a.waiting);
      told = { atMs: nowMs, list: list.slice(0, MOST_SET_ASIDE) };
      return told.list;
    },
    async close() {
      closed = true;
      told = null;
      for (const cancel of timers.values()) cancel();
      cancelResume?.();
      timers.clear();
      // A store that failed has told the run so; what was granted then counts as used.
      await Promise.allSettled([...allowances.values()].map(async ({ allowance }) => allowance.giveBack()));
    },
  };
}
