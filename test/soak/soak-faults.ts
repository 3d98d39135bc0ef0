// Runs every fault with every seed, some at a time: most of them wait for a deadline. Then nothing of them may be left in
// this process. A failure names the fault, its seed, and how to run only that again.
import type { Fault } from '../lab/faults/fault.ts';
import { tryFault } from '../lab/faults/problems-of-fault.ts';
import { footprint, leftovers } from './footprint.ts';

export interface FaultsReport {
  readonly faults: number;
  readonly runs: number;
  readonly seconds: number;
  readonly failures: readonly string[];
}

/** More at once would make each other late, and be tests of this machine. */
const AT_ONCE = 16;
const TELL_EVERY_MS = 15_000;

export async function soakFaults(faults: readonly Fault[], { seeds, first }: { readonly seeds: number; readonly first: number }, say: (line: string) => void): Promise<FaultsReport> {
  const startedMs = performance.now();
  const failures: string[] = [];
  let begun = 0;
  let done = 0;
  const all = seeds * faults.length;
  // Whatever is loaded on first use is no leftover.
  for (const fault of faults) await tryFault(fault, first);
  const before = await footprint();

  async function work(): Promise<void> {
    for (let at = begun; at < all; at = begun) {
      begun += 1;
      const fault = faults[at % faults.length];
      const seed = first + Math.floor(at / faults.length);
      if (fault === undefined) return;
      const problems = await tryFault(fault, seed);
      done += 1;
      if (problems.length === 0) continue;
      const failure = `${fault.name}, seed ${String(seed)}: ${problems.join('; ')} (again: npm run soak -- --only '${fault.name}' --seeds 1 --first ${String(seed)})`;
      failures.push(failure);
      say(failure);
    }
  }

  const telling = setInterval(() => {
    say(`${String(done)} of ${String(all)} fault runs, ${String(failures.length)} failed`);
  }, TELL_EVERY_MS);
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  clearInterval(telling);
  failures.push(...leftovers(before, await footprint()).map((words) => `after the fault tables: ${words}`));
  return { faults: faults.length, runs: done, seconds: Math.round((performance.now() - startedMs) / 1_000), failures };
}
