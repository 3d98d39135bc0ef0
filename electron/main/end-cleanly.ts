// Every way in which the app can be told to end leads through the guard: what was answered is committed first.
// Only a user at the window is asked; a signal and a log-out are not.
import { app, powerMonitor } from 'electron';
import type { QuitGuard } from './quit-guard.ts';

export function endCleanly(guard: QuitGuard): void {
  app.on('before-quit', (event) => {
    if (!guard.mayQuit()) event.preventDefault();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { guard.quitUnasked(); });
  // Windows knows no such event: it closes the windows at a log-out.
  if (process.platform !== 'win32') powerMonitor.on('shutdown', () => { guard.quitUnasked(); });
}
