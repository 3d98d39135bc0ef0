// Opens what the host of lists is made of: the store with its writer and its reader thread, and the network for each
// run, with the settings of that moment. Closing goes the other way round.
import { join } from 'node:path';
import type { FileRef, Snapshot } from '../../../shared/ipc/lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { BUILT_IN_LISTS } from '../../../shared/lists/address-lists.ts';
import { systemClock } from '../../engine/clock.ts';
import type { Metrics } from '../../engine/metrics/create-metrics.ts';
import { openNetwork, type LabOptions } from '../../host/open-network.ts';
import { readerPath, workerPath } from '../../host/worker-path.ts';
import { PRACTICE_TIME_SCALE } from '../../practice/practice-settings.ts';
import { startPracticeWorld } from '../../practice/start-practice-world.ts';
import { openStore } from '../../worker/client.ts';
import { openReader, type ReaderClient } from '../../worker/reader-client.ts';
import type { Log } from '../log.ts';
import { AddressListFiles } from './address-list-files.ts';
import { EngineHost } from './engine-host.ts';

export interface OpenListsOptions {
  readonly userData: string;
  /** What the command line names instead of the Internet. */
  readonly lab: () => LabOptions;
  /** In force now. */
  readonly settings: () => Settings;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly send: (snapshot: Snapshot) => void;
  readonly opened: () => readonly FileRef[];
  readonly onAsking: (asking: boolean) => void;
}

export interface Lists {
  readonly addressLists: AddressListFiles;
  readonly host: EngineHost;
  readonly reader: ReaderClient;
  close(): Promise<void>;
}

/** Rejects with StoreNewer, StoreDamaged, StoreUnwritable or DiskFull, or for a command line that names a wrong lab. Nothing runs yet: `host.open` begins. */
export async function openLists({ userData, settings, ...options }: OpenListsOptions): Promise<Lists> {
  const lab = options.lab();
  const dir = join(userData, 'store'); // the command line's too: see headless/store-dir
  const store = await openStore({ dir, workerPath: workerPath() });
  const reader = await openReader({ dir, workerPath: readerPath() });
  const addressLists = new AddressListFiles({ folder: join(userData, 'lists'), log: options.log }); // the command line's too
  const host = new EngineHost({
    ...options,
    store,
    customLists: () => addressLists.custom(),
    clock: systemClock,
    startPracticeWorld: () => startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE }),
    async openNetwork(practice) {
      // The sample tells for each row what to expect: it is not judged by lists that nobody but this user has.
      const lists = practice === null ? addressLists.lists() : BUILT_IN_LISTS;
      const network = openNetwork({ lab, practice, dnsStore: store, metrics: options.metrics }, settings());
      // Told apart before the first look-up: after that, no name is said not to exist (faults row 53).
      if ((await network.resolver.checkForHijacking()) === 'hijacked') {
        options.log.warn('run', 'the DNS server answers for names that do not exist');
      }
      return { ...network, lists };
    },
  });
  return {
    addressLists,
    host,
    reader,
    async close() {
      await host.close();
      await reader.close();
      await store.close();
    },
  };
}
