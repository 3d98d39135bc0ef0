// A rule and the rows that it means, and how the window makes rules: both against sets of rows.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inverted, isSelected, NOTHING, selectedCount, withRows, type Selection } from '../../../../renderer/features/results/selection.ts';
import { selectedRows } from '../../../../electron/worker/reader/selected-rows.ts';

const MATCHING = [2, 3, 5, 7, 8, 9, 20, 21, 40];

type Act = { readonly kind: 'turn'; readonly rows: readonly number[]; readonly to: boolean } | { readonly kind: 'all'; readonly all: boolean } | { readonly kind: 'invert' };

it('whatever is clicked, the rule selects the same rows as a set would, and counts them', () => {
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ kind: fc.constant('turn' as const), rows: fc.subarray(MATCHING), to: fc.boolean() }),
    fc.record({ kind: fc.constant('all' as const), all: fc.boolean() }),
    fc.constant({ kind: 'invert' as const }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      let rule: Selection = NOTHING;
      let set = new Set<number>();
      for (const one of acts) {
        if (one.kind === 'turn') {
          rule = withRows(rule, one.rows, one.to) ?? rule;
          for (const row of one.rows) set[one.to ? 'add' : 'delete'](row);
        } else if (one.kind === 'all') {
          rule = { all: one.all, turned: [] };
          set = new Set(one.all ? MATCHING : []);
        } else {
          rule = inverted(rule);
          set = new Set(MATCHING.filter((row) => !set.has(row)));
        }
        const expected = MATCHING.filter((row) => set.has(row));
        expect(MATCHING.filter((row) => isSelected(rule, row))).toEqual(expected);
        expect([...selectedRows(Uint32Array.from(MATCHING), { all: rule.all, turned: rule.turned.map(([a, b]) => [a, b]) })]).toEqual(expected);
        expect(selectedCount(rule, MATCHING.length)).toBe(expected.length);
      }
    }),
  );
});

it('what needs the number of all is not known without it, and too many single rows are refused', () => {
  expect(selectedCount({ all: true, turned: [] }, null)).toBeNull();
  expect(selectedCount({ all: false, turned: [[1, 4]] }, null)).toBe(4);
  expect(withRows(NOTHING, Array.from({ length: 10_001 }, (_, index) => 2 * index + 1), true)).toBeNull();
});
