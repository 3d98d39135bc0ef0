// A store at the other end of a pipe that lets only lines of JSON through, as it would be in another process or on another
// machine; and a store of this process whose every value is checked on its way. For the seam's contract.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { RunStore } from '../../electron/engine/run/run.ts';

/** What of the store the engine may use. */
export const SEAM_METHODS = ['claim', 'commit', 'counters', 'schedule', 'commonDomains', 'dailyGrant'] as const;
export type SeamMethod = (typeof SEAM_METHODS)[number];
export type SeamStore = { readonly [M in SeamMethod]: NonNullable<RunStore[M]> };

export interface PipeStore extends SeamStore {
  readonly bytes: () => number;
  close(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: string;
}

/** `dir`: of a store that this process does not have open. */
export function openPipeStore(dir: string): PipeStore {
  const program = fileURLToPath(new URL('json-store-program.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the child has no pipes');
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let bytes = 0;
  createInterface({ input: stdout }).on('line', (line) => {
    bytes += line.length;
    const { id, result, failure } = JSON.parse(line) as Answer;
    const call = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) call?.resolve(result);
    else call?.reject(new Error(failure));
  });
  const exited = once(child, 'exit').then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the store has ended'));
  });
  const call = (method: SeamMethod) => async (...args: readonly unknown[]): Promise<never> => {
    const id = ++calls;
    const line = JSON.stringify({ id, method, args });
    bytes += line.length;
    return (await new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      stdin.write(`${line}\n`);
    })) as never;
  };
  return {
    claim: call('claim'), commit: call('commit'), counters: call('counters'), schedule: call('schedule'),
    commonDomains: call('commonDomains'), dailyGrant: call('dailyGrant'),
    bytes: () => bytes,
    async close() {
      stdin.end();
      await exited;
    },
  };
}

/** Throws, naming the call, where a value is another one after a structured clone or after JSON; passes the JSON on. */
export function checkedStore(store: RunStore): RunStore {
  const checked = <A extends readonly unknown[], R>(name: string, method: (...args: A) => Promise<R>) => async (...args: A): Promise<R> =>
    plain(`answer of ${name}`, await method(...plain(`call of ${name}`, args)));
  return {
    claim: checked('claim', (...args: Parameters<RunStore['claim']>) => store.claim(...args)),
    commit: checked('commit', (...args: Parameters<RunStore['commit']>) => store.commit(...args)),
    counters: checked('counters', (...args: Parameters<RunStore['counters']>) => store.counters(...args)),
    schedule: checked('schedule', (...args: Parameters<RunStore['schedule']>) => store.schedule(...args)),
    ...(store.commonDomains === undefined ? {} : { commonDomains: checked('commonDomains', store.commonDomains) }),
    ...(store.dailyGrant === undefined ? {} : { dailyGrant: checked('dailyGrant', store.dailyGrant) }),
  };
}

/** The value as it comes out of JSON; throws where anything of it is lost or changed on the way. */
export function plain<T>(what: string, value: T): T {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  if (!isDeepStrictEqual(copy, value)) throw new Error(`${what} is not what it was after JSON: ${JSON.stringify(value)}`);
  if (!isDeepStrictEqual(structuredClone(value), value)) throw new Error(`${what} is not what it was after a structured clone`);
  return copy;
}
