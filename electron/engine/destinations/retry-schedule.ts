// When an address is asked again. Only reasons that can pass by themselves are; what is about our own standing
// (a block list, a missing PTR) is not, because asking again would only annoy.
// Waits only ever grow, and jitter only ever lengthens them: a greylist's minimum is a minimum (faults row 25).
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Settings } from '../../../shared/settings/schema.ts';

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
