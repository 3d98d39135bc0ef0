// Damaged WALs, one for each seed. A failure names its seed and how to run only that again.
import { tearWal } from '../lab/chaos/tear-wal.ts';

export interface WalSoakReport {
  readonly times: number;
  readonly lostBatches: number;
  readonly seconds: number;
  readonly failures: readonly string[];
}

const TELL_EVERY = 200;

export async function soakWal({ times, first }: { readonly times: number; readonly first: number }, say: (line: string) => void): Promise<WalSoakReport> {
  const startedMs = performance.now();
  const failures: string[] = [];
  let done = 0;
  let lostBatches = 0;
  while (done < times && failures.length === 0) {
    const report = await tearWal({ times: Math.min(TELL_EVERY, times - done), seed: first + done });
    done += report.times;
    lostBatches += report.lostBatches;
    failures.push(...report.problems.map((problem) => `wal, ${problem} (again: npm run soak -- wal --tears 1 --first SEED)`));
    for (const failure of failures) say(failure);
    say(`${String(done)} of ${String(times)} damaged WALs, ${String(failures.length)} failed`);
  }
  return { times: done, lostBatches, seconds: Math.round((performance.now() - startedMs) / 1_000), failures };
}
