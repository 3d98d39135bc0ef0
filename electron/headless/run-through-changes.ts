// Runs a list on one network after the other where this machine's network changes under it (faults row 58): each is closed
// before the next is opened, so that no connection, name server or breaker of the old one is met again.
// Always holds: ends with the outcome of the last run, whose network is still open; never tries again what ended otherwise.
import type { RunOutcome } from '../engine/run/run.ts';

export interface RunThroughChangesOptions<N> {
  readonly network: N;
  readonly run: (network: N) => Promise<RunOutcome>;
  /** Closes that one, waits until there is a network, and opens it. Null: stopped meanwhile. */
  readonly reopen: (network: N, outcome: RunOutcome & { readonly kind: 'paused' }) => Promise<N | null>;
}

export async function runThroughChanges<N>({ network, run, reopen }: RunThroughChangesOptions<N>): Promise<{ readonly outcome: RunOutcome; readonly network: N }> {
  let current = network;
  for (;;) {
    const outcome = await run(current);
    if (outcome.kind !== 'paused' || outcome.reason !== 'network_changed') return { outcome, network: current };
    const next = await reopen(current, outcome);
    if (next === null) return { outcome, network: current };
    current = next;
  }
}
