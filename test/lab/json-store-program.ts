// The other end of `json-store`: one request a line on standard input, one answer a line on standard output.
import { createInterface } from 'node:readline';
import { Store } from '../../electron/worker/store/store.ts';
import { SEAM_METHODS, type SeamMethod } from './json-store.ts';

interface Request {
  readonly id: number;
  readonly method: SeamMethod;
  readonly args: readonly unknown[];
}

const store = new Store(process.argv[2] ?? '');

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, args } = JSON.parse(line) as Request;
  process.stdout.write(`${JSON.stringify(answer(id, method, args))}\n`);
}
store.close();

function answer(id: number, method: SeamMethod, args: readonly unknown[]): object {
  try {
    if (!SEAM_METHODS.includes(method)) throw new Error(`the engine may not call ${method}`);
    const result = (store[method] as (...args: readonly unknown[]) => unknown).apply(store, [...args]);
    return { id, result };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
