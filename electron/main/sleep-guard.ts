// Keeps the machine from going to sleep while something is asked: a suspended machine drops its connections, and the
// servers have been asked for nothing. The screen may go dark; while a list only waits, everything may sleep.
import { powerSaveBlocker } from 'electron';

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
