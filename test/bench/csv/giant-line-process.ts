// Reads a list that is one line of 1 GB, generated and never on disk, as an import does; prints how that ended.
// A process of its own, so that its memory is only this.
import type { ListSource } from '../../../electron/worker/intake/list-source.ts';
import { readList } from '../../../electron/worker/intake/read-list.ts';

const SIZE = 2 ** 30;
const chunk = Buffer.alloc(2 ** 20, 'someone@example.com;');

const source: ListSource = {
  path: '/giant.csv',
  format: 'text',
  size: SIZE,
  mtimeMs: 0,
  head: (bytes) => Promise.resolve({ bytes: chunk.subarray(0, bytes), complete: false }),
  async *chunks() {
    for (let read = chunk.length; read <= SIZE; read += chunk.length) yield await Promise.resolve({ bytes: chunk, read });
  },
  close: () => Promise.resolve(),
};

const startedMs = performance.now();
const { user: userBefore } = process.cpuUsage();
const error: unknown = await readList(source, { path: source.path, delimiter: ',', column: '1', hasHeader: false }, {
  planned: () => undefined,
  batch: () => Promise.reject(new Error('a row was read')),
}).then(() => null, (reason: unknown) => reason);
process.stdout.write(JSON.stringify({
  error: error instanceof Error ? error.message : null,
  ms: performance.now() - startedMs,
  cpuMs: (process.cpuUsage().user - userBefore) / 1_000,
  peakMb: process.resourceUsage().maxRSS / 1_024,
}));
