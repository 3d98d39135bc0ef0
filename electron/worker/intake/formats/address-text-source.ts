// Plain text with several addresses a line (`a@x.de; B <b@y.de>, c@z.de`) as delimited text: each address a row of its own,
// with its line and the piece of text that it came from; the pieces put together are the file, so nothing is lost.
// Only a file whose lines hold next to nothing but addresses is read so; everything else is a CSV or one address a line.
import { extractAddresses } from '../../../../shared/address/extract-addresses.ts';
import type { ListSource, SourceChunk, SourceOptions } from '../list-source.ts';
import { AddressPieces, MAX_PART, partEnd, type AddressRow } from './address-pieces.ts';
import { csvHeader, csvLine, DELIMITER } from './csv-text.ts';
import { decodedHead, decodedText, encodingOf } from './decoded-text.ts';
import { DerivedSource, formatOn } from './derived-source.ts';

const HEAD_BYTES = 262_144;
const LINES_TO_LOOK_AT = 500;
/** Share of the lines that must be nothing but addresses. */
const MIN_SHARE = 0.9;
const COLUMNS = ['email', 'line', 'text'];

/** Null: it is no such text, or the user has said how it is to be read. Throws what `base` throws. */
export async function addressTextSource(base: ListSource, options: SourceOptions): Promise<ListSource | null> {
  if (options.delimiter !== undefined || options.hasHeader === true) return null;
  const { bytes, complete } = await base.head(HEAD_BYTES);
  const encoding = await encodingOf(base, bytes, options);
  if (!isAddressText(decodedHead(bytes, encoding), complete)) return null;
  const { path, size, mtimeMs } = base;
  return new DerivedSource({
    format: formatOn(base, 'addresses'),
    path,
    size,
    mtimeMs,
    limitBytes: options.limitBytes,
    fixed: { delimiter: DELIMITER, encoding: 'utf-8', hasHeader: true, addressColumn: 0 },
    text: () => rowsOf(decodedText(base, encoding)),
    close: () => base.close(),
  });
}

/** `complete`: `head` is all of the text; else its last line is left out, unless it is the only one. */
export function isAddressText(head: string, complete: boolean): boolean {
  // Cheap to tell of most files.
  if (!head.includes('@') || (head.match(/@/g)?.length ?? 0) < 2) return false;
  const lines = head.split(/\r\n|\r|\n/);
  if (!complete && lines.length > 1) lines.pop();
  const looked = lines.filter((line) => line.trim() !== '').slice(0, LINES_TO_LOOK_AT);
  let pure = 0;
  let several = 0;
  for (const line of looked) {
    // The end of a piece of a longer line may be half an address.
    const piece = line.length > MAX_PART ? line.slice(0, partEnd(line)) : line;
    const { found, leftover } = extractAddresses(piece);
    if (leftover || found.length === 0) continue;
    pure++;
    if (found.length > 1) several++;
  }
  return several > 0 && pure >= looked.length * MIN_SHARE;
}

async function* rowsOf(texts: ReturnType<typeof decodedText>): AsyncGenerator<SourceChunk, void, undefined> {
  const pieces = new AddressPieces();
  const lines = (rows: readonly AddressRow[]): Buffer => Buffer.from(rows.map((row) => csvLine(row)).join(''));
  yield { bytes: Buffer.from(csvHeader(COLUMNS)), read: 0 };
  let read = 0;
  for await (const chunk of texts) {
    read = chunk.read;
    yield { bytes: lines(pieces.push(chunk.text)), read };
  }
  yield { bytes: lines(pieces.end()), read };
}
