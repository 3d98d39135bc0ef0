// The import of one file through an intake thread of its own, which ends with it, whatever happens. Between two batches
// the store's thread is free: commits of a running list wait for one batch at most.
// When the promise settles the thread is gone, and unless it was fulfilled nothing of the import is left.
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import type { ImportOptions, ImportProgress, ImportReport } from '../interface.ts';
import { ImportDialogue, readRequest, type ImportTarget } from './import-dialogue.ts';
import type { FromIntake, IntakeData } from './intake-protocol.ts';

/** How often is looked whether the caller has cancelled, while the intake is silent. */
const POLL_MS = 50;

/** Rejects with the UserErrors of files and of `planIntake`, DiskFull, StoreUnwritable, Cancelled. */
export async function importFile(target: ImportTarget, options: ImportOptions, hooks: CallHooks<ImportProgress>): Promise<ImportReport> {
  const { port1: port, port2 } = new MessageChannel();
  const data: IntakeData = { port: port2 };
  const thread = new Worker(intakePath(), { name: 'winnow-intake', workerData: data, transferList: [port2] });
  const dialogue = new ImportDialogue(target, hooks, (message) => {
    port.postMessage(message);
  });
  let poll: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ImportReport>((resolve, reject) => {
      const attempt = (work: () => ImportReport | null): void => {
        try {
          const report = work();
          if (report !== null) resolve(report);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      port.on('message', (message: FromIntake) => {
        attempt(() => dialogue.receive(message));
      });
      thread.on('error', reject);
      thread.on('exit', (code) => {
        reject(new Error(`The intake stopped (exit code ${String(code)}).`));
      });
      poll = setInterval(() => {
        attempt(() => {
          throwIfCancelled(hooks, 'import');
          return null;
        });
      }, POLL_MS);
      attempt(() => {
        port.postMessage(readRequest(target, options));
        return null;
      });
    });
  } finally {
    clearInterval(poll);
    port.close();
    // The thread may have the list's file open: only then can it be erased.
    await thread.terminate();
    dialogue.discard();
  }
}

/** The thread's program: beside the built `entry.cjs`, or in this folder. */
export function intakePath(): string {
  return join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'intake-entry.ts' : 'intake.cjs');
}
