// What comes back over IPC: a value, or an error in plain words. Never a stack, never a path of this machine
// that the user did not name. A call over IPC does not reject; it is answered.
import type { UserErrorCode } from '../errors.ts';

/** Refusals of the router itself; everything else comes from a handler. */
export type IpcErrorCode = UserErrorCode | 'UnknownChannel' | 'ForeignSender' | 'InvalidInput' | 'Internal';

export interface IpcError {
  readonly code: IpcErrorCode;
  /** One sentence or two for people. */
  readonly message: string;
  /** True where the same call may succeed later with nothing changed but time or space. */
  readonly retryable: boolean;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: IpcError };
