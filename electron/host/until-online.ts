// Waits after a sleep or a change of network until this machine is in one again (faults row 58). Name servers and routes
// come a moment after the address, so a run that went on at once would blame servers for it.
// Where there was never any network to watch (practice and lab runs), only the moment is waited for.
import type { Clock } from '../engine/clock.ts';

/** For the address to be followed by everything else; also how often it is looked. */
const SETTLE_MS = 2_000;

export interface UntilOnlineOptions {
  readonly clock: Clock;
  readonly localAddresses: (() => string) | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** Resolves when it is online or the signal says so. Never rejects. */
export async function untilOnline({ clock, localAddresses, signal }: UntilOnlineOptions): Promise<void> {
  do await pause(clock, signal);
  while (signal?.aborted !== true && localAddresses?.() === '');
}

async function pause(clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(SETTLE_MS, end);
    signal?.addEventListener('abort', end);
  });
}
