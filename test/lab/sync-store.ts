// A store with an import that returns when it is done, and with exports to text beside it, for tests that are written as one step after the other. Reading
// is done by the product's own intake thread and writing by the store itself; only the waiting is this file's.
// One thread serves the imports of a test file, until one ends half way; it does not keep the process alive.
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { NO_HOOKS, type CallHooks } from '../../electron/worker/call-hooks.ts';
import type { ExportOptions, ExportProgress, ExportReport } from '../../electron/worker/export/export-api.ts';
import { Exporter } from '../../electron/worker/export/exporter.ts';
import { ImportDialogue, readRequest } from '../../electron/worker/intake/import-dialogue.ts';
import { intakePath } from '../../electron/worker/intake/import-file.ts';
import type { FromIntake } from '../../electron/worker/intake/intake-protocol.ts';
import type { ImportOptions, ImportProgress, ImportReport } from '../../electron/worker/interface.ts';
import { Store } from '../../electron/worker/store/store.ts';

/** A thread that has not answered by then has died: nothing in a test takes as long. */
const LIMIT_MS = 20_000;

interface Intake {
  readonly worker: Worker;
  readonly port: MessagePort;
}

let running: Intake | null = null;

export class SyncStore extends Store {
  readonly #dir: string;

  constructor(...[dir, ...rest]: ConstructorParameters<typeof Store>) {
    super(dir, ...rest);
    this.#dir = dir;
  }

  /** Of a format that is written at once: any but XLSX. */
  exportList(options: ExportOptions, hooks: CallHooks<ExportProgress> = NO_HOOKS): ExportReport {
    const exporter = new Exporter(this.#dir);
    try {
      const report = exporter.exportList(options, hooks);
      if (report instanceof Promise) throw new Error(`An export to ${options.format ?? 'CSV'} is not done at once.`);
      return report;
    } finally {
      exporter.close();
    }
  }

  importList(options: ImportOptions, hooks: CallHooks<ImportProgress> = NO_HOOKS): ImportReport {
    const { port } = (running ??= startIntake());
    const dialogue = new ImportDialogue(this, hooks, (message) => {
      port.postMessage(message);
    });
    port.postMessage(readRequest(this, options));
    let message: FromIntake | null = null;
    try {
      for (;;) {
        message = nextMessage(port);
        const report = dialogue.receive(message);
        if (report !== null) return report;
      }
    } catch (error) {
      // Unless it has told of its own failure it is still at this import.
      if (message?.type !== 'failed') stopIntake();
      dialogue.discard();
      throw error;
    }
  }
}

function startIntake(): Intake {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(intakePath(), { name: 'winnow-intake', workerData: { port: port2 }, transferList: [port2] });
  worker.unref();
  return { worker, port: port1 };
}

function stopIntake(): void {
  void running?.worker.terminate();
  running?.port.close();
  running = null;
}

/** Blocks. A thread cannot be woken by a message without its event loop, so the port is looked at every millisecond. */
function nextMessage(port: MessagePort): FromIntake {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const untilMs = performance.now() + LIMIT_MS;
  while (performance.now() < untilMs) {
    const received = receiveMessageOnPort(port) as { readonly message: FromIntake } | undefined;
    if (received !== undefined) return received.message;
    Atomics.wait(pause, 0, 0, 1);
  }
  throw new Error('The intake does not answer.');
}
