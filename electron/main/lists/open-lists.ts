// Opens what the host of lists is made of: the store with its writer and its reader thread, and the network for each
// run, with the settings of that moment. Closing goes the other way round.
import { join } from 'node:path';
import type { FileRef, Snapshot } from '../../../shared/ipc/lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { BUILT_IN_LISTS } from '../../../shared/lists/address-lists.ts';
import { systemClock } from '../../engine/clock.ts';
import type { Metrics } from '../../engine/metrics/create-metrics.ts';
import { portalCheckOf } from '../../host/find-portal.ts';
import { openNetwork, type LabOptions } from '../../host/open-network.ts';
import { reuseVerdicts, rememberVerdicts, scopeOf, type ReusableRun } from '../../host/reuse-verdicts.ts';
import { readerPath, workerPath } from '../../host/worker-path.ts';
import { PRACTICE_TIME_SCALE } from '../../practice/practice-settings.ts';
import type { Scenario } from '../../practice/scenarios.ts';
import { startPracticeWorld } from '../../practice/start-practice-world.ts';
import { openStore, type StoreClient } from '../../worker/client.ts';
import { openReader, type ReaderClient } from '../../worker/reader-client.ts';
import type { ListId } from '../../worker/interface.ts';
import type { Log } from '../log.ts';
import { wrong } from '../run-preflight.ts';
import { AddressListFiles } from './address-list-files.ts';
import { EngineHost } from './engine-host.ts';
import { ListCare } from './list-care.ts';
import type { OpenedNetwork } from './opened-network.ts';

export interface OpenListsOptions {
  /** A damaged library is set aside, and its last copy put in its place. */
  readonly recover?: boolean;
  readonly userData: string;
  /** What the command line names instead of the Internet. */
  readonly lab: () => LabOptions;
  /** In force now. */
  readonly settings: () => Settings;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly send: (snapshot: Snapshot) => void;
  readonly opened: () => readonly FileRef[];
  readonly preflight: () => NonNullable<Snapshot['preflight']>;
  /** What is wrong with the practice world. */
  readonly scenario: () => Scenario | undefined;
  readonly onAsking: (asking: boolean) => void;
}

export interface Lists {
  readonly addressLists: AddressListFiles;
  readonly host: EngineHost;
  readonly reader: ReaderClient;
  readonly store: StoreClient;
  readonly care: ListCare;
  /** Absolute path of the store's folder. */
  readonly dir: string;
  close(): Promise<void>;
}

/** Rejects with StoreNewer, StoreDamaged, StoreUnwritable or DiskFull, or for a command line that names a wrong lab. Nothing runs yet: `host.open` begins. */
export async function openLists({ userData, settings, ...options }: OpenListsOptions): Promise<Lists> {
  const lab = options.lab();
  const dir = join(userData, 'store'); // the command line's too: see headless/store-dir
  const store = await openStore({ dir, workerPath: workerPath(), recover: options.recover ?? false });
  const reader = await openReader({ dir, workerPath: readerPath() });
  const addressLists = new AddressListFiles({ folder: join(userData, 'lists'), log: options.log }); // the command line's too
  const host: EngineHost = new EngineHost({
    ...options,
    store,
    customLists: () => addressLists.custom(),
    selectedRows: (listId, rule) => reader.selectedRows(listId, rule),
    clock: systemClock,
    deletionOf: (listId) => {
      const coming = care.comingOf(listId);
      return coming === undefined ? undefined : { what: coming.what, atMs: coming.atMs };
    },
    startPracticeWorld: () => startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE, ...wrong(options.scenario()) }),
    async openNetwork(practice) {
      // The sample tells for each row what to expect: it is not judged by lists that nobody but this user has.
      const lists = practice === null ? addressLists.lists() : BUILT_IN_LISTS;
      const network = openNetwork({ lab, practice, dnsStore: store, metrics: options.metrics }, settings());
      // Told apart before the first look-up: after that, no name is said not to exist (faults row 53).
      if ((await network.resolver.checkForHijacking()) === 'hijacked') {
        options.log.warn('run', 'the DNS server answers for names that do not exist');
      }
      const run = (listId: ListId): ReusableRun => ({
        listId, settings: network.settings, lists, scope: scopeOf(lab), nowMs: systemClock.epochMs(),
      });
      return {
        ...network,
        lists,
        portalCheck: portalCheckOf({ lab, practice }, settings()),
        ...(practice === null ? { reuse: reuseOf(run) } : {}),
      };
    },
  });
  const reuseOf = (run: (listId: ListId) => ReusableRun): NonNullable<OpenedNetwork['reuse']> => ({
    async before(listId) {
      const { rows } = await reuseVerdicts(store, run(listId));
      if (rows > 0) await host.refresh(listId);
    },
    async after(listId) {
      await rememberVerdicts(store, run(listId));
    },
  });
  const care = new ListCare({
    store,
    settings: () => settings().storage,
    inUse: () => host.exports.listIds,
    clock: systemClock,
    log: options.log,
    onForgotten: ({ listId, what }) => {
      host.refresh(listId, what === 'list').catch((error: unknown) => { options.log.warn('lists', 'a list could not be shown', { listId, error }); });
    },
    onChange: () => { host.changed(); },
  });
  return {
    addressLists,
    host,
    reader,
    store,
    care,
    dir,
    async close() {
      care.close();
      await host.close();
      await reader.close();
      await store.close();
    },
  };
}
