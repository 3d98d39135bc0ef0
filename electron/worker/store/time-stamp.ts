// A moment in the name of a file: sorts by time, and no file system minds it.

/** `epochMs`: epoch milliseconds. e.g. `2026-11-21T16-02-11-123Z`. */
export function timeStamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(/[:.]/g, '-');
}

/** What `timeStamp` wrote, in epoch milliseconds; null for anything else. */
export function readTimeStamp(text: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/.exec(text);
  if (parts === null) return null;
  const [, day = '', hours = '', minutes = '', seconds = '', rest = ''] = parts;
  const epochMs = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${rest}Z`);
  return Number.isNaN(epochMs) ? null : epochMs;
}
