import { describe, expect, it } from 'vitest';
import type { DnsAnswer } from '../../../electron/engine/dns/dns-answer.ts';
import { createStoreCacheLevel, type StoredAnswer } from '../../../electron/engine/dns/store-cache-level.ts';
import { createDrivenClock } from '../../integration/dns/driven-clock.ts';

const MX: DnsAnswer = { kind: 'records', mx: [{ preference: 10, exchange: 'mx.firm.test' }], ips: [], ttlSec: 300 };

/** A store whose calls are answered by hand; `at once` answers with what it holds. */
function levelOver() {
  const clock = createDrivenClock();
  const held = new Map<string, StoredAnswer>();
  const reads: { readonly keys: readonly string[]; readonly answer: () => void; readonly fail: () => void }[] = [];
  const writes: { readonly entries: readonly StoredAnswer[]; readonly done: () => void; readonly fail: () => void }[] = [];
  const level = createStoreCacheLevel({
    clock,
    store: {
      dnsCacheGet: (keys) => new Promise((resolve, reject) => {
        reads.push({ keys, answer: () => { resolve(keys.map((key) => held.get(key) ?? null)); }, fail: () => { reject(new Error('busy')); } });
      }),
      dnsCacheSet: (entries) => new Promise((resolve, reject) => {
        writes.push({ entries, done: resolve, fail: () => { reject(new Error('full')); } });
      }),
    },
  });
  const hold = (key: string, answer: DnsAnswer, leftMs: number): void => { held.set(key, { key, answer: JSON.stringify(answer), expiresAtMs: clock.epochMs() + leftMs }); };
  const entry = (name: string, answer = MX) => ({ name, type: 'MX' as const, answer, expiresAtMs: clock.monotonicMs() + answer.ttlSec * 1000 });
  return { clock, level, reads, writes, hold, entry };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('reading', () => {
  it('takes one call for all that is asked in a turn, in parts of 500', async () => {
    const { level, reads, hold, clock } = levelOver();
    clock.advance(7_000);
    hold('MX n7.test', MX, 60_000);
    const asked = Array.from({ length: 1_100 }, (_, index) => level.get(`n${index}.test`, 'MX'));
    await turn();
    expect(reads.map(({ keys }) => keys.length)).toEqual([500, 500, 100]);
    for (const { answer } of reads) answer();
    const found = await Promise.all(asked);
    expect(found.flatMap((each, index) => (each === null ? [] : [index]))).toEqual([7]);
    expect(found[7]).toEqual({ answer: MX, expiresAtMs: 67_000 });
    expect(clock.timers).toBe(0);
  });

  it('in bulk takes one call', async () => {
    const { level, reads, hold } = levelOver();
    hold('A n1.test', { ...MX, mx: [], ips: ['93.184.216.34'] }, 60_000);
    const found = level.getMany([{ name: 'n0.test', type: 'A' }, { name: 'n1.test', type: 'A' }]);
    reads[0]?.answer();
    expect((await found).map((each) => each?.answer.kind ?? null)).toEqual([null, 'records']);
    expect(reads).toHaveLength(1);
  });

  it('waits ten milliseconds at most, and then leaves the store alone for a second', async () => {
    const { level, reads, clock, hold } = levelOver();
    hold('MX a.test', MX, 60_000);
    const late = level.get('a.test', 'MX');
    await turn();
    clock.advance(10);
    expect(await late).toBeNull();
    expect(await level.get('a.test', 'MX')).toBeNull();
    expect(await level.getMany([{ name: 'a.test', type: 'MX' }])).toEqual([null]);
    expect(reads).toHaveLength(1);
    clock.advance(1_000);
    const again = level.get('a.test', 'MX');
    await turn();
    reads[1]?.answer();
    expect((await again)?.answer).toEqual(MX);
  });

  it('takes trouble for a miss', async () => {
    const { level, reads } = levelOver();
    const asked = level.get('a.test', 'MX');
    await turn();
    reads[0]?.fail();
    expect(await asked).toBeNull();
  });

  it('lets nothing live longer than its TTL, whatever the wall clock says, and believes no nonsense', async () => {
    const { level, reads, hold } = levelOver();
    hold('MX a.test', MX, 86_400_000);
    hold('MX b.test', MX, 0);
    hold('MX c.test', { kind: 'nxdomain', ttlSec: 300 }, 60_000);
    const found = level.getMany(['a', 'b', 'c'].map((name) => ({ name: `${name}.test`, type: 'MX' as const })));
    reads[0]?.answer();
    expect((await found).map((each) => each?.expiresAtMs ?? null)).toEqual([300_000, null, null]);
  });
});

describe('writing', () => {
  it('waits for nobody: once a second, or when 500 have come together', async () => {
    const { level, writes, entry, clock } = levelOver();
    level.set(entry('a.test'));
    level.set(entry('b.test'));
    level.set(entry('a.test'));
    clock.advance(999);
    expect(writes).toEqual([]);
    clock.advance(1);
    expect(writes.map(({ entries }) => entries)).toEqual([
      ['MX a.test', 'MX b.test'].map((key) => ({ key, answer: JSON.stringify(MX), expiresAtMs: clock.epochMs() - 1_000 + 300_000 })),
    ]);
    writes[0]?.done();
    await turn();
    level.setMany(Array.from({ length: 500 }, (_, index) => entry(`n${index}.test`)));
    expect(writes[1]?.entries).toHaveLength(500);
  });

  it('has one call out at a time, and goes on after a failure', async () => {
    const { level, writes, entry, clock } = levelOver();
    level.setMany(Array.from({ length: 1_200 }, (_, index) => entry(`n${index}.test`)));
    expect(writes).toHaveLength(1);
    writes[0]?.fail();
    await turn();
    expect(writes).toHaveLength(2);
    writes[1]?.done();
    await turn();
    clock.advance(1_000);
    expect(writes.map(({ entries }) => entries.length)).toEqual([500, 500, 200]);
  });

  it('leaves out what must not outlive the run, and what has expired meanwhile', () => {
    const { level, writes, entry, clock } = levelOver();
    level.set(entry('gone.test', { kind: 'nxdomain', ttlSec: 300 }));
    level.set(entry('none.test', { kind: 'nodata', ttlSec: 300 }));
    expect([level.size, clock.timers]).toEqual([0, 0]);
    level.set({ ...entry('short.test'), expiresAtMs: 500 });
    level.set(entry('mx.test'));
    clock.advance(1_000);
    expect(writes.flatMap(({ entries }) => entries.map(({ key }) => key))).toEqual(['MX mx.test']);
  });

  it('keeps no more than 5,000 for a store that does not come back', () => {
    const { level, entry } = levelOver();
    level.setMany(Array.from({ length: 20_000 }, (_, index) => entry(`n${index}.test`)));
    expect(level.size).toBeLessThanOrEqual(5_000);
  });

  it('is finished at the end: what is left is written, and who waits is answered', async () => {
    const { level, writes, entry, clock } = levelOver();
    level.set(entry('a.test'));
    const waiting = level.get('b.test', 'MX');
    level.close();
    expect(await waiting).toBeNull();
    expect(writes).toHaveLength(1);
    level.set(entry('c.test'));
    expect(await level.get('a.test', 'MX')).toBeNull();
    expect([writes.length, clock.timers]).toEqual([1, 0]);
  });
});
