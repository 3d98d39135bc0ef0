// How long the sweeper of the DNS cache stops everything else, at a million entries of which half have expired: the
// longest slice as a wall clock sees it, so what other programs took of it counts too.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock, type Clock } from '../../electron/engine/clock.ts';
import { createMemoryCacheLevel } from '../../electron/engine/dns/memory-cache-level.ts';

const ENTRIES = 1_000_000;
const ROUNDS = 3;
/** Waits between passes are cut to this; those between slices are shorter anyway. */
const LONGEST_WAIT_MS = 20;
/** After this time on the bench's clock half of the entries have expired. */
const LEAP_MS = 3_600_000;

export interface SweepReport {
  /** The median of the rounds' longest. */
  readonly longestMs: number;
  readonly longestMsByRound: readonly number[];
  /** Of the slices during which the system took the processor for nobody else. */
  readonly longestUndisturbedMsByRound: readonly number[];
  readonly slicesByRound: readonly number[];
  readonly entries: number;
  readonly expired: number;
}

export async function measureSweep(): Promise<SweepReport> {
  const rounds: SweepRound[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await sweepOnce());
  const walls = rounds.map(({ wallMs }) => wallMs);
  return {
    longestMs: [...walls].sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0,
    longestMsByRound: walls.map(round2),
    longestUndisturbedMsByRound: rounds.map(({ undisturbedMs }) => round2(undisturbedMs)),
    slicesByRound: rounds.map(({ slices }) => slices),
    entries: ENTRIES,
    expired: ENTRIES / 2,
  };
}

interface SweepRound {
  readonly wallMs: number;
  readonly undisturbedMs: number;
  readonly slices: number;
}

async function sweepOnce(): Promise<SweepRound> {
  let leaptMs = 0;
  let wallMs = 0;
  let undisturbedMs = 0;
  let slices = 0;
  const clock: Clock = {
    ...systemClock,
    monotonicMs: () => systemClock.monotonicMs() + leaptMs,
    after: (ms, callback) =>
      systemClock.after(Math.min(ms, LONGEST_WAIT_MS), () => {
        const switches = process.resourceUsage().involuntaryContextSwitches;
        const startedMs = performance.now();
        callback();
        const tookMs = performance.now() - startedMs;
        slices += 1;
        wallMs = Math.max(wallMs, tookMs);
        if (process.resourceUsage().involuntaryContextSwitches === switches) undisturbedMs = Math.max(undisturbedMs, tookMs);
      }),
  };
  const level = createMemoryCacheLevel({ maxEntries: ENTRIES * 2, shards: 16, clock });
  const nowMs = clock.monotonicMs();
  for (let index = 0; index < ENTRIES; index += 1) {
    const ttlSec = index % 2 === 0 ? 60 : 86_400;
    level.set({ name: `domain${String(index)}.example.com`, type: 'MX', answer: { kind: 'nodata', ttlSec }, expiresAtMs: nowMs + ttlSec * 1000 });
  }
  collectGarbage();
  wallMs = 0;
  undisturbedMs = 0;
  leaptMs = LEAP_MS;
  while (level.size > ENTRIES / 2) await new Promise((resolve) => setImmediate(resolve));
  level.close();
  return { wallMs, undisturbedMs, slices };
}

/** What the filling has left behind is no part of a sweep. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
