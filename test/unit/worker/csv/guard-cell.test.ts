// Spreadsheet safety: nothing that a spreadsheet would run starts a cell, and every cell comes back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardCell, unguardCell } from '../../../../electron/worker/csv/guard-cell.ts';

const DANGEROUS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

describe('guardCell', () => {
  it('puts an apostrophe before everything that starts a formula', () => {
    for (const start of DANGEROUS) expect(guardCell(`${start}1+1`)).toBe(`'${start}1+1`);
    expect(guardCell("'=1")).toBe("''=1");
  });

  it('leaves other cells alone', () => {
    for (const cell of ['', 'a=b', 'bob@example.com', "'quoted'", "O'Neill", ' =1', '1-1']) expect(guardCell(cell)).toBe(cell);
  });

  it('is undone exactly by unguardCell, and its result never starts dangerously', () => {
    const cell = fc.string({ unit: fc.constantFrom("'", ...DANGEROUS, 'a', ' ', '1'), maxLength: 6 });
    fc.assert(
      fc.property(cell, (value) => {
        const guarded = guardCell(value);
        expect(unguardCell(guarded)).toBe(value);
        expect(DANGEROUS.some((start) => guarded.startsWith(start))).toBe(false);
      }),
    );
  });
});
