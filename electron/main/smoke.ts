// `--smoke`: the built app proves that it starts (window, protocol, preload, IPC and page together), and ends.
// For packaged apps, into which no test driver can reach. Prints one JSON line; exit 0, or 1 after a time limit.
import { writeSync } from 'node:fs';
import { app } from 'electron';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';

const TIME_LIMIT_MS = 60_000;

/** Returns what to call when the page has said that it is ready. Does nothing at all without the switch. */
export function startSmoke(info: ChannelOutput<'app.info'>): () => void {
  if (!app.commandLine.hasSwitch('smoke')) return () => undefined;
  const finish = (ready: boolean): void => {
    clearTimeout(timer);
    writeSync(1, `${JSON.stringify({ smoke: ready ? 'ok' : 'no window in time', ...info })}\n`);
    app.exit(ready ? 0 : 1);
  };
  const timer = setTimeout(finish, TIME_LIMIT_MS, false);
  return () => { finish(true); };
}
