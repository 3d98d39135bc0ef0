// What a number in a sheet is shown as, from the workbook's styles (ECMA-376 18.8.30): a date, a time, or a number with
// leading zeros (post codes). Everything else is shown as the number itself.
import { attributeOf, XmlScanner } from './xml-scanner.ts';

/** `padded`: at least so many digits. */
export type CellFormat = 'number' | 'date' | 'time' | 'datetime' | { readonly padded: number };

const MAX_FORMATS = 100_000;

/** Of the formats that every program knows without being told. 27-36 and 50-58 are dates in East Asian locales. */
function builtIn(id: number): CellFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return 'time';
  return id === 22 ? 'datetime' : 'number';
}

/** What a format code such as `dd/mm/yyyy` or `00000` makes of a number. */
export function formatOfCode(code: string): CellFormat {
  // The first section is that of positive numbers; texts, colours and escapes say nothing.
  const [section = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(section);
  const plain = section.replace(/\[[^\]]*\]/g, '').replace(/general|standard/gi, '');
  const time = elapsed || /[hs]/i.test(plain);
  const date = /[yd]/i.test(plain) || (!time && /m/i.test(plain));
  if (date) return time ? 'datetime' : 'date';
  if (time) return 'time';
  return /^0{2,}$/.test(plain) ? { padded: plain.length } : 'number';
}

/** Reads `xl/styles.xml`; `formats` is filled with the formats of the cells' styles, by number. */
export function cellFormatsScanner(formats: CellFormat[]): XmlScanner {
  const codes = new Map<number, CellFormat>();
  let inCells = false;
  return new XmlScanner({
    open(name, attributes) {
      if (name === 'numFmt' && codes.size < MAX_FORMATS) codes.set(Number(attributeOf(attributes, 'numFmtId')), formatOfCode(attributeOf(attributes, 'formatCode') ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells && formats.length < MAX_FORMATS) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
        formats.push(codes.get(id) ?? builtIn(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
    text: () => undefined,
  });
}
