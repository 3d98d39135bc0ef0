// kill -9 at random moments of verifications, imports and exports, in rounds of a hundred kills with a seed each. A failure
// names the seed of its round and how to run only that again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleVictim } from '../lab/chaos/bundle-victim.ts';
import { killExport } from '../lab/chaos/kill-export.ts';
import { killImport } from '../lab/chaos/kill-import.ts';
import type { KillOptions, KillReport } from '../lab/chaos/kill-report.ts';
import { killVerify } from '../lab/chaos/kill-verify.ts';

export interface KillSoakReport {
  readonly kills: number;
  readonly seconds: number;
  readonly failures: readonly string[];
}

const ROUND = 100;
/** Of a round's kills. A verification's moments are of the most kinds. */
const SHARES: readonly (readonly [name: string, share: number, kill: (options: KillOptions) => Promise<KillReport>])[] = [
  ['verify', 0.4, killVerify],
  ['import', 0.3, killImport],
  ['export', 0.3, killExport],
];

export async function soakKill({ kills, first }: { readonly kills: number; readonly first: number }, say: (line: string) => void): Promise<KillSoakReport> {
  const startedMs = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'winnow-victim-'));
  const victim = await bundleVictim(folder);
  const failures: string[] = [];
  let done = 0;
  for (let seed = first; done < kills; seed += 1) {
    const round = Math.min(ROUND, kills - done);
    for (const [name, share, kill] of SHARES) {
      const report = await kill({ kills: Math.ceil(round * share), seed, victim });
      done += report.kills;
      for (const problem of report.problems) {
        const failure = `kill ${name}, seed ${String(seed)}: ${problem} (again: npm run soak -- kill --kills ${String(round)} --first ${String(seed)})`;
        failures.push(failure);
        say(failure);
      }
      say(`${String(done)} of ${String(kills)} kills, ${String(failures.length)} failed`);
    }
    // A series that fails ends early: without this, one that fails at once would go on for ever.
    if (failures.length > 0) break;
  }
  rmSync(folder, { recursive: true, force: true });
  return { kills: done, seconds: Math.round((performance.now() - startedMs) / 1_000), failures };
}
