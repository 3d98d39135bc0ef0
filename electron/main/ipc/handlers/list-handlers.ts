// Lists, their runs and their results.
import type { ReaderClient } from '../../../worker/reader-client.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface ListHandlerOptions {
  readonly host: EngineHost;
  readonly reader: Pick<ReaderClient, 'page' | 'detail' | 'selectedAddresses'>;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** Imports the sample, or finds the one that was imported and not started yet. */
  readonly openSample: () => Promise<number>;
}

type ListChannel =
  | 'lists.snapshot' | 'lists.delete' | 'lists.undoDelete' | 'run.start' | 'run.pause' | 'run.cancel' | 'run.again' | 'run.move' | 'run.estimate'
  | 'results.page' | 'results.detail' | 'results.copy' | 'practice.start';

/** Some 50 MB of text: more makes other programs stall when they take it. */
const MAX_COPIED = 1_000_000;

export function listHandlers({ host, reader, openSample, writeClipboard }: ListHandlerOptions): Pick<Handlers, ListChannel> {
  return {
    'lists.snapshot': () => host.snapshot(),
    'lists.delete': async ({ listId }) => ({ stoppedExports: await host.delete(listId) }),
    'lists.undoDelete': async ({ listId }) => {
      await host.undoDelete(listId);
      return undefined;
    },
    'run.start': async ({ listId, mode }) => {
      await host.start(listId, mode);
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
    'run.again': async ({ listId, again }) => {
      await host.start(listId, 'full', again);
      return undefined;
    },
    'run.move': ({ listId, before }) => {
      host.move(listId, before);
      return undefined;
    },
    'run.estimate': ({ listId, again }) => host.estimate(listId, again),
    'results.page': (request) => reader.page(request),
    'results.detail': ({ listId, row }) => reader.detail(listId, row),
    'results.copy': async ({ listId, rule }) => {
      const { text, copied, selected } = await reader.selectedAddresses(listId, rule, MAX_COPIED);
      await writeClipboard(text);
      return { copied, selected };
    },
    'practice.start': async () => ({ listId: await openSample() }),
  };
}
