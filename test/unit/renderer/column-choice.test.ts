import { describe, expect, it } from 'vitest';
import { chosenColumns, foundColumns, ownColumns, withColumns, withOneColumn, withoutColumns } from '../../../renderer/features/import/column-choice.ts';
import type { ImportPreview } from '../../../shared/ipc/lists.ts';

function preview(columns: string[], addressColumn: number | null, addressColumns: number[], hasHeader = true): ImportPreview {
  return { columns, addressColumn, addressColumns, hasHeader } as unknown as ImportPreview;
}

const ONE = preview(['Name', 'Mail', 'mail ', 'Private'], 1, [1, 3]);
const SEVERAL = preview(['Name', 'Mail', 'mail ', 'Private', 'address', 'address_column'], 4, [1, 3, 4]);

describe('one address column', () => {
  it('is the one that was found or chosen, and takes the place of several', () => {
    expect(chosenColumns(ONE, {})).toEqual([1]);
    expect(withOneColumn({ addressColumns: ['Mail'], sheet: 'A' }, 2)).toEqual({ addressColumn: 2, sheet: 'A' });
    expect(chosenColumns({ ...ONE, addressColumn: null }, {})).toEqual([]);
  });
});

describe('several address columns', () => {
  it('are named where the name is theirs alone, and numbered else', () => {
    expect(withColumns({ addressColumn: 1 }, ONE, [3, 1, 3])).toEqual({ hasHeader: true, addressColumns: ['2', 'Private'] });
    expect(withColumns({}, preview(['column_1', 'column_2'], 1, [0, 1], false), [0, 1])).toEqual({ hasHeader: false, addressColumns: ['1', '2'] });
    expect(withColumns({ sheet: 'A' }, ONE, [])).toEqual({ sheet: 'A' });
  });

  it('are found again in the preview that has two columns more', () => {
    const reading = withColumns({}, ONE, [1, 3]);
    for (const shown of [ONE, SEVERAL]) {
      expect(ownColumns(shown, reading)).toEqual(ONE.columns);
      expect(chosenColumns(shown, reading)).toEqual([1, 3]);
      expect(foundColumns(shown, reading)).toEqual([1, 3]);
    }
    expect(withColumns(reading, SEVERAL, [0, 1, 3])).toEqual({ hasHeader: true, addressColumns: ['Name', '2', 'Private'] });
  });

  it('are forgotten where numbers may mean others', () => {
    expect(withoutColumns({ addressColumn: 1, addressColumns: 'all', delimiter: ';' })).toEqual({ delimiter: ';' });
  });
});
