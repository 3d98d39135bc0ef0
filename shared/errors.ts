// Errors that are told to people: what went wrong, where, and what to do. Anything else that is thrown is a defect.
// SMTP and DNS failures are not errors but data (see engine/smtp and engine/dns).

/** Stable codes. The headless command maps them to its exit code, the IPC router to its answer. */
export type UserErrorCode =
  | 'BadUsage'
  | 'FileNotFound'
  | 'FileUnreadable'
  | 'FileIsFolder'
  | 'FileEmpty'
  | 'FileBinary'
  | 'FileChanged'
  | 'NoAddressColumn'
  | 'ColumnNotFound'
  | 'StoreNewer'
  | 'StoreDamaged'
  | 'StoreInUse'
  | 'StoreUnwritable'
  | 'DiskFull'
  | 'ListNotFound'
  | 'NoBackup'
  | 'SettingsInvalid'
  | 'PortUnusable'
  | 'ExportFailed'
  | 'Cancelled';

export class UserError extends Error {
  readonly code: UserErrorCode;
  /** True where the same call may succeed later with nothing changed by the user but time or space. */
  readonly retryable: boolean;

  constructor(code: UserErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** Plain form that crosses threads and IPC. */
export interface UserErrorData {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

/** For switches that must handle every case: a new case then fails to compile. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
