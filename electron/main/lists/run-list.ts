// One run over one list, from its lock to its unlocking: rows that are to be verified again become due, the network is
// opened, and the engine asks until it is done or made to end. Whatever happens, the network is closed and the list unlocked.
// Who is next and what is stored of the list's state is not its business.
import { startRun, type Run, type RunMode, type RunOutcome, type RunProgress } from '../../engine/run/run.ts';
import type { Clock } from '../../engine/clock.ts';
import { reopenList, type SelectedRows } from '../../host/reopen-list.ts';
import type { CommitAck, ListId } from '../../worker/interface.ts';
import type { AgainWish } from '../../worker/store-jobs.ts';
import type { RunsStore } from './list-store.ts';
import type { OpenedNetwork } from './opened-network.ts';

/** How a run is made to end before its time. `yield`: another list goes ahead. `quit`: the next start goes on. */
export type Ending = 'pause' | 'cancel' | 'yield' | 'quit';

/** The one list that is asked about. */
export interface Active {
  readonly listId: ListId;
  ending: Ending | null;
  run: Run | null;
  /** Epoch milliseconds of the next retry while nothing is asked until then. */
  waitingUntilMs: number | null;
  localAddresses: OpenedNetwork['localAddresses'];
  done: Promise<void>;
}

export interface RunListOptions {
  readonly store: RunsStore;
  readonly selectedRows: SelectedRows;
  readonly openNetwork: (listId: ListId) => Promise<OpenedNetwork>;
  readonly clock: Clock;
  /** Its run and addresses are set here. */
  readonly active: Active;
  readonly mode: RunMode;
  /** What is verified again, if anything is. */
  readonly again: AgainWish | null;
  /** All of `again` is due now. */
  readonly onReopened: () => void;
  /** The engine is asking. */
  readonly onBegun: () => void;
  readonly onCommit: (listId: ListId, ack: CommitAck) => void;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Null: it was ended before it began. Throws what the store, the network or the run throws. */
export async function runList(options: RunListOptions): Promise<RunOutcome | null> {
  const { store, active } = options;
  await store.lock(active.listId);
  try {
    return (await reopened(options)) ? await ask(options) : null;
  } finally {
    await store.unlock(active.listId);
  }
}

/** False: it was ended meanwhile. What is wished for stays wished for then. */
async function reopened({ store, clock, selectedRows, active, again, onReopened, onProgress }: RunListOptions): Promise<boolean> {
  if (again === null) return true;
  const onSlice = (counters: RunProgress['counters']): void => { onProgress({ counters, waiting: null, setAside: [] }); };
  if (!(await reopenList({ store, selectedRows, listId: active.listId, wish: again, clock, onSlice, stopped: () => active.ending !== null }))) return false;
  onReopened();
  return true;
}

async function ask({ store, clock, active, mode, openNetwork, onBegun, onCommit, onProgress }: RunListOptions): Promise<RunOutcome | null> {
  const { listId } = active;
  const network = await openNetwork(listId);
  try {
    if (mode === 'full') await network.reuse?.before(listId);
    if (active.ending !== null) return null;
    active.localAddresses = network.localAddresses;
    const commit: RunsStore['commit'] = async (batch) => {
      const ack = await store.commit(batch);
      onCommit(listId, ack);
      return ack;
    };
    const { settings, resolver, pool, observer, localAddresses, portalCheck, lists, practice } = network;
    active.run = startRun({ store: { ...store, commit }, listId, settings, resolver, pool, lists, clock, practice, wait: true, portalCheck, mode, onProgress, observer, localAddresses });
    onBegun();
    const outcome = await active.run.done;
    if (outcome.kind === 'done') await network.reuse?.after(listId);
    return outcome;
  } finally {
    await network.close();
  }
}
