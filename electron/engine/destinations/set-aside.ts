// A destination that nothing is asked of just now, as it is told to people: who, why in the server's own words, until
// when, and how many addresses wait for that. Plain, bounded data for progress, snapshots and summaries; the words that
// explain it are made from `reason` and `code` where it is shown.
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** `suspended`: it failed or asked for patience; `refused`: it refuses this machine; `capped`: the user's own limit of the
 *  day is reached. */
export const SET_ASIDE_STATES = ['suspended', 'refused', 'capped'] as const;
export type SetAsideState = (typeof SET_ASIDE_STATES)[number];

export interface SetAsideDestination {
  /** The destination's key: stable within a run. */
  readonly key: string;
  /** The provider's name, or an MX host. */
  readonly name: string;
  readonly state: SetAsideState;
  readonly reason: Reason;
  /** What the provider calls it, as `S3150`; null where its reply names nothing of the kind. */
  readonly code: string | null;
  /** The reply that decided, as `code enhanced text`; null where nothing was said. */
  readonly reply: string | null;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  /** Epoch milliseconds at which it is asked again; null where that is not known. */
  readonly untilMs: number | null;
  /** Addresses that were put off because of it, and those in line. */
  readonly waiting: number;
}

/** The most that are ever told at once: a list may meet thousands of dead servers. */
export const MOST_SET_ASIDE = 50;
