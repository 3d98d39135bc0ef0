// Torn and flipped bytes in the WAL, 200 times: of what a process committed before it died, whole batches survive.
import { expect, it } from 'vitest';
import { tearWal } from '../../lab/chaos/tear-wal.ts';

const TIMES = 200;
const LIMIT_MS = 300_000;

it('of a damaged WAL all whole batches before the damage are there, and nothing else', { timeout: LIMIT_MS }, async () => {
  const report = await tearWal({ times: TIMES, seed: 1 });
  expect(report.problems).toEqual([]);
  expect(report.times).toBe(TIMES);
  // The damage did something: else this would be a test of opening stores.
  expect(report.lostBatches).toBeGreaterThan(TIMES);
});
