import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { reportCsv, reportText } from '../../../../electron/main/files/report-text.ts';
import type { ImportReport } from '../../../../electron/worker/interface.ts';

const report = {
  problems: [
    { row: 2, line: 3, problem: 'the row is longer than 1 MiB, and "was" left out', dropped: true },
    { row: 9, line: 12, problem: '=HYPERLINK(1).csv: the row has\t4 cells', dropped: false },
  ],
  problemCount: 5,
} as unknown as ImportReport;

describe('the report of an import', () => {
  it('is a CSV that reads back, and that no spreadsheet runs', () => {
    expect(parse(reportCsv(report), { bom: true })).toEqual([
      ['Row', 'Line', 'Record', 'Why'],
      ['2', '3', 'Left out', 'the row is longer than 1 MiB, and "was" left out'],
      ['9', '12', 'Imported', "'=HYPERLINK(1).csv: the row has\t4 cells"],
      ['', '', '', 'and 3 more, which were not written down'],
    ]);
  });

  it('is lines with tabs on the clipboard', () => {
    const lines = reportText(report).split('\n');
    expect(lines[1]).toBe('2\t3\tLeft out\tthe row is longer than 1 MiB, and "was" left out');
    expect(lines[2]).toBe("9\t12\tImported\t'=HYPERLINK(1).csv: the row has 4 cells");
  });
});
