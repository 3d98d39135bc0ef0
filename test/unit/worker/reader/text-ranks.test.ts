// Ranks of texts against sorting them as bytes: with common beginnings of any length, few and many, and any characters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runNow } from '../../../../electron/worker/reader/rows-finder.ts';
import { textRanks } from '../../../../electron/worker/reader/text-ranks.ts';

function ranksOf(texts: ReadonlyMap<number, string>): number[] {
  const last = Math.max(0, ...texts.keys());
  const all = [...texts].sort(([a], [b]) => a - b);
  return [
    ...runNow(
      textRanks({
        last,
        after: (number, limit) => all.filter(([one]) => one > number).slice(0, limit),
        text: (number) => texts.get(number) ?? '',
        tell: () => undefined,
      }),
    ),
  ];
}

function expected(texts: ReadonlyMap<number, string>): number[] {
  const distinct = [...new Set(texts.values())].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Array.from({ length: Math.max(0, ...texts.keys()) + 1 }, (_, number) => distinct.indexOf(texts.get(number) ?? '\u0000') + 1);
}

describe('ranks', () => {
  it('are those of the texts sorted by their bytes; equal texts have equal ones', () => {
    const part = fc.constantFrom('a', 'b', 'aaaaaaaa', 'maria.gonzalez', '@example.com', 'é', '€', '\u{1f600}', '');
    const text = fc.oneof(fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ maxLength: 40 }).map((any) => any.replaceAll('\u0000', '')));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), text), { maxLength: 60 }), (pairs) => {
        const texts = new Map(pairs);
        expect(ranksOf(texts)).toEqual(expected(texts));
      }),
      { numRuns: 300 },
    );
  });

  it('are right where more begin alike than are held at once, however long the beginning', () => {
    const texts = new Map(Array.from({ length: 6_000 }, (_, index) => [index + 1, `the.same.long.beginning.of.all.of.them.${String((index * 7_919) % 6_007)}@example.com`] as const));
    expect(ranksOf(texts)).toEqual(expected(texts));
  });
});
