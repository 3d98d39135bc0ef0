// Structural sharing: what equals the value before is the value before, and nothing that differs is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reuse } from '../../../renderer/state/reuse.ts';

it('gives back the old value where the new one is a copy of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(reuse(value, structuredClone(value))).toBe(value);
    }),
  );
});

it('always equals the new value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const copy = structuredClone(after);
      expect(reuse(before, after)).toEqual(copy);
      expect(after).toEqual(copy);
    }),
  );
});

it('keeps the lists that have not changed beside one that has', () => {
  const before = { sequence: 1, lists: [{ id: 1, counters: { rows: 5 } }, { id: 2, counters: { rows: 7 } }] };
  const after = reuse(before, { sequence: 2, lists: [{ id: 1, counters: { rows: 6 } }, { id: 2, counters: { rows: 7 } }] });
  expect(after.lists[1]).toBe(before.lists[1]);
  expect(after.lists[0]).not.toBe(before.lists[0]);
});
