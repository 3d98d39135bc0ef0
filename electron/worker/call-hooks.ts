// What a long call of the store asks and tells while it runs, since it never yields: progress out, cancellation in.
import { UserError } from '../../shared/errors.ts';

export interface CallHooks<Progress> {
  /** Called often; the thread's host forwards at most ten a second. */
  progress(progress: Progress): void;
  /** Polled between chunks; true once the caller has cancelled. */
  cancelled(): boolean;
}

export const NO_HOOKS: CallHooks<unknown> = {
  progress: () => undefined,
  cancelled: () => false,
};

/** Throws `Cancelled` once the caller has cancelled. `what`: the call, for people. */
export function throwIfCancelled(hooks: CallHooks<never>, what: string): void {
  if (hooks.cancelled()) throw new UserError('Cancelled', `The ${what} was cancelled; nothing of it was kept.`);
}
