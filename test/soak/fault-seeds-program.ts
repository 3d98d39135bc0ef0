// A process of the fault soak: its share of the seeds over every fault, many runs at a time because most of them wait for
// a deadline. Tells its parent of runs, failures and, at the end, of whatever is left in it: nothing may be.
import { FAULT_TABLES } from '../lab/faults/fault-tables.ts';
import type { Fault } from '../lab/faults/fault.ts';
import { tryFault } from '../lab/faults/problems-of-fault.ts';
import { footprint, leftovers } from './footprint.ts';
import { watchLoopLateness } from './loop-lateness.ts';
import type { FaultNews, FaultSeeds } from './soak-faults.ts';
import { watchRejections } from './watch-rejections.ts';

/** A seed of every fault waits for 40 s in all and computes for 2: with so many at a time the one takes as long as the
 *  other. More would make each other late, and be tests of this machine. */
const AT_ONCE = 20;
const TELL_EVERY_MS = 1_000;
/** A run that fails while this process stood still for so long has tested the machine: it is made again, so often at most,
 *  and the report says how many were. Deadlines are told apart by a second (`problems-of-fault`). */
const STOOD_STILL_MS = 250;
const TRIES = 20;

const { only, first, step, seeds } = JSON.parse(process.argv[2] ?? '{}') as FaultSeeds;
const faults = FAULT_TABLES.flat().filter(({ name }) => name.includes(only));

function tell(news: FaultNews): void {
  process.send?.(news);
}

/** Runs `many` seeds of every fault; `onRun` hears of each run's end. */
async function runSeeds(many: number, onRun: (failure: string | null) => void): Promise<void> {
  let begun = 0;
  const all = many * faults.length;
  async function work(): Promise<void> {
    for (let at = begun; at < all; at = begun) {
      begun += 1;
      const fault = faults[at % faults.length];
      if (fault === undefined) return;
      const seed = first + Math.floor(at / faults.length) * step;
      const problems = await tryInTime(fault, seed);
      const again = `npm run soak -- --only '${fault.name}' --seeds 1 --first ${String(seed)}`;
      onRun(problems.length === 0 ? null : `${fault.name}, seed ${String(seed)}: ${problems.join('; ')} (again: ${again})`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function tryInTime(fault: Fault, seed: number): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    await lateness.calm();
    const begunMs = performance.now();
    const problems = await tryFault(fault, seed);
    const lateMs = lateness.worstSince(begunMs);
    if (problems.length === 0) return problems;
    if (tries === TRIES || lateMs < STOOD_STILL_MS) return [...problems, `at its latest the loop was ${lateMs.toFixed(0)} ms late`];
    tell({ kind: 'late' });
  }
}

// Runs from before the first footprint to after the last.
const lateness = watchLoopLateness();
const rejections = watchRejections();
// Whatever is loaded on first use is no leftover.
await runSeeds(1, () => undefined);
const before = await footprint();
let untold = 0;
const telling = setInterval(() => {
  tell({ kind: 'runs', done: untold });
  untold = 0;
}, TELL_EVERY_MS);
await runSeeds(seeds, (failure) => {
  untold += 1;
  if (failure !== null) tell({ kind: 'failure', words: failure });
});
clearInterval(telling);
tell({ kind: 'runs', done: untold });
const after = await footprint();
for (const words of [...leftovers(before, after).map((left) => `after the fault tables: ${left}`), ...rejections.stop()]) tell({ kind: 'failure', words });
// Whatever is left must not keep it alive: it has been told.
process.send?.({ kind: 'end', before, after } satisfies FaultNews, () => process.exit());
