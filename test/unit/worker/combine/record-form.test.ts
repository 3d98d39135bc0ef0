// Columns of two tables as one, and records of one table in the other's form: whatever the cells, dialects and guards, what
// is written splits into exactly the cells that were read, each at its place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnJoin } from '../../../../electron/worker/combine/column-join.ts';
import { RecordForm } from '../../../../electron/worker/combine/record-form.ts';
import { guardCell, unguardCell } from '../../../../electron/worker/csv/guard-cell.ts';
import { RecordScanner } from '../../../../electron/worker/csv/record-scanner.ts';
import { splitRecord } from '../../../../electron/worker/csv/split-record.ts';

const table = (columns: readonly string[], addressColumn = 0, hasHeader = true) => ({ columns, addressColumn, hasHeader });

describe('columns', () => {
  const joined = (first: ReturnType<typeof table>, second: ReturnType<typeof table>, cells = second.columns.length) => {
    const join = new ColumnJoin(first);
    const places = join.add(second);
    return { places: Array.from({ length: cells }, (_, index) => places.at(index)), columns: join.columns };
  };

  it('go by name whatever their case and blanks, the k-th to the k-th, and addresses to addresses', () => {
    expect(joined(table(['email', 'Name', 'x', 'X ']), table(['X', ' NAME', 'x', 'mail', 'email', 'x'], 3))).toEqual({
      places: [2, 1, 3, 0, 4, 5], columns: ['email', 'Name', 'x', 'X ', 'email', 'x'],
    });
  });

  it('go by place where one of two has no header, and cells beyond the header get columns of their own', () => {
    expect(joined(table(['email', 'name']), table(['column_1', 'column_2', 'column_3'], 0, false)).places).toEqual([0, 1, 2]);
    expect(joined(table(['name', 'email'], 1), table(['column_1', 'column_2'], 0, false))).toEqual({ places: [1, 2], columns: ['name', 'email', 'column_2'] });
    expect(joined(table(['email']), table(['email', 'b']), 4)).toEqual({ places: [0, 1, 2, 3], columns: ['email', 'b', '', ''] });
  });
});

describe('a record', () => {
  const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', '"', '""', ' "a" ', '=1', '\'=1', '\n', '\r\n', ',', ';', '\t', '|', '"a"b', '\uFEFF'));
  const written = (cells: readonly string[], delimiter: string): string => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter);

  it('has the same cells at their places in any other form', () => {
    const delimiter = fc.constantFrom(',', ';', '\t', '|');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), delimiter, delimiter, fc.boolean(), fc.boolean(), fc.boolean(), (cells, from, to, fromGuarded, toGuarded, reversed) => {
        const at = (index: number): number => (reversed ? cells.length - 1 - index : index);
        const raw = written(fromGuarded ? cells.map(guardCell) : cells, from);
        const form = new RecordForm({ delimiter: from, guarded: fromGuarded }, { delimiter: to, guarded: toGuarded }, { at });
        const read = splitRecord(form.of(raw, { place: cells.length, value: 'last' }), new RecordScanner(to)).map((one) => (toGuarded ? unguardCell(one) : one));
        expect(read).toEqual([...cells.map((_, index) => cells[at(index)]), 'last']);
      }),
    );
  });

  it('is left as it stands where nothing moves, and refused where its delimiter cannot keep a cell', () => {
    const same = { at: (index: number) => index };
    const comma = { delimiter: ',', guarded: false };
    expect(new RecordForm(comma, comma, same).of('"a" ,b,"')).toBe('"a" ,b,"');
    expect(() => new RecordForm(comma, { delimiter: ' ', guarded: false }, same).of('"a b",c')).toThrow(expect.objectContaining({ code: 'BadUsage' }));
  });
});
