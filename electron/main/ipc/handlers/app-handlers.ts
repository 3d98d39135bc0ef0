// What a page may ask about the app itself.
import type { ChannelOutput } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../dispatch.ts';

export interface AppHandlerOptions {
  readonly info: ChannelOutput<'app.info'>;
  /** Called each time that a page says its first view is on the screen. */
  readonly onReady: () => void;
}

export function appHandlers(options: AppHandlerOptions): Pick<Handlers, 'app.info' | 'app.ready'> {
  return {
    'app.info': () => options.info,
    'app.ready': () => {
      options.onReady();
      return undefined;
    },
  };
}
