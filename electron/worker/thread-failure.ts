// A failure on its way between threads: what the user can mend as such, a defect with its stack.
// Nothing is lost on the way: the error that comes out has the code, message and stack of the one that went in.
import { UserError, type UserErrorData } from '../../shared/errors.ts';

export type ThreadFailure =
  | { readonly kind: 'user'; readonly error: UserErrorData }
  /** A defect: told with its stack, for the log. */
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export function failureOf(error: unknown): ThreadFailure {
  if (error instanceof UserError) return { kind: 'user', error: { code: error.code, message: error.message, retryable: error.retryable } };
  const defect = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', message: defect.message, stack: defect.stack ?? '' };
}

export function errorOf(failure: ThreadFailure): Error {
  if (failure.kind === 'user') return new UserError(failure.error.code, failure.error.message, { retryable: failure.error.retryable });
  const error = new Error(failure.message);
  error.stack = failure.stack;
  return error;
}
