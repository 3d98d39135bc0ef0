// Extraction: each kind of mess by example with what was changed, what must be left alone, and properties on hostile cells.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldFullWidth, removeInvisible } from '../../../shared/address/cell-characters.ts';
import { extractAddresses } from '../../../shared/address/extract-addresses.ts';
import { EXTRACTION_CHANGES, type ExtractionChange } from '../../../shared/address/extraction-change.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';

describe('one address in a messy cell', () => {
  const cases: readonly (readonly [cell: string, text: string, start: number, changes: readonly ExtractionChange[]])[] = [
    ['a@b.de', 'a@b.de', 0, []],
    ['"john doe"@b.de', '"john doe"@b.de', 0, []],
    ['Name <a@b.de>', 'a@b.de', 6, ['display_name_removed', 'angle_brackets_removed']],
    ['"Last, First" <a@b.de>', 'a@b.de', 15, ['display_name_removed', 'angle_brackets_removed']],
    ['Last, First <a@b.de>', 'a@b.de', 13, ['display_name_removed', 'angle_brackets_removed']],
    ['"x@y.de" <a@b.de>', 'a@b.de', 10, ['display_name_removed', 'angle_brackets_removed']],
    ['O\'Brien, J. (Sales)<a@b.de>', 'a@b.de', 20, ['display_name_removed', 'angle_brackets_removed']],
    ['<a@b.de>', 'a@b.de', 1, ['angle_brackets_removed']],
    ['<"john doe"@b.de>', '"john doe"@b.de', 1, ['angle_brackets_removed']],
    ['a@b.de<mailto:a@b.de>', 'a@b.de', 0, ['list_split']],
    ['mailto:a@b.de?subject=x,y;z', 'a@b.de', 7, ['mailto_removed']],
    ['MAILTO:a%40b.de', 'a@b.de', 7, ['mailto_removed']],
    ['<mailto:a@b.de>', 'a@b.de', 8, ['angle_brackets_removed', 'mailto_removed']],
    ['a@b.de.', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de..', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de,', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de; ,', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de:', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de；', 'a@b.de', 0, ['trailing_punctuation_removed']],
    ['; a@b.de', 'a@b.de', 2, ['leading_punctuation_removed']],
    ['"a@b.de"', 'a@b.de', 1, ['quotes_removed']],
    ["'a@b.de'", 'a@b.de', 1, ['quotes_removed']],
    ['“a@b.de”', 'a@b.de', 1, ['quotes_removed']],
    ['„a@b.de“', 'a@b.de', 1, ['quotes_removed']],
    ['(a@b.de)', 'a@b.de', 1, ['brackets_removed']],
    ['[a@b.de].', 'a@b.de', 1, ['brackets_removed', 'trailing_punctuation_removed']],
    ['a@b.de (Name)', 'a@b.de', 0, ['comment_removed']],
    ['a@b.de(Name)', 'a@b.de', 0, ['comment_removed']],
    ['Ann <a@b.de> (work)', 'a@b.de', 5, ['display_name_removed', 'comment_removed', 'angle_brackets_removed']],
    ['\ufeffa@b.de', 'a@b.de', 1, ['zero_width_removed']],
    ['a\u200b@\u2060b.de', 'a@b.de', 0, ['zero_width_removed']],
    ['\u202aa@b.de\u202c', 'a@b.de', 1, ['zero_width_removed']],
    ['ａ＠ｂ．ｄｅ', 'a@b.de', 0, ['full_width_folded']],
    ['Ａｎｎ ＜ann＠b.de＞', 'ann@b.de', 5, ['display_name_removed', 'angle_brackets_removed', 'full_width_folded']],
    ['ａ\u200b＠ｂ．ｄｅ', 'a@b.de', 0, ['zero_width_removed', 'full_width_folded']],
    ['\u00a0a@b.de', 'a@b.de', 1, ['no_break_space_removed']],
    ['Ann\u00a0<\u00a0a@b.de >', 'a@b.de', 6, ['display_name_removed', 'angle_brackets_removed', 'no_break_space_removed', 'spaces_trimmed']],
    [' a@b.de\t', 'a@b.de', 1, ['spaces_trimmed']],
    ["o'hara/sales=x@b.de;", "o'hara/sales=x@b.de", 0, ['trailing_punctuation_removed']],
    ['a|b@c.de;', 'a|b@c.de', 0, ['trailing_punctuation_removed']],
    ['a@b.de, a@b.de', 'a@b.de', 0, ['list_split']],
    ['x@نامه\u200cای.com', 'x@نامه\u200cای.com', 0, []],
  ];
  it.each(cases)('%j', (cell, text, start, changes) => {
    const { found, leftover } = extractAddresses(cell);
    expect(found.map((one) => [one.text, one.start, one.changes])).toEqual([[text, start, changes]]);
    expect(found[0]?.address).toEqual(parseAddress(text));
    expect(leftover).toBe(false);
  });

  it('names every change in some case', () => {
    const named = new Set(cases.flatMap(([, , , changes]) => changes));
    expect(EXTRACTION_CHANGES.filter((change) => !named.has(change))).toEqual([]);
  });
});

describe('several addresses in a cell', () => {
  it.each([
    ['a@b.de;c@d.de', ['a@b.de', 'c@d.de']],
    ['a@b.de, c@d.de / e@f.de | g@h.de', ['a@b.de', 'c@d.de', 'e@f.de', 'g@h.de']],
    ['a@b.de/c@d.de|e@f.de', ['a@b.de', 'c@d.de', 'e@f.de']],
    ['a@b.de c@d.de\te@f.de', ['a@b.de', 'c@d.de', 'e@f.de']],
    ['a@b.de\r\nc@d.de\n\ne@f.de', ['a@b.de', 'c@d.de', 'e@f.de']],
    ['z@b.de、c@d.de；e@f.de', ['z@b.de', 'c@d.de', 'e@f.de']],
    ['Ann <a@b.de>, "Doe, B." <c@d.de>; e@f.de', ['a@b.de', 'c@d.de', 'e@f.de']],
    ['Ann <a@b.de> Bob <c@d.de>', ['a@b.de', 'c@d.de']],
    ['a@b.de <c@d.de>', ['a@b.de', 'c@d.de']],
    ['["a@b.de","c@d.de"]', ['a@b.de', 'c@d.de']],
    ['a@b.de;c@d.de;A@B.DE;a@B.de', ['a@b.de', 'c@d.de', 'A@b.de']],
  ])('%j', (cell, expected) => {
    const { found, leftover } = extractAddresses(cell);
    expect(found.map(({ address }) => address.address)).toEqual(expected);
    expect(found.every(({ changes }) => changes[0] === 'list_split')).toBe(true);
    expect(leftover).toBe(false);
  });
});

describe('what is left alone', () => {
  it.each([
    'john smith@example.com', 'ask b@c.de', 'a@b.de and c@d.de', 'E-Mail: a@b.de', 'a@b.de x', 'x, a@b.de', 'a@b.de; foo', 'grace,young@oak.test',
    'fiona(vogel)@oak.test', 'a..b@c.de', 'a@b@c.de', 'user@gmial', 'a@b', '"julia@oak.test', 'julia"g@oak.test', '<a@b.de', 'a@b.de>', '.a@b.de',
    'a@-b.de', 'a@[192.0.2.1]', 'http://a@b.de/x', '{"email":"a@b.de"}', '[x](mailto:a@b.de)', 'a<b>@c.de', '@', '%40', 'x@y <a@b.de>',
    // Faults row 71: whoever puts controls into a cell has more in mind than an address.
    'a@b.de\n', '\na@b.de', 'a@b.de\r\n', 'a@b.de\r\nRCPT TO:<c@d.de>', 'a\n@b.de', 'hugo\n@b.de', 'a@b.de\nfoo', '\0a@b.de', 'a@b.de\u0085', 'a\u0001@b.de',
    'N\u0007ame <a@b.de>', '"La\nst" <a@b.de>', 'a@b.de\u2028c@d.de', 'mailto:a%0d%0a@b.de', 'a@b.de\u202ede', 'a@b.de, c@d.de\n',
    'call me', 'a'.repeat(70_000),
  ])('%j', (cell) => {
    expect(extractAddresses(cell).leftover).toBe(true);
  });

  it.each(['', ' ', '\u00a0\u200b', '\t'])('nothing in %j is nothing left over', (cell) => {
    expect(extractAddresses(cell)).toEqual({ found: [], leftover: false });
  });

  it('finds nothing where a bare word may belong to the address', () => {
    for (const cell of ['john smith@example.com', 'a@b.de x', 'a@b.de and c@d.de']) expect(extractAddresses(cell).found).toEqual([]);
  });

  it('looks at no more than 64 KiB', () => {
    const many = 'a@b.de;'.repeat(20_000);
    expect(extractAddresses(many)).toMatchObject({ leftover: true, found: [{ text: 'a@b.de' }] });
  });
});

describe('whatever the cell', () => {
  const PIECES = ['a@b.de', 'c.d@e.org', 'x', ' ', ',', ';', '<', '>', '"', "'", '(', ')', '[', ']', '{', '}', '|', '/', '\n', '\r', '\t', '\u00a0', '\u200b', '\u200d', '\ufeff', '\u202a', '＠', 'ａ', '．', '；', '@', '.', ':', '?', '%40', '%', 'mailto:', '\\', '“', '”', 'ü', '\0', '\ud800', '、'];
  const cell = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.emailAddress(), { minLength: 1, maxLength: 4 }).map((list) => list.join('; ')),
  );

  it('each address found parses as it is said, in the order of the cell, and is at rest', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const { found } = extractAddresses(text);
        let before = 0;
        for (const one of found) {
          expect(parseAddress(one.text)).toEqual(one.address);
          expect(one.start).toBeGreaterThanOrEqual(before);
          expect(one.end).toBeGreaterThan(one.start);
          before = one.end;
          expect(extractAddresses(one.text)).toEqual({
            found: [{ address: one.address, text: one.text, start: 0, end: one.text.length, changes: [] }],
            leftover: false,
          });
        }
        expect(new Set(found.map(({ address }) => address.address)).size).toBe(found.length);
      }),
      { numRuns: 5000 },
    );
  });

  it('no character is invented but by the foldings that are named', () => {
    fc.assert(
      fc.property(cell, (text) => {
        for (const { text: parsed, start, end, changes } of extractAddresses(text).found) {
          let source = text.slice(start, end);
          if (changes.includes('mailto_removed') && source.includes('%')) source = percentDecoded(source);
          if (parsed !== source && changes.includes('zero_width_removed') && removeInvisible(source) !== source && !changes.includes('full_width_folded')) source = removeInvisible(source);
          if (changes.includes('full_width_folded')) source = foldFullWidth(parsed.length === source.length ? source : removeInvisible(source));
          expect(parsed).toBe(source);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('a cell that is an address is found as it stands, with no change', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const parsed = parseAddress(text);
        if (!parsed.ok) return;
        expect(extractAddresses(text)).toEqual({ found: [{ address: parsed, text, start: 0, end: text.length, changes: [] }], leftover: false });
      }),
      { numRuns: 5000 },
    );
  });

  it('is only ever understood as a whole: a letter more, set apart by a blank, is left over', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const { found, leftover } = extractAddresses(text);
        if (leftover || found.length === 0) return;
        expect(extractAddresses(`${text} ; word`).leftover).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

/** What is no UTF-8 in percents stays as it is. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
