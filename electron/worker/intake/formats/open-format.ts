// Which format a file is in, told by its first bytes and not by its name, and its reader; plain text, one record a line,
// is read as it is. What is packed by gzip may be any text format. Several files may be one list.
import type { ListSource, SourceOptions } from '../list-source.ts';
import { memorySource } from '../memory-source.ts';
import { textSource } from '../text-source.ts';
import { addressTextSource } from './address-text-source.ts';
import { combinedSource } from './combined-source.ts';
import { expandColumns } from './expand-columns.ts';
import { gzipSource, isGzip } from './gzip-source.ts';
import { jsonSource } from './json-source.ts';
import { isZip, xlsxSource } from './xlsx-source.ts';

/** Throws FileNotFound, FileIsFolder, FileUnreadable, FileEmpty, FileBinary, BadUsage, NoAddressColumn, ColumnNotFound. */
export async function openFormat(path: string, options: SourceOptions = {}): Promise<ListSource> {
  const { together } = options;
  if (together !== undefined) return await combinedSource(path, together, options, (one, reading) => openOne(one, { ...options, ...reading }));
  return await openOne(path, options);
}

async function openOne(path: string, options: SourceOptions): Promise<ListSource> {
  const base = await openBase(path, options);
  try {
    const source = base.format === 'xlsx' ? base : await textFormat(base, options);
    return options.addressColumns === undefined ? source : await expandColumns(source, options.addressColumns, options);
  } catch (error) {
    await base.close();
    throw error;
  }
}

async function openBase(path: string, options: SourceOptions): Promise<ListSource> {
  if (options.text !== undefined) return memorySource(path, options.text, options.limitBytes);
  const plain = textSource(path, options.limitBytes);
  const { bytes } = await plain.head(4);
  if (!isZip(bytes) && !isGzip(bytes)) return plain;
  await plain.close();
  return isZip(bytes) ? await xlsxSource(path, options) : gzipSource(path, options.limitBytes);
}

/** `base` itself, if it is delimited text or one address a line. */
async function textFormat(base: ListSource, options: SourceOptions): Promise<ListSource> {
  return (await jsonSource(base, options)) ?? (await addressTextSource(base, options)) ?? base;
}
