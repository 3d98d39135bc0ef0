// What the preferences say of the store, and the ways to mend and empty parts of it.
import { networkDrive } from '../../../host/network-drive.ts';
import type { StoreClient } from '../../../worker/client.ts';
import type { ListId } from '../../../worker/interface.ts';
import type { Handlers } from '../dispatch.ts';

export interface StorageHandlerOptions {
  readonly store: Pick<StoreClient, 'restoreBackup' | 'knownVerdicts' | 'forgetKnownVerdicts' | 'backups'>;
  /** Absolute path of the store's folder. */
  readonly dir: string;
  /** The list is another one now. */
  readonly refresh: (listId: ListId) => Promise<void>;
}

type StorageChannel = 'lists.restore' | 'storage.read' | 'storage.forgetKnown';
type StorageState = Awaited<ReturnType<Handlers['storage.read']>>;

export function storageHandlers({ store, dir, refresh }: StorageHandlerOptions): Pick<Handlers, StorageChannel> {
  const state = async (): Promise<StorageState> => {
    const backups = await store.backups();
    return {
      knownVerdicts: await store.knownVerdicts(),
      backups: backups.length,
      backupBytes: backups.reduce((sum, { bytes }) => sum + bytes, 0),
      networkDrive: networkDrive(dir),
    };
  };
  return {
    'lists.restore': async ({ listId }) => {
      const { atMs } = await store.restoreBackup(listId);
      await refresh(listId);
      return { atMs };
    },
    'storage.read': state,
    'storage.forgetKnown': async () => {
      await store.forgetKnownVerdicts();
      return await state();
    },
  };
}
