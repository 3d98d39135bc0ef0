// An export that is killed again and again: under its name is either what was there before or all of the new one, to the
// byte, and the export after the last kill leaves nothing beside itself.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../electron/worker/client.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import type { VerdictRecord } from '../../../electron/worker/interface.ts';
import { createDraw } from '../faults/draw.ts';
import type { KillOptions, KillReport } from './kill-report.ts';
import { killSeries } from './kill-series.ts';
import { runVictim, type Moment, type VictimEnd } from './run-victim.ts';

const ROWS = 40_000;
/** Rows with a verdict. */
const JUDGED = 10_000;
const CHECKED_AT_MS = 1_760_000_000_000;
const OLD = 'what was there before\n';

export async function killExport({ kills, seed, victim: program }: KillOptions): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-kill-export-'));
  const outFolder = join(folder, 'out');
  const outPath = join(outFolder, 'out.csv');
  const storeDir = join(folder, 'store');
  const problems: string[] = [];
  try {
    mkdirSync(outFolder);
    await makeList(folder, storeDir);
    const victim = (moment: Moment | null): Promise<VictimEnd> => {
      writeFileSync(outPath, OLD);
      return runVictim({ task: { kind: 'export', storeDir, outPath }, moment, folders: [outFolder], compileCache: join(folder, 'compiled'), victim: program });
    };
    const undisturbed = await victim(null);
    const whole = readFileSync(outPath);
    const lines = whole.reduce((count, byte) => count + Number(byte === 10), 0);
    if (lines !== ROWS + 1) problems.push(`${String(lines)} lines of ${String(ROWS)} rows`);
    const judge = ({ said }: VictimEnd): string[] => {
      const text = readFileSync(outPath);
      if (text.equals(whole)) return [];
      return [
        ...(text.toString() === OLD ? [] : [`a file of ${String(text.length)} bytes, and the whole one has ${String(whole.length)}`]),
        ...(said.includes('finished') ? ['an export that was acknowledged is not there'] : []),
      ];
    };
    const { done, ended, problems: found } = await killSeries(problems.length === 0 ? kills : 0, createDraw(seed), () => ({ run: victim, undisturbed, judge }));
    problems.push(...found);
    await victim(null);
    if (!readFileSync(outPath).equals(whole)) problems.push('the export after the last kill is another one');
    const left = readdirSync(outFolder).filter((name) => name !== 'out.csv');
    if (left.length > 0) problems.push(`${left.join(', ')} was left behind`);
    return { kills: done, problems, detail: { ended, writes: undisturbed.seen.write } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeList(folder: string, storeDir: string): Promise<void> {
  const path = join(folder, 'list.csv');
  writeFileSync(path, `email,n\n${Array.from({ length: ROWS }, (_, row) => `u${String(row)}@d${String(row % 997)}.example,${String(row)}\n`).join('')}`);
  const store = await openStore({ dir: storeDir, workerPath: workerPath() });
  const { list } = await store.importList({ path });
  await store.lock(list.id);
  const claims = await store.claim(list.id, { maxDomains: 997, maxAddressesPerDomain: JUDGED, nowMs: CHECKED_AT_MS, includeScheduled: true });
  const rows = claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
  await store.commit({ listId: list.id, verdicts: rows.slice(0, JUDGED).map(accepted), domains: [], releasedDomainIds: claims.map(({ domainId }) => domainId) });
  await store.close();
}

function accepted(rowId: number): VerdictRecord {
  return {
    rowId, reason: 'accepted', score: 95, flags: [], didYouMean: null, reply: `250 2.1.5 Ok ${String(rowId)}`, mx: 'mx.example.com',
    checkedAtMs: CHECKED_AT_MS, attempt: 1, retryAtMs: null, provisional: false, heard: 'recipient', evidence: [],
  };
}
