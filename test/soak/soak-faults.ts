// Runs every fault with every seed, in as many processes as there are processors: most runs wait for a deadline, all
// together need the better part of an hour of one processor. Each process has every n-th seed (`fault-seeds-program`) and
// answers for what it leaves behind. A failure names the fault, its seed, and how to run only that again.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FAULT_TABLES } from '../lab/faults/fault-tables.ts';
import type { Footprint } from './footprint.ts';
import type { SoakOptions } from './read-soak-options.ts';

export interface FaultsReport {
  readonly faults: number;
  readonly runs: number;
  /** Runs that were made again, because the machine stood still in them. */
  readonly madeAgain: number;
  readonly seconds: number;
  readonly processes: readonly { readonly before: Footprint; readonly after: Footprint }[];
  readonly failures: readonly string[];
}

/** What a process is to do: `seeds` of them, from `first` on, each `step`-th. */
export interface FaultSeeds {
  readonly only: string;
  readonly first: number;
  readonly step: number;
  readonly seeds: number;
}

/** What it tells. `done`: runs since it last told; `late`: one is made again because the machine stood still. */
export type FaultNews =
  | { readonly kind: 'runs'; readonly done: number }
  | { readonly kind: 'failure'; readonly words: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'end'; readonly before: Footprint; readonly after: Footprint };

const PROGRAM = join(import.meta.dirname, 'fault-seeds-program.ts');
const TELL_EVERY_MS = 15_000;

/** Throws (RangeError) where no fault is called so. */
export async function soakFaults({ seeds, first, only, processes: wanted }: Pick<SoakOptions, 'seeds' | 'first' | 'only' | 'processes'>, say: (line: string) => void): Promise<FaultsReport> {
  const faults = FAULT_TABLES.flat().filter(({ name }) => name.includes(only)).length;
  if (faults === 0) throw new RangeError(`no fault is called ${only}`);
  const startedMs = performance.now();
  const failures: string[] = [];
  const processes: { before: Footprint; after: Footprint }[] = [];
  const all = seeds * faults;
  let done = 0;
  let madeAgain = 0;
  const hear = (news: FaultNews): void => {
    if (news.kind === 'runs') done += news.done;
    else if (news.kind === 'late') madeAgain += 1;
    else if (news.kind === 'end') processes.push({ before: news.before, after: news.after });
    else {
      failures.push(news.words);
      say(news.words);
    }
  };
  const telling = setInterval(() => {
    const seconds = (performance.now() - startedMs) / 1_000;
    const leftMin = done === 0 ? '?' : ((seconds * (all - done)) / done / 60).toFixed(0);
    say(`${String(done)} of ${String(all)} fault runs, ${String(failures.length)} failed, ${String(madeAgain)} made again, ${leftMin} min left`);
  }, TELL_EVERY_MS);
  const count = Math.min(wanted, seeds);
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const task: FaultSeeds = { only, first: first + at, step: count, seeds: Math.ceil((seeds - at) / count) };
      const child = fork(PROGRAM, [JSON.stringify(task)], { execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'] });
      child.on('message', hear);
      // Its last words may come after its end.
      const [[code, signal]] = (await Promise.all([once(child, 'exit'), once(child, 'disconnect')])) as [[number | null, string | null], unknown];
      if (code !== 0) failures.push(`a process of the fault runs ended with ${String(code ?? signal)}`);
    }),
  );
  clearInterval(telling);
  if (done !== all) failures.push(`${String(all - done)} fault runs were not made`);
  return { faults, runs: done, madeAgain, seconds: Math.round((performance.now() - startedMs) / 1_000), processes, failures };
}
