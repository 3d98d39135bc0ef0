// Lists, their runs and their results.
import type { ReaderClient } from '../../../worker/reader-client.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface ListHandlerOptions {
  readonly host: EngineHost;
  readonly reader: Pick<ReaderClient, 'page' | 'detail'>;
  /** Imports the sample, or finds the one that was imported and not started yet. */
  readonly openSample: () => Promise<number>;
}

type ListChannel =
  | 'lists.snapshot' | 'lists.delete' | 'lists.undoDelete' | 'run.start' | 'run.pause' | 'run.cancel'
  | 'results.page' | 'results.detail' | 'practice.start';

export function listHandlers({ host, reader, openSample }: ListHandlerOptions): Pick<Handlers, ListChannel> {
  return {
    'lists.snapshot': () => host.snapshot(),
    'lists.delete': async ({ listId }) => {
      await host.delete(listId);
      return undefined;
    },
    'lists.undoDelete': async ({ listId }) => {
      await host.undoDelete(listId);
      return undefined;
    },
    'run.start': async ({ listId }) => {
      await host.start(listId);
      return undefined;
    },
    'run.pause': ({ listId }) => {
      host.pause(listId);
      return undefined;
    },
    'run.cancel': ({ listId }) => {
      host.cancel(listId);
      return undefined;
    },
    'results.page': (request) => reader.page(request),
    'results.detail': ({ listId, row }) => reader.detail(listId, row),
    'practice.start': async () => ({ listId: await openSample() }),
  };
}
