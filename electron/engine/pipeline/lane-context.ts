// What a lane needs beside its destination: the pool, the settings, the clock, and who hears of what it meets. Data only.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { DestinationTarget } from '../destinations/destination.ts';
import type { SmtpFailure, SmtpPool, SmtpSession } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { Outcome } from './outcome.ts';

export interface LaneContext {
  readonly pool: SmtpPool;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly isStopping: () => boolean;
  /** A target answered, or could not be connected to: for noticing a blocked port. */
  readonly onConnect: (target: DestinationTarget, ok: boolean) => void;
  /** The destination may want one more lane now. */
  readonly onRoom: (queue: DestinationQueue) => void;
}

/** A session and the target that it was opened to, by the destination's name for it. */
export interface LaneSession {
  readonly session: SmtpSession;
  readonly target: DestinationTarget;
}

/** Everything that waits for this destination gets this failure, and it is left alone for a while. */
export function failAll(queue: DestinationQueue, failure: SmtpFailure, target: DestinationTarget | null, { clock }: LaneContext): void {
  queue.suspend(failure, target);
  const failed: Outcome = { result: { kind: 'failure', failure }, target, tls: null, atMs: clock.epochMs() };
  for (const job of [...queue.jobs]) job.failWaiting(failed);
}
