// The sort of row numbers against the plain one: same order, equal keys as they were.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { radixSort } from '../../../../electron/worker/reader/radix-sort.ts';
import { runNow } from '../../../../electron/worker/reader/rows-finder.ts';

it('sorts by any keys of 32 bits, and is stable', () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 65_535, 65_536, 0xfffffffe, 0xffffffff));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
      const keyAt = (row: number): number => keys[row] ?? 0;
      const rows = keys.map((_, row) => row);
      const expected = rows.toSorted((a, b) => keyAt(a) - keyAt(b));
      expect([...runNow(radixSort(Uint32Array.from(rows), keyAt))]).toEqual(expected);
    }),
  );
});

it('comes back in between, so that others are answered', () => {
  let steps = 0;
  const sorting = radixSort(new Uint32Array(1_000_000).map((_, index) => index), (row) => (row * 48_271) % 2_147_483_647);
  while (sorting.next().done !== true) steps++;
  expect(steps).toBeGreaterThanOrEqual(20);
});
