// Counts the recipients of a day in memory, for a run whose store counts none (tests, benchmarks).
// The same promise as the store's: never more than the cap of a day is granted. Forgets with the process.
import type { AskDailyGrant } from './daily-allowance.ts';

export function createDailyCounts(): AskDailyGrant {
  const counts = new Map<string, number>();
  return ({ day, key, want, cap }) => {
    const name = `${day} ${key}`;
    const used = counts.get(name) ?? 0;
    const granted = want < 0 ? Math.max(-used, want) : Math.max(0, Math.min(want, cap - used));
    counts.set(name, used + granted);
    return Promise.resolve(granted);
  };
}
