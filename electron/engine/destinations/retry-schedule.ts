// When an address is asked again. Only reasons that can pass by themselves are; what is about our own standing
// (a block list, a missing PTR) is not, because asking again would only annoy; who was never asked because of it comes
// back once, when the destination is tried again.
// Waits only ever grow, and jitter only ever lengthens them: a greylist's minimum is a minimum (faults row 25).
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Heard } from '../../../shared/verdict/evidence.ts';
import { refusesUs } from './refusal-watch.ts';

/** Reasons that may pass: what the world did to us for a moment. */
const PASSING: ReadonlySet<Reason> = new Set<Reason>([
  'rate_limited',
  'no_connect',
  'timeout',
  'dropped',
  'protocol_error',
  'server_error',
  'dns_temporary',
]);

const JITTER_SHARE = 0.2;

/** An address that was not asked itself, because its destination is left alone. */
export interface PutOff {
  /** Epoch milliseconds at which the destination may be asked again. All come back together: one session asks many. */
  readonly untilMs: number;
  /** Whether it counts as one of the address's tries. The user's own limit does not, nor a throttle under which others
   *  are answered: then everybody's turn comes. */
  readonly counts: boolean;
}

/** Of addresses that a refusal of this machine kept from being asked, each comes back so often. */
const TRIES_AFTER_REFUSAL = 1;

/**
 * As `retryDelayMs`, and never before its destination may be asked again. `attempt`: of those that count. `atMs`: epoch
 * milliseconds of this attempt.
 */
export function retryAfterPauseMs(
  reason: Reason,
  attempt: number,
  { atMs, putOff }: { readonly atMs: number; readonly putOff?: PutOff },
  settings: Settings['retry'],
  random: () => number = Math.random,
): number | null {
  if (putOff === undefined) return retryDelayMs(reason, attempt, settings, random);
  const pauseMs = Math.max(0, putOff.untilMs - atMs);
  if (!putOff.counts) return pauseMs;
  if (refusesUs(reason)) return attempt <= Math.min(TRIES_AFTER_REFUSAL, settings.maxRetries) ? pauseMs : null;
  const ownMs = retryDelayMs(reason, attempt, settings, () => 0);
  return ownMs === null ? null : Math.max(ownMs, pauseMs);
}

/** The number of this attempt among those that count: one that was only put off (nobody said a word) begins anew. */
export function countedAttempt({ attempt, earlier }: { readonly attempt: number; readonly earlier: { readonly reason: Reason; readonly heard: Heard } | null }): number {
  return earlier?.reason === 'rate_limited' && earlier.heard === 'nothing' ? 1 : attempt;
}

/**
 * Milliseconds until this address is to be asked again, or null if this verdict is final.
 * `attempt` is the attempt that just ended, from 1. `random` gives [0, 1).
 */
export function retryDelayMs(
  reason: Reason,
  attempt: number,
  settings: Settings['retry'],
  random: () => number = Math.random,
): number | null {
  if (attempt > settings.maxRetries) return null;
  const base = baseDelayMs(reason, attempt, settings);
  return base === null ? null : Math.round(base * (1 + random() * JITTER_SHARE));
}

function baseDelayMs(reason: Reason, attempt: number, settings: Settings['retry']): number | null {
  if (reason === 'greylisted') return attempt === 1 ? settings.greylistFirstMs : settings.greylistNextMs;
  if (!PASSING.has(reason)) return null;
  return Math.min(settings.backoffMaxMs, settings.backoffMs * 2 ** (attempt - 1));
}
