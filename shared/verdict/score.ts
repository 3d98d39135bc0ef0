// The score from 0 to 100 beside a verdict: a base for the reason, less a weight for each flag. One visible table, no model.
// Every undeliverable address is 0, and nothing else is; every deliverable one with no bad flag is at least 90.
import { type Flag, type Reason, statusOf } from './verdict.ts';

/** Base by reason; reasons that are not named here have their status's base. */
const REASON_SCORE: Readonly<Partial<Record<Reason, number>>> = {
  accepted: 100,
  accepted_busy: 92,
  // List reasons are acceptances: their flag takes the rest off.
  role: 95,
  disposable: 95,
  no_reply: 95,
  possible_typo: 95,
  possible_trap: 20,
  accepted_unproven: 70,
  accept_all: 60,
  mailbox_full: 35,
  // Likely to pass at the next attempt.
  greylisted: 55,
  rate_limited: 50,
};

const STATUS_SCORE = { deliverable: 95, undeliverable: 0, risky: 60, unknown: 45 } as const;

/** Points taken off for a flag. Flags that are not named here take nothing. */
const FLAG_WEIGHT: Readonly<Partial<Record<Flag, number>>> = {
  disposable: 60,
  typo: 50,
  no_reply: 40,
  role: 25,
  special_use: 10,
  implicit_mx: 5,
};

/** 0-100. The same reason and flags always give the same score. */
export function scoreOf(reason: Reason, flags: readonly Flag[]): number {
  const status = statusOf(reason);
  if (status === 'undeliverable') return 0;
  const base = REASON_SCORE[reason] ?? STATUS_SCORE[status];
  const taken = [...new Set(flags)].reduce((sum, flag) => sum + (FLAG_WEIGHT[flag] ?? 0), 0);
  return Math.max(1, Math.min(100, base - taken));
}
