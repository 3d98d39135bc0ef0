import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DailyCountTable } from '../../../../electron/worker/store/daily-count-table.ts';
import { LIBRARY_004 } from '../../../../electron/worker/store/migrations/library-004.ts';

function opened() {
  const database = new Database(':memory:');
  database.exec(LIBRARY_004);
  return { database, table: new DailyCountTable(database) };
}

const GRANT = { day: '2026-11-21', key: '*.mx.test', want: 60, cap: 100 };

describe('DailyCountTable', () => {
  it('grants up to the cap of a day, and takes back what was not used', () => {
    const { table } = opened();
    expect([table.grant(GRANT), table.grant(GRANT), table.grant(GRANT)]).toEqual([60, 40, 0]);
    expect(table.grant({ ...GRANT, want: -25 })).toBe(-25);
    expect(table.grant(GRANT)).toBe(25);
  });

  it('begins anew with a day, for each limit by itself, and keeps no other day', () => {
    const { database, table } = opened();
    table.grant(GRANT);
    expect(table.grant({ ...GRANT, key: 'other.test', want: 100 })).toBe(100);
    expect(table.grant({ ...GRANT, day: '2026-11-22', want: 100 })).toBe(100);
    expect(database.prepare('SELECT day FROM daily_counts WHERE key = ?').pluck().all(GRANT.key)).toEqual(['2026-11-22']);
  });

  it('survives a restart', () => {
    const { database, table } = opened();
    table.grant(GRANT);
    expect(new DailyCountTable(database).grant(GRANT)).toBe(40);
  });

  it('never grants more than the cap, whoever asks for what', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 60 }), (cap, wants) => {
        const { table } = opened();
        let granted = 0;
        for (const want of wants) {
          granted += table.grant({ ...GRANT, want, cap });
          expect(granted).toBeGreaterThanOrEqual(0);
          expect(granted).toBeLessThanOrEqual(cap);
        }
      }),
      { numRuns: 50 },
    );
  });
});
