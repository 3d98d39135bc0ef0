// The workbook of an XLSX file: its sheets by name and where in the archive they and what they share lie (ECMA-376 18.2.27).
// Found by the relations of the parts, not by their usual names. Reads small parts only, each bounded.
import { UserError } from '../../../../shared/errors.ts';
import { attributeOf, XmlRefused, XmlScanner, type XmlHandler } from './xml-scanner.ts';
import type { ByPlace, ZipEntry } from './zip-directory.ts';
import { readEntry } from './zip-entry.ts';

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  readonly date1904: boolean;
  readonly sharedStrings: ZipEntry | null;
  readonly styles: ZipEntry | null;
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

const MAX_PART_BYTES = 16 * 1_048_576;
const MAX_SHEETS = 10_000;

/** Null: the archive holds no workbook. Throws FileUnreadable. */
export async function readWorkbook(file: ByPlace, entries: ReadonlyMap<string, ZipEntry>, path: string): Promise<Workbook | null> {
  const relationsOf = async (part: string): Promise<ReadonlyMap<string, Relation>> => {
    const slash = part.lastIndexOf('/');
    const folder = part.slice(0, slash + 1);
    const entry = find(entries, `${folder}_rels/${part.slice(slash + 1)}.rels`);
    const relations = new Map<string, Relation>();
    if (entry === undefined) return relations;
    await scan(file, entry, path, {
      open(name, attributes) {
        const target = attributeOf(attributes, 'Target');
        if (name !== 'Relationship' || target === undefined || attributeOf(attributes, 'TargetMode') === 'External') return;
        relations.set(attributeOf(attributes, 'Id') ?? '', { type: lastPart(attributeOf(attributes, 'Type') ?? ''), target: resolve(folder, target) });
      },
    });
    return relations;
  };

  const main = [...(await relationsOf('')).values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const entry = find(entries, main);
  if (entry === undefined || !main.endsWith('.xml')) return null;
  const relations = await relationsOf(main);
  const byType = (type: string): ZipEntry | null => {
    const target = [...relations.values()].find((one) => one.type === type)?.target;
    return target === undefined ? null : (find(entries, target) ?? null);
  };
  const sheets: SheetPart[] = [];
  const facts = { isWorkbook: false, date1904: false };
  await scan(file, entry, path, {
    open(name, attributes) {
      if (name === 'workbook') facts.isWorkbook = true;
      else if (name === 'workbookPr') facts.date1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
      else if (name === 'sheet' && sheets.length < MAX_SHEETS) {
        const relation = relations.get(attributeOf(attributes, 'r:id') ?? attributeOf(attributes, 'id') ?? '');
        const part = relation?.type === 'worksheet' ? find(entries, relation.target) : undefined;
        const hidden = (attributeOf(attributes, 'state') ?? 'visible') !== 'visible';
        if (part !== undefined) sheets.push({ name: attributeOf(attributes, 'name') ?? '', hidden, entry: part });
      }
    },
  });
  return facts.isWorkbook ? { sheets, date1904: facts.date1904, sharedStrings: byType('sharedStrings'), styles: byType('styles') } : null;
}

/** The whole of a part through a scanner. Throws FileUnreadable, told of `path`. */
export async function scanPart(scanner: XmlScanner, chunks: AsyncIterable<Buffer>, path: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: false });
  try {
    for await (const bytes of chunks) scanner.push(decoder.decode(bytes, { stream: true }));
    scanner.push(decoder.decode());
    scanner.end();
  } catch (error) {
    throw refused(error, path);
  }
}

/** What is told of a part that a scanner refused; anything else as it is. */
export function refused(error: unknown, path: string): unknown {
  if (!(error instanceof XmlRefused)) return error;
  return new UserError('FileUnreadable', `${path} was not read: it ${error.message}. Save the sheet as CSV and import that.`, { cause: error });
}

async function scan(file: ByPlace, entry: ZipEntry, path: string, handler: Pick<XmlHandler, 'open'>): Promise<void> {
  const bytes = await readEntry(file, entry, path, MAX_PART_BYTES);
  const scanner = new XmlScanner({ close: () => undefined, text: () => undefined, ...handler });
  await scanPart(scanner, one(bytes), path);
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same type as a part that is unpacked bit by bit
async function* one(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

/** Names of parts do not depend on case (ECMA-376 part 2, 6.2.2.3). */
function find(entries: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry | undefined {
  const exact = entries.get(name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  for (const [key, entry] of entries) if (key.toLowerCase() === folded) return entry;
  return undefined;
}

function lastPart(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}

/** A relation's target from the folder of its part; a leading slash means the archive's root. */
function resolve(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
