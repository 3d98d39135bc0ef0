// ZIP archives for tests, well made or lying about what they hold; and the few parts that make an archive a workbook.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly data: string | Buffer;
  readonly stored?: boolean;
  /** What the directory says instead of the truth. */
  readonly saysSize?: number;
  readonly saysCrc?: number;
  readonly flags?: number;
}

export function zipFile(parts: readonly ZipPart[], comment = ''): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, stored = false, saysSize, saysCrc, flags = 0x800 } of parts) {
    const bytes = Buffer.from(data);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const names = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(saysCrc ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(saysSize ?? bytes.length, 18);
    common.writeUInt16LE(names.length, 22);
    pieces.push(Buffer.from('PK\x03\x04', 'latin1'), common, names, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, names);
    offset += 30 + names.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...pieces, entries, end, Buffer.from(comment)]);
}

export interface WorkbookParts {
  /** Name and the XML within `sheetData`. */
  readonly sheets: readonly (readonly [name: string, rows: string, state?: string])[];
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly date1904?: boolean;
  /** More parts, or others in the place of those. */
  readonly parts?: readonly ZipPart[];
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as Excel orders it: sheets first, shared strings last. */
export function workbookFile({ sheets, sharedStrings, styles, date1904 = false, parts = [] }: WorkbookParts): Buffer {
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = [
    ...sheets.map((_, index) => relation(`rId${String(index + 1)}`, 'worksheet', `worksheets/sheet${String(index + 1)}.xml`)),
    ...(sharedStrings === undefined ? [] : [relation('rIdS', 'sharedStrings', 'sharedStrings.xml')]),
    ...(styles === undefined ? [] : [relation('rIdF', 'styles', '/xl/styles.xml')]),
  ];
  const listed = sheets.map(([name, , state = 'visible'], index) => `<sheet name="${name}" sheetId="${String(index + 1)}" state="${state}" r:id="rId${String(index + 1)}"/>`);
  const standard: ZipPart[] = [
    { name: '_rels/.rels', data: `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>` },
    { name: 'xl/workbook.xml', data: `<?xml version="1.0"?>\n<workbook xmlns:r="x"><workbookPr date1904="${String(date1904)}"/><sheets>${listed.join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${relations.join('')}</Relationships>` },
    ...sheets.map(([, rows], index) => ({ name: `xl/worksheets/sheet${String(index + 1)}.xml`, data: `<worksheet><sheetData>${rows}</sheetData></worksheet>` })),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', data: styles }]),
    ...(sharedStrings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: sharedStrings }]),
  ];
  const replaced = new Set(parts.map(({ name }) => name));
  return zipFile([...standard.filter(({ name }) => !replaced.has(name)), ...parts]);
}
