// A verdict that was given for another list and used again: how its evidence says so. The server's words are not kept
// (they repeat the address), so the note stands in their place.
import type { Evidence } from './evidence.ts';

/** `atMs`: epoch milliseconds at which the server was asked. In UTC, since it is stored. */
export function reusedNote(atMs: number): string {
  return `(asked for another list on ${new Date(atMs).toISOString().slice(0, 10)})`;
}

/** Nobody asks for attempt 0: a RCPT of that number was another list's. */
export function isReused({ stage, attempt }: Pick<Evidence, 'stage' | 'attempt'>): boolean {
  return stage === 'RCPT' && attempt === 0;
}
