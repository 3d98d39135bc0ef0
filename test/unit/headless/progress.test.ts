import { describe, expect, it } from 'vitest';
import { runLine } from '../../../electron/headless/progress.ts';
import type { Counters } from '../../../electron/worker/interface.ts';

const counters: Counters = {
  rows: 110,
  byState: { pending: 50, scheduled: 10, done: 40, duplicate: 6, suppressed: 0, empty: 4 },
  byStatus: { deliverable: 30, undeliverable: 5, risky: 3, unknown: 12 },
  byReason: {},
};

describe('runLine', () => {
  it('counts asked rows out of those that can be asked, with the rate', () => {
    expect(runLine(counters, null, 10)).toBe('[############............] 50/100  deliverable 30  undeliverable 5  risky 3  unknown 12  5/s');
  });

  it('says what is waited for and until when', () => {
    const line = runLine(counters, { byReason: [{ reason: 'greylisted', count: 10, nextAtMs: new Date(2026, 0, 2, 14, 32).getTime() }], nextAtMs: new Date(2026, 0, 2, 14, 32).getTime() }, 10);
    expect(line).toContain('50/100  waiting until 14:32:00 (10 greylisted)  deliverable 30');
  });
});
