import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DnsCacheTable } from '../../../../electron/worker/store/dns-cache-table.ts';
import { LIBRARY_003 } from '../../../../electron/worker/store/migrations/library-003.ts';

const NOW_MS = 1_760_000_000_000;
const DAY_MS = 86_400_000;
let database: Database.Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.exec(LIBRARY_003);
});
afterEach(() => {
  database.close();
});

const entry = (key: string, leftMs: number) => ({ key, answer: `answer of ${key}`, expiresAtMs: NOW_MS + leftMs });
const many = (count: number, leftMs: (index: number) => number) => Array.from({ length: count }, (_, index) => entry(`MX n${index}`, leftMs(index)));
const rows = (): unknown => database.prepare('SELECT count(*) FROM dns_cache').pluck().get();

describe('DnsCacheTable', () => {
  it('gives back what was kept, in the order of the keys, and the newest of a key', () => {
    const table = new DnsCacheTable(database);
    table.set([entry('MX a', 1_000), entry('A b', 2_000)], NOW_MS);
    table.set([entry('MX a', 5_000)], NOW_MS);
    expect(table.get(['A b', 'MX none', 'MX a'], NOW_MS)).toEqual([entry('A b', 2_000), null, entry('MX a', 5_000)]);
    expect(rows()).toBe(2);
  });

  it('gives out nothing that has expired, or that a wrong clock has put far ahead', () => {
    const table = new DnsCacheTable(database);
    table.set([entry('MX a', 1_000), entry('MX far', 8 * DAY_MS)], NOW_MS);
    expect(table.get(['MX a'], NOW_MS + 999)).toHaveLength(1);
    expect(table.get(['MX a', 'MX far'], NOW_MS + 1_000)).toEqual([null, null]);
  });

  it('removes what has expired in slices, with each set and with each purge', () => {
    const table = new DnsCacheTable(database);
    table.set(many(2_500, () => 1_000), NOW_MS);
    table.purge(NOW_MS + 999);
    expect(rows()).toBe(2_500);
    table.purge(NOW_MS + 1_000);
    expect(rows()).toBe(1_500);
    table.set([entry('MX new', 9_000)], NOW_MS + 1_000);
    expect(rows()).toBe(501);
    table.purge(NOW_MS + 1_000);
    expect(rows()).toBe(1);
  });

  it('never holds more than its bound: first goes what would expire next', () => {
    const table = new DnsCacheTable(database, 100);
    for (let round = 0; round < 5; round += 1) table.set(many(60, (index) => 1_000 + index), NOW_MS);
    expect(rows()).toBe(60);
    table.set(Array.from({ length: 80 }, (_, index) => entry(`A n${index}`, 50_000)), NOW_MS);
    expect(rows()).toBe(100);
    expect(table.get(['MX n0', 'MX n39', 'MX n40', 'A n79'], NOW_MS).map((found) => found !== null)).toEqual([false, false, true, true]);
  });

  it('counts what it finds at the start', () => {
    new DnsCacheTable(database).set(many(150, () => 1_000), NOW_MS);
    const table = new DnsCacheTable(database, 100);
    table.set([entry('A a', 2_000)], NOW_MS);
    expect(rows()).toBe(100);
  });

  it('does not change how durable everything else is, also after a failure', () => {
    const table = new DnsCacheTable(database);
    expect(() => { table.set([{ key: 'MX a', answer: null as unknown as string, expiresAtMs: 1 }], NOW_MS); }).toThrow('NOT NULL');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
  });

  it('is empty after it was cleared', () => {
    const table = new DnsCacheTable(database);
    table.set(many(10, () => 1_000), NOW_MS);
    table.clear();
    table.clear();
    expect([rows(), table.get(['MX n1'], NOW_MS)]).toEqual([0, [null]]);
  });
});
