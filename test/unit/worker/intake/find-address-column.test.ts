// Delimiter, header and address column of files as people have them.
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../shared/errors.ts';
import { detectDelimiter, sampleRecords } from '../../../../electron/worker/intake/detect-dialect.ts';
import { detectHeader, findAddressColumn } from '../../../../electron/worker/intake/find-address-column.ts';

function find(text: string, wanted?: string | number): { delimiter: string; header: boolean; column: number } {
  const delimiter = detectDelimiter(text, true);
  const records = sampleRecords(text, delimiter, true).map((record) => record.cells);
  const header = detectHeader(records);
  const named = typeof wanted === 'number' ? { column: 'email', addressColumn: wanted } : { column: wanted };
  const column = findAddressColumn('list.csv', header ? (records[0] ?? []) : null, header ? records.slice(1) : records, named);
  return { delimiter, header, column };
}

describe('the dialect', () => {
  const cases: readonly (readonly [name: string, text: string, delimiter: string, header: boolean, column: number])[] = [
    ['commas', 'name,email\nBob,bob@example.com\n', ',', true, 1],
    ['semicolons', 'Name;E-Mail\nMüller, Hans;hans@example.com\nMaier, Eva;eva@example.com\n', ';', true, 1],
    ['tabs', 'id\tmail\n1\ta@example.com\n2\tb@example.com\n', '\t', true, 1],
    ['pipes', 'a@example.com|x,y|1\nb@example.com|z|2\n', '|', false, 0],
    ['one column without header', 'a@example.com\nb@example.com\n', ',', false, 0],
    ['one column with header', 'Courriel\na@example.com\n', ',', true, 0],
    ['quoted delimiters', '"a;b;c","x;y;z",email\n"1;2;3","4;5;6",q@example.com\n', ',', true, 2],
    ['a name that says nothing', 'k1,k2\nfoo,a@example.com\nbar,b@example.com\n', ',', true, 1],
    ['several languages', '氏名,メールアドレス,備考\n山田,yamada@example.jp,x\n', ',', true, 1],
    ['accents and case', 'Nom;Adresse ÉLECTRONIQUE\nx;a@example.fr\n', ';', true, 1],
    ['a telling name beside a misleading one', 'E-mail status,Address,Contact e-mail\nok,Main St 1,a@example.com\nok,Side St,b@example.com\n', ',', true, 2],
    ['a whole name before a part of one', 'mail2,email\nx@example.com,a@example.com\ny@example.com,b@example.com\n', ',', true, 1],
    ['sparse addresses under a telling name', `id,email\n${'1,\n'.repeat(200)}2,a@example.com\n`, ',', true, 1],
    ['addresses in a note column', `who,mail\nask b@c.de,a@example.com\nx,b@example.com\n`, ',', true, 1],
    ['hostile headers', '__proto__,constructor,,email,email\n1,2,3,a@example.com,b@example.com\n', ',', true, 3],
  ];
  for (const [name, text, delimiter, header, column] of cases) {
    it(`is seen with ${name}`, () => {
      expect(find(text)).toEqual({ delimiter, header, column });
    });
  }
});

describe('a named column', () => {
  const text = 'Email,email,1,__proto__\na@example.com,b@example.com,c@example.com,d@example.com\n';

  it('is found by its exact name, then in any case, then by its number', () => {
    expect(find(text, 'email').column).toBe(1);
    expect(find(text, 'EMAIL').column).toBe(0);
    expect(find(text, '__proto__').column).toBe(3);
    expect(find(text, '1').column).toBe(2);
    expect(find(text, '4').column).toBe(3);
  });

  it('is found by its index before any name', () => {
    const twice = 'mail,mail\na@example.com,b@example.com\n';
    expect(find(twice, 'mail').column).toBe(0);
    expect(find(twice, 1).column).toBe(1);
    expect(find(text, 0).column).toBe(0);
    for (const index of [-1, 4, 0.5, Number.NaN]) expect(() => find(text, index)).toThrow(/has no column .*"Email", "email", "1", "__proto__"/);
  });

  it('is refused by naming the columns there are', () => {
    for (const wanted of ['mail', '0', '5', 'toString', '']) {
      expect(() => find(text, wanted)).toThrow(UserError);
      expect(() => find(text, wanted)).toThrow(/"Email", "email", "1", "__proto__"/);
    }
    expect(() => find('a@example.com\n', 'x')).toThrow(/numbered 1 to 1/);
  });
});

describe('no address column', () => {
  it('is told with what was looked for', () => {
    for (const text of ['a,b\n1,2\n', 'hello world\nthis is text\n', 'x\n1@\n']) {
      expect(() => find(text)).toThrow(/no column of e-mail addresses\. Looked for a header/);
    }
  });
});
