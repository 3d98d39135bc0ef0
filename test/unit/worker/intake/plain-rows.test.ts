// The short way of plain rows: whatever a file holds, it gives the same rows as the long way, which every row takes where
// somebody is suppressed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkParser } from '../../../../electron/worker/csv/chunk-parser.ts';
import { BatchBuilder } from '../../../../electron/worker/intake/batch-builder.ts';
import { KeyIndex } from '../../../../electron/worker/intake/key-index.ts';
import { plainAddressAt } from '../../../../electron/worker/intake/plain-address.ts';
import type { IntakePlan } from '../../../../electron/worker/intake/plan-intake.ts';
import { RowIntake } from '../../../../electron/worker/intake/row-intake.ts';
import { countSequences, utf8Census } from '../../../../electron/worker/intake/utf8-census.ts';

const PLAN: IntakePlan = { encoding: 'utf-8', bomBytes: 0, clean: true, delimiter: ',', newline: '\n', hasHeader: false, header: [], addressColumn: 0, guarded: false };

const local = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('ann', 'bob', 'a.b', 'Ann', "o'hara", 'x+y') },
  fc.constantFrom('', '.', 'a.', '.a', 'a..b', '"a b"', 'é', '日本', 'a b', "'=x", 'l'.repeat(64), 'l'.repeat(65)),
  fc.string({ maxLength: 6 }),
);
const domain = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('example.com', 'mail.org', 'a-b.net') },
  fc.constantFrom('EXAMPLE.com', 'example.com.', 'bücher.de', 'xn--bcher-kva.de', 'nothing', '', 'a@example.com', `${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.${'g'.repeat(60)}.com`),
);
const cell = fc.oneof({ weight: 8, arbitrary: fc.tuple(local, domain).map(([name, at]) => `${name}@${at}`) }, fc.constantFrom('', ' ann@example.com', 'Ann <ann@example.com>', "'@example.com"), fc.string({ maxLength: 8 }));
const rest = fc.constantFrom('', ',x', ',é', ',"a,b"', ',"line\nend"');
const row = fc.tuple(cell, fc.boolean(), rest).map(([value, isQuoted, more]) => `${isQuoted ? `"${value.replaceAll('"', '""')}"` : value}${more}\n`);

function read(text: string, plan: IntakePlan, suppress: readonly string[]): object {
  const builder = new BatchBuilder();
  const intake = new RowIntake(builder, { plan, practice: false, atMs: 1, lists: { suppress } });
  const parser = new ChunkParser(',', intake);
  const bytes = parser.push(Buffer.from(text));
  const first = builder.finish(bytes, 0);
  const second = builder.finish(parser.end(), 0);
  return { first, second, rows: intake.rows, duplicates: intake.duplicates, empty: intake.empty, extracted: intake.extracted, problems: intake.problems };
}

describe('RowIntake', () => {
  it.each([PLAN, { ...PLAN, clean: false }, { ...PLAN, encoding: 'windows-1252' }])('reads plain rows as it reads all others ($encoding, clean: $clean)', (plan) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        expect(read(rows.join(''), plan, [])).toEqual(read(rows.join(''), plan, ['nobody@suppressed.example']));
      }),
      { numRuns: 300 },
    );
  });

  it('takes no two addresses for one', () => {
    const text = 'ann@example.com\nAnn@example.com\nann@mail.org\nann@example.com\n';
    expect(read(text, PLAN, [])).toMatchObject({ rows: 4, duplicates: 1 });
  });
});

describe('plainAddressAt', () => {
  it('finds the at sign of a dot-atom of at most 64 octets', () => {
    const at = (text: string): number => plainAddressAt(Buffer.from(text), 0, Buffer.byteLength(text));
    expect(['a@b', 'a.b@c', `${'l'.repeat(64)}@c`].map(at)).toEqual([1, 3, 64]);
    expect(['@b', '.a@b', 'a.@b', 'a..b@c', 'a b@c', 'é@c', 'a', '', `${'l'.repeat(65)}@c`, `a@${'c'.repeat(253)}`].map(at)).toEqual(Array(10).fill(-1));
  });
});

describe('KeyIndex', () => {
  it('knows a key by its bytes as by its text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 4 })), fc.nat(3), (keys, space) => {
        const byText = new KeyIndex();
        const mixed = new KeyIndex();
        for (const [index, key] of keys.entries()) {
          const bytes = Buffer.from(`<${key}>`);
          const known = byText.addOrFind(key, index + 1, space);
          expect(mixed.findBytes(bytes, 1, bytes.length - 1, space)).toBe(known);
          expect(index % 2 === 0 ? mixed.addOrFind(key, index + 1, space) : mixed.addOrFindBytes(bytes, 1, bytes.length - 1, index + 1, space)).toBe(known);
        }
      }),
    );
  });
});

describe('countSequences', () => {
  it('counts what the census counts, wherever the bytes lie', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀'), maxLength: 40 }), fc.nat(3), (text, offset) => {
        const bytes = Buffer.from(`${'x'.repeat(offset)}${text}`).subarray(offset);
        expect(countSequences(bytes)).toBe(utf8Census(bytes).sequences);
      }),
    );
  });
});
