// kill -9 at any moment of an append, a merge or a split: all of it or nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleVictim } from '../../lab/chaos/bundle-victim.ts';
import { killCombine } from '../../lab/chaos/kill-combine.ts';

let folder = '';
let victim = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-victim-'));
  victim = await bundleVictim(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('leaves every list whole, 30 times', async () => {
  const { kills, problems } = await killCombine({ kills: 30, seed: 77, victim });
  expect(problems).toEqual([]);
  expect(kills).toBe(30);
}, 400_000);
