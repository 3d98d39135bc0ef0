// What a lane needs beside its destination: the pool, the settings, the clock, and who hears of what it meets. Data only.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { DestinationTarget } from '../destinations/destination.ts';
import type { SmtpPool, SmtpSession } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { LoopSlices } from './loop-slices.ts';
import type { SlowDials } from './slow-dials.ts';

export interface LaneContext {
  readonly pool: SmtpPool;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly slices: LoopSlices;
  readonly slowDials: SlowDials;
  readonly isStopping: () => boolean;
  /** A target answered, or could not be connected to: for noticing a blocked port. */
  readonly onConnect: (target: DestinationTarget, ok: boolean, greeting?: string) => void;
  /** The destination may want one more lane now. */
  readonly onRoom: (queue: DestinationQueue) => void;
  /** Another destination has no connection at all, and there is none left for it: this one gives up one of its own.
   *  `flights`: of this lane. */
  readonly shouldYield: (queue: DestinationQueue, flights: number) => boolean;
}

/** A session and the target that it was opened to, by the destination's name for it. */
export interface LaneSession {
  readonly session: SmtpSession;
  readonly target: DestinationTarget;
}

/** Everybody who waits for a destination that was set aside gets that as his outcome, and comes back by the schedule. */
export function putOffWaiting(queue: DestinationQueue): void {
  const outcome = queue.putOffOutcome();
  if (outcome === null) return;
  for (const job of [...queue.jobs]) job.failWaiting(outcome);
}
