// The scanner of bytes finds exactly what the scanner of strings finds, in whatever text, wherever it begins.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteScanner } from '../../../../electron/worker/csv/byte-scanner.ts';
import { MAX_RECORD_LENGTH, RecordScanner, type ScannedRecord } from '../../../../electron/worker/csv/record-scanner.ts';

const seen = (scanner: ScannedRecord): unknown => ({
  cells: Array.from({ length: scanner.count }, (_, index) => [scanner.starts[index], scanner.ends[index], scanner.kinds[index]]),
  end: scanner.end,
  next: scanner.next,
  unclosedAt: scanner.unclosedAt,
  anyQuoted: scanner.anyQuoted,
});

describe('ByteScanner', () => {
  it('finds what RecordScanner finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', '"', ',', ';', '\t', '|', '\r', '\n', ' ', 'é', '\0'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.constantFrom(',', ';', '\t', '|'), fc.boolean(), fc.nat({ max: 8 }), (document, delimiter, final, from) => {
        const bytes = Buffer.from(document, 'utf8');
        const latin1 = bytes.toString('latin1');
        const start = Math.min(from, latin1.length);
        const byBytes = new ByteScanner(delimiter);
        const byText = new RecordScanner(delimiter);
        const result = byText.scan(latin1, start, final);
        expect(byBytes.scan(bytes, latin1, start, final)).toBe(result);
        if (result !== 'record') return;
        expect(seen(byBytes)).toEqual(seen(byText));
        const record = bytes.subarray(start, byText.end);
        expect(byBytes.anyHigh).toBe(record.some((byte) => byte >= 0x80));
        for (let cell = 0; cell < byText.count; cell++) {
          const high = bytes.subarray(byText.starts[cell], byText.ends[cell]).some((byte) => byte >= 0x80);
          expect((byBytes.highs[cell] ?? 0) !== 0).toBe(high);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes records of many cells, and none that is too long', () => {
    const wide = Buffer.from(`${'é,'.repeat(5_000)}\n`);
    const scanner = new ByteScanner(',');
    expect(scanner.scan(wide, wide.toString('latin1'), 0, false)).toBe('record');
    expect([scanner.count, scanner.highs[4_999], scanner.highs[5_000]]).toEqual([5_001, 0x80, 0]);
    for (const length of [MAX_RECORD_LENGTH - 1, MAX_RECORD_LENGTH, MAX_RECORD_LENGTH + 1]) {
      const long = Buffer.from(`${'x'.repeat(length)}\n`);
      const expected = new RecordScanner(',').scan(long.toString('latin1'), 0, true);
      expect(new ByteScanner(',').scan(long, long.toString('latin1'), 0, true)).toBe(expected);
    }
  });
});
