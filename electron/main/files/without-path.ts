// A message for the page, which knows files by name only: where it names the path, it names the file instead.
// The error as it was stays its cause, for the log.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';

export function withoutPath(error: UserError, path: string): UserError {
  if (!error.message.includes(path)) return error;
  return new UserError(error.code, error.message.replaceAll(path, basename(path)), { retryable: error.retryable, cause: error });
}
