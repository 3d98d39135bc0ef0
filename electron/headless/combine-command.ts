// What the commands that put lists together or take them apart share: the store, the progress line, Ctrl-C, and the report
// as JSON. Nothing of a stopped one is kept, so there is nothing to go on with.
import { UserError } from '../../shared/errors.ts';
import { workerPath } from '../host/worker-path.ts';
import { openStore, type StoreClient } from '../worker/client.ts';
import type { CombineProgress } from '../worker/store-combine.ts';
import { EXIT } from './exit-code.ts';
import { createProgressLine, type ProgressLine } from './progress.ts';
import { writeOut } from './write-lines.ts';

export interface CombineRun {
  readonly store: StoreClient;
  readonly say: ProgressLine['say'];
  readonly onProgress: (progress: CombineProgress) => void;
  readonly signal: AbortSignal;
}

/** `work` answers what `--json` writes. */
export async function combineCommand({ storeDir, json }: { readonly storeDir: string; readonly json: boolean }, work: (run: CombineRun) => Promise<object>): Promise<number> {
  const progress = createProgressLine();
  const controller = new AbortController();
  const stop = (): void => {
    progress.say('stopping…');
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const store = await openStore({ dir: storeDir, workerPath: workerPath() });
    try {
      const onProgress = ({ done, total, rows }: CombineProgress): void => { progress.import({ bytesRead: done, totalBytes: total, rows }); };
      const report = await work({ store, say: progress.say, onProgress, signal: controller.signal });
      progress.end();
      if (json) await writeOut(`${JSON.stringify(report)}\n`);
      return EXIT.done;
    } finally {
      progress.end();
      await store.close();
    }
  } catch (error) {
    // Nothing can be gone on with: it is started again.
    if (error instanceof UserError && error.code === 'Cancelled') {
      progress.say(`winnow: ${error.message}`);
      return EXIT.failed;
    }
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
