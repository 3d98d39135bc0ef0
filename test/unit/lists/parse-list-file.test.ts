import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../shared/errors.ts';
import type { ListKind } from '../../../shared/lists/list-kinds.ts';
import { MAX_LINE_PROBLEMS, parseListFile } from '../../../shared/lists/parse-list-file.ts';

const entriesOf = (text: string, kind: ListKind = 'suppress') => parseListFile(text, kind, 'list.txt').entries;

describe('parseListFile', () => {
  it('reads one entry a line, whatever ends the line', () => {
    expect(entriesOf('a@x.de\nb@x.de\r\nc@x.de\rd@x.de')).toEqual(['a@x.de', 'b@x.de', 'c@x.de', 'd@x.de']);
  });

  it('passes over comments, blank lines, a BOM and the name of the column', () => {
    expect(entriesOf('\ufeff# ours\n\n  \nEmail\na@x.de # left in May\n\t# more\nx.de\n')).toEqual(['a@x.de', 'x.de']);
  });

  it('takes the first column of a CSV', () => {
    expect(entriesOf('email,name\na@x.de,Jane\n"b@x.de","Doe, John"\n"c@x.de";x\nd@x.de\tx\n"e@x.de"')).toEqual(['a@x.de', 'b@x.de', 'c@x.de', 'd@x.de', 'e@x.de']);
  });

  it('normalises, and keeps each entry once', () => {
    expect(entriesOf('X@MÜLLER.de\nX@xn--mller-kva.de\n@Example.COM\nexample.com.\n*.example.com\n.example.com\n"john doe"@x.de')).toEqual([
      'X@xn--mller-kva.de', 'example.com', '"john doe"@x.de',
    ]);
  });

  it('knows which entries a kind has', () => {
    expect(entriesOf('Sales\ninfo@\n', 'role')).toEqual(['sales', 'info']);
    expect(entriesOf('@throw.example\nthrow.example\n', 'disposable')).toEqual(['throw.example']);
    expect(parseListFile('a@x.de\n', 'free', 'l').problems).toEqual([{ line: 1, text: 'a@x.de', problem: 'An address, but this list is one of domains.' }]);
    expect(parseListFile('a@x.de\nno space\n', 'role', 'l').problems.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('tells bad lines with their numbers and drops none in silence', () => {
    expect(parseListFile('\ufeffa@x.de\r\n\r\nb@@x.de\r\nno domain\r\nemail\r\nx.nosuchtld\r\n', 'block', 'l')).toEqual({
      entries: ['a@x.de'],
      badLines: 4,
      problems: [
        { line: 3, text: 'b@@x.de', problem: 'Not an address.' },
        { line: 4, text: 'no domain', problem: 'Neither an address nor a domain.' },
        { line: 5, text: 'email', problem: 'Neither an address nor a domain.' },
        { line: 6, text: 'x.nosuchtld', problem: 'Neither an address nor a domain.' },
      ],
    });
  });

  it('tells the first bad lines and counts all', () => {
    const { problems, badLines } = parseListFile(`ok.de\n${'bad line\n'.repeat(50)}`, 'block', 'l');
    expect([problems.length, badLines, problems.at(-1)?.line]).toEqual([MAX_LINE_PROBLEMS, 50, MAX_LINE_PROBLEMS + 1]);
    expect(parseListFile(`ok.de\n${'x'.repeat(1000)}`, 'block', 'l').problems[0]?.text.length).toBe(80);
  });

  it('refuses a list beyond its limits, naming the file', () => {
    const limits = { maxEntries: 2, maxLength: 20 };
    expect(parseListFile('a.de\nb.de\na.de\n', 'block', 'l', limits).entries.length).toBe(2);
    expect(() => parseListFile('a.de\nb.de\nc.de\n', 'block', 'big.txt', limits)).toThrow(/big\.txt is too large: at most 2 entries/);
    expect(() => parseListFile('x'.repeat(21), 'block', 'big.txt', limits)).toThrow(UserError);
  });

  it('is linear in lines of quotes and in one endless line', () => {
    expect(parseListFile('"'.repeat(1_000_000), 'block', 'l').badLines).toBe(1);
    expect(parseListFile(`"${'ab'.repeat(6_000_000)}x`, 'block', 'l').badLines).toBe(1);
    expect(entriesOf(`a@x.de,${'y'.repeat(1_000_000)}`)).toEqual(['a@x.de']);
  });

  it('gives entries that are read again as themselves', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'B', '.', '@', '-', '"', ',', ';', ' ', '#', '\t', 'ü', 'x.de', 'a@x.de', '\ufeff', '*') });
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom<ListKind>('suppress', 'disposable', 'role'), fc.constantFrom('\n', '\r\n', '\r'), (lines, kind, newline) => {
        const { entries, badLines } = parseListFile(lines.join(newline), kind, 'l');
        expect(entries.length + badLines).toBeLessThanOrEqual(lines.length + 1);
        expect(entriesOf(entries.filter((entry) => !/^#|[,;\t]|\s#/.test(entry)).join('\n'), kind)).toEqual(
          entries.filter((entry) => !/^#|[,;\t]|\s#/.test(entry)),
        );
      }),
    );
  });
});
