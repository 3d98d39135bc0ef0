// The intake: a thread that reads one file for an import while the store's thread writes what it read, and that makes
// the indexes when all rows are there, so that no commit of another list ever waits for them.
// Everything it throws goes back as data. Ended by whoever started it.
import { workerData, type MessagePort } from 'node:worker_threads';
import { completeList } from '../store/complete-list.ts';
import { failureOf } from '../thread-failure.ts';
import { MAX_IN_FLIGHT, type FromIntake, type IntakeData, type ToIntake } from './intake-protocol.ts';
import { openFormat } from './formats/open-format.ts';
import { readList } from './read-list.ts';

const port: MessagePort = (workerData as IntakeData).port;
let inFlight = 0;
let goOn: () => void = () => undefined;

port.on('message', (message: ToIntake) => {
  if (message.type === 'written') {
    inFlight--;
    goOn();
    return;
  }
  void answer(message).catch((error: unknown) => {
    post({ type: 'failed', failure: failureOf(error) });
  });
});

async function answer(message: Exclude<ToIntake, { type: 'written' }>): Promise<void> {
  if (message.type === 'complete') {
    post({ type: 'completed', counters: completeList(message.path, message.list, message.counts) });
    return;
  }
  inFlight = 0;
  const { options, others } = message;
  const source = await openFormat(options.path, options);
  try {
    const summary = await readList(source, options, {
      planned: (list) => {
        post({ type: 'planned', list });
      },
      batch: async (batch) => {
        inFlight++;
        post({ type: 'batch', batch }, [batch.bytes.buffer, batch.table.buffer]);
        while (inFlight >= MAX_IN_FLIGHT) {
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
        }
      },
    }, others);
    post({ type: 'read', summary });
  } finally {
    await source.close();
  }
}

function post(message: FromIntake, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer]);
}
