// What a ZIP archive holds, from its central directory (PKWARE's APPNOTE 4.3.12, ZIP64 too), read by place from the file.
// Nothing is unpacked here. Sizes are what the archive says: whoever unpacks holds it to them (zip-entry).
// Bounded: directory and number of entries; never reads the whole file.

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

/** Bytes by place, as many as are there. */
export interface ByPlace {
  readonly size: number;
  at(position: number, length: number): Buffer;
}

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const MAX_DIRECTORY_BYTES = 16 * 1_048_576;
/** A comment of 64 KiB may follow the end record. */
const END_SEARCH_BYTES = 65_557;
const U32 = 0xffff_ffff;
const UTF8_NAME = 0x800;

/** Null: it is no archive, is cut off, or its directory is broken or beyond the bounds. */
export function readZipDirectory(file: ByPlace): ReadonlyMap<string, ZipEntry> | null {
  const end = endRecord(file);
  if (end === null || end.bytes > MAX_DIRECTORY_BYTES || end.offset + end.bytes > file.size) return null;
  const directory = file.at(end.offset, end.bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < end.count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) return null;
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
    if (next > directory.length) return null;
    const entry = entryAt(directory, at, nameLength, extraLength);
    // Some programs write backslashes.
    entries.set(entry.name.replaceAll('\\', '/'), entry);
    at = next;
  }
  return entries;
}

interface End {
  readonly count: number;
  readonly bytes: number;
  readonly offset: number;
}

function endRecord(file: ByPlace): End | null {
  const from = Math.max(0, file.size - END_SEARCH_BYTES);
  const tail = file.at(from, file.size - from);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    const end = { count: tail.readUInt16LE(at + 10), bytes: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
    const is64 = end.count === 0xffff || end.bytes === U32 || end.offset === U32;
    return is64 ? endRecord64(file, from + at) : end;
  }
  return null;
}

function endRecord64(file: ByPlace, endAt: number): End | null {
  const locator = file.at(Math.max(0, endAt - 20), 20);
  if (locator.length < 20 || locator.readUInt32LE(0) !== END_64_LOCATOR) return null;
  const record = file.at(Number(locator.readBigUInt64LE(8)), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== END_64) return null;
  return { count: Number(record.readBigUInt64LE(32)), bytes: Number(record.readBigUInt64LE(40)), offset: Number(record.readBigUInt64LE(48)) };
}

function entryAt(directory: Buffer, at: number, nameLength: number, extraLength: number): ZipEntry {
  const flags = directory.readUInt16LE(at + 8);
  const nameEnd = at + 46 + nameLength;
  const name = directory.toString((flags & UTF8_NAME) === 0 ? 'latin1' : 'utf8', at + 46, nameEnd);
  const sizes = { size: directory.readUInt32LE(at + 24), compressedSize: directory.readUInt32LE(at + 20), offset: directory.readUInt32LE(at + 42) };
  return {
    name,
    method: directory.readUInt16LE(at + 10),
    encrypted: (flags & 1) !== 0,
    crc32: directory.readUInt32LE(at + 16),
    ...withExtra64(sizes, directory.subarray(nameEnd, nameEnd + extraLength)),
  };
}

/** The ZIP64 field (APPNOTE 4.5.3) holds, in this order, those that do not fit into 32 bits. */
function withExtra64(sizes: Pick<ZipEntry, 'size' | 'compressedSize' | 'offset'>, extra: Buffer): typeof sizes {
  const real = { ...sizes };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let place = at + 4;
    for (const key of ['size', 'compressedSize', 'offset'] as const) {
      if (sizes[key] !== U32 || place + 8 > extra.length) continue;
      real[key] = Number(extra.readBigUInt64LE(place));
      place += 8;
    }
    break;
  }
  return real;
}
