// Keeps the machine from going to sleep while something is asked: a suspended machine drops its connections, and the
// servers have been asked for nothing. The screen may go dark; while a list only waits, everything may sleep.
// Where the user sends it to sleep all the same, the connections are closed before, and it goes on when it is back.
import { powerMonitor, powerSaveBlocker } from 'electron';

/** Tells of the machine's sleep, before and after. */
export function followSleep({ suspend, wake }: { readonly suspend: () => void; readonly wake: () => void }): void {
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', wake);
}

/** What to call when asking begins or ends. */
export function createSleepGuard(): (asking: boolean) => void {
  let blocker: number | null = null;
  return (asking) => {
    if (asking) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
