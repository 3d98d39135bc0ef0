// The only place that listens to pages. One wire for all channels; what happens on it is in `dispatch`.
import { ipcMain } from 'electron';
import { WIRE } from '../../../shared/ipc/channels.ts';
import type { Log } from '../log.ts';
import { createDispatch, type Handlers } from './dispatch.ts';

export function startRouter(handlers: Handlers, log: Log): void {
  const dispatch = createDispatch(handlers, log);
  ipcMain.handle(WIRE, (event, channel: unknown, input: unknown) => dispatch(event, channel, input));
}
