// The monitor's window, and the figures in it.
import type { Monitor } from '../../monitor.ts';
import type { Handlers } from '../dispatch.ts';

export interface MonitorHandlerOptions {
  readonly monitor: Pick<Monitor, 'read'>;
  readonly openMonitor: () => void;
}

export function monitorHandlers({ monitor, openMonitor }: MonitorHandlerOptions): Pick<Handlers, 'monitor.open' | 'monitor.read'> {
  return {
    'monitor.open': () => {
      openMonitor();
      return undefined;
    },
    'monitor.read': () => monitor.read(),
  };
}
