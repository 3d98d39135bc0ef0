// What is remembered of servers' answers: the newest, never more than the bound, found by key; against a plain model.
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownVerdictTable, type KnownEntry } from '../../../../electron/worker/store/known-verdict-table.ts';
import { LIBRARY_001 } from '../../../../electron/worker/store/migrations/library-001.ts';
import { LIBRARY_005 } from '../../../../electron/worker/store/migrations/library-005.ts';
import { LIBRARY_007 } from '../../../../electron/worker/store/migrations/library-007.ts';

function opened() {
  const database = new Database(':memory:');
  database.exec(LIBRARY_001);
  database.exec(LIBRARY_005);
  database.exec(LIBRARY_007);
  return { database, table: new KnownVerdictTable(database) };
}

const entry = (name: number, checkedAtMs: number): KnownEntry => ({ key: Buffer.from(String(name)), reason: 'accepted', score: 9, flags: '', reply: '250', checkedAtMs });
const names = (database: Database.Database): number[] =>
  database.prepare<[], Buffer>('SELECT key FROM known_verdicts').pluck().all().map((key) => Number(key.toString())).sort((a, b) => a - b);

describe('KnownVerdictTable', () => {
  it('forgets the oldest for newer ones, and takes none that is older than all it has', () => {
    const { database, table } = opened();
    expect(table.put([entry(1, 10), entry(2, 20), entry(3, 30)], 'f', 3)).toBe(3);
    expect(table.put([entry(4, 40), entry(5, 5)], 'f', 3)).toBe(1);
    expect([names(database), table.count]).toEqual([[2, 3, 4], 3]);
    expect(table.find(Buffer.from('4'), 'f', 0, 100)).toMatchObject({ checkedAtMs: 40 });
    expect(table.find(Buffer.from('4'), 'other', 0, 100)).toBeUndefined();
  });

  it('holds what the user allows, at once where that is less than before, and nothing at 0', () => {
    const { database, table } = opened();
    table.put([1, 2, 3, 4].map((name) => entry(name, name)), 'f', 10);
    table.put([entry(9, 9)], 'f', 2);
    expect(names(database)).toEqual([4, 9]);
    expect(table.put([entry(10, 10)], 'f', 0)).toBe(0);
    expect([names(database), table.count]).toEqual([[], 0]);
  });

  it('is the newest of each, and of all the newest, whatever comes in whatever order', () => {
    const put = fc.record({ entries: fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 999 })), { maxLength: 8 }), max: fc.integer({ min: 1, max: 9 }) });
    const forget = fc.record({ from: fc.integer({ min: 0, max: 600 }), to: fc.integer({ min: 500, max: 1_000 }) });
    fc.assert(
      fc.property(fc.array(fc.oneof(put, put, forget), { maxLength: 30 }), (steps) => {
        const { database, table } = opened();
        let model = new Map<number, number>();
        // No two times are alike: which of the two goes first would be nobody's business.
        let tie = 0;
        for (const step of steps) {
          if ('from' in step) {
            table.removeOutside(step.from * 1_000, step.to * 1_000);
            model = new Map([...model].filter(([, at]) => at >= step.from * 1_000 && at <= step.to * 1_000));
          } else {
            const entries = step.entries.map(([name, at]): [number, number] => [name, at * 1_000 + ++tie]);
            const oldest = model.size >= step.max ? Math.min(...model.values()) : 0;
            for (const [name, at] of entries) if (at >= oldest && at >= (model.get(name) ?? 0)) model.set(name, at);
            model = new Map([...model].sort(([, a], [, b]) => b - a).slice(0, step.max));
            table.put(entries.map(([name, at]) => entry(name, at)), 'f', step.max);
          }
          const stored = database.prepare<[], { key: Buffer; at: number }>('SELECT key, checked_at_ms AS at FROM known_verdicts').all();
          expect(new Map(stored.map(({ key, at }) => [Number(key.toString()), at]))).toEqual(model);
          expect(table.count).toBe(model.size);
        }
      }),
    );
  });
});
