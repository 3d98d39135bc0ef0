// kill -9 at any moment (faults rows 66 and 67): a hundred times in a few long jobs, three series side by side.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleVictim } from '../../lab/chaos/bundle-victim.ts';
import { killExport } from '../../lab/chaos/kill-export.ts';
import { killImport } from '../../lab/chaos/kill-import.ts';
import { killVerify } from '../../lab/chaos/kill-verify.ts';

/** A machine with much else to do starts a process in some seconds. */
const LIMIT_MS = 400_000;

let folder = '';
let victim = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-victim-'));
  victim = await bundleVictim(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.concurrent('kill -9', { timeout: LIMIT_MS }, () => {
  it('of a verification, 40 times, comes to the end of an undisturbed one', async () => {
    const { kills, problems, detail } = await killVerify({ kills: 40, seed: 67, victim });
    expect(problems).toEqual([]);
    expect(kills).toBe(40);
    // Somebody was asked again, or no kill came while anybody was asked.
    expect(detail['recipients']).toBeGreaterThan(detail['undisturbed'] ?? 0);
  });

  it('of an import, 30 times, leaves nothing of it or a whole list', async () => {
    const { kills, problems } = await killImport({ kills: 30, seed: 76, victim });
    expect(problems).toEqual([]);
    expect(kills).toBe(30);
  });

  it('of an export, 30 times, leaves the old file or the whole new one', async () => {
    const { kills, problems } = await killExport({ kills: 30, seed: 66, victim });
    expect(problems).toEqual([]);
    expect(kills).toBe(30);
  });
});
