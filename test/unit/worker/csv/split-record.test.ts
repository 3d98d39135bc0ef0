// How a record splits into cells: the cases of RFC 4180 and the lenient ones.
import { describe, expect, it } from 'vitest';
import { RecordScanner } from '../../../../electron/worker/csv/record-scanner.ts';
import { splitRecord } from '../../../../electron/worker/csv/split-record.ts';

const split = (record: string, delimiter = ','): string[] => splitRecord(record, new RecordScanner(delimiter));

describe('splitRecord', () => {
  const cases: readonly (readonly [record: string, cells: readonly string[], delimiter?: string])[] = [
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    [',', ['', '']],
    ['""', ['']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a\r\nb\nc\rd",e', ['a\r\nb\nc\rd', 'e']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['""""', ['"']],
    ['"""",""""""', ['"', '""']],
    // A quote that does not open the cell is an ordinary character.
    ['a"b"c,d', ['a"b"c', 'd']],
    [' "a",b', [' "a"', 'b']],
    // Text after the closing quote: the cell stays as it was written.
    ['"x"y,z', ['"x"y', 'z']],
    ['"a""b"c,d', ['"a""b"c', 'd']],
    ['"x"y"z",w', ['"x"y"z"', 'w']],
    // Blanks after the closing quote stay behind the value.
    ['"bob@example.com" ,x', ['bob@example.com ', 'x']],
    ['"a ""q"""\t ,x', ['a "q"\t ', 'x']],
    ['"a"\tb', ['a', 'b'], '\t'],
    // A quote that is never closed is an ordinary character.
    ['"abc,def', ['"abc', 'def']],
    ['a,"b', ['a', '"b']],
    ['"', ['"']],
    ['"abc"",x', ['"abc""', 'x']],
    ['a;b,c', ['a', 'b,c'], ';'],
    ['a|"b|c"', ['a', 'b|c'], '|'],
    ['\0,a\0b', ['\0', 'a\0b']],
    ['é,"日,本",😀', ['é', '日,本', '😀']],
  ];
  for (const [record, cells, delimiter] of cases) {
    it(`splits ${JSON.stringify(record)}`, () => {
      expect(split(record, delimiter)).toEqual(cells);
    });
  }

  it('splits 5,000 columns', () => {
    const cells = Array.from({ length: 5_000 }, (_, index) => (index % 3 === 0 ? `"${String(index)}"` : String(index)));
    expect(split(cells.join(','))).toEqual(cells.map((cell) => cell.replaceAll('"', '')));
  });
});
