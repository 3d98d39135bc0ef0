import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SaidMemory } from '../../../../electron/worker/export/said-memory.ts';

const place = fc.integer({ min: 1, max: 2 ** 45 });

describe('SaidMemory', () => {
  it('knows a place only with what was kept for it last, whatever else was kept', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(1_000_000), fc.nat()), { maxLength: 3_000 }), fc.nat(20_000), (kept, rows) => {
        const memory = new SaidMemory(rows);
        const last = new Map<number, readonly [number, number]>();
        for (const [at, said, checkedAtMs] of kept) {
          // As a reader does: only what is not known is read and kept.
          if (memory.find(at) >= 0) continue;
          memory.keep(at, said, checkedAtMs);
          last.set(at, [said, checkedAtMs]);
          expect(memory.find(at)).toBeGreaterThanOrEqual(0);
        }
        for (const [at, [said, checkedAtMs]] of last) {
          const slot = memory.find(at);
          if (slot >= 0) expect([memory.said(slot), memory.checkedAtMs(slot)]).toEqual([said, checkedAtMs]);
        }
      }),
    );
  });

  it('has room for about as many places as half the rows, at neighbouring places too', () => {
    const memory = new SaidMemory(100_000);
    const places = Array.from({ length: 40_000 }, (_, index) => (index >> 3) * 4_096 + (index & 7) * 150 + 1);
    for (const [index, at] of places.entries()) memory.keep(at, index, index);
    expect(places.filter((at) => memory.find(at) >= 0).length).toBeGreaterThan(36_000);
  });

  it('knows nothing after it was cleared, and no place in an empty slot', () => {
    const memory = new SaidMemory(0);
    expect(memory.find(1)).toBe(-1);
    memory.keep(1, 2, 3);
    memory.clear();
    expect(memory.find(1)).toBe(-1);
  });
});
