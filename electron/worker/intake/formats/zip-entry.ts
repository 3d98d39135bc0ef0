// One entry of a ZIP archive, unpacked as a stream that waits for its reader. Holds the archive to what its directory says:
// an entry that unpacks to more than its stated size, or than `maxBytes`, ends in an error (a zip bomb), one that is
// damaged too. Holds a few chunks at most.
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { UserError } from '../../../../shared/errors.ts';
import type { ByPlace, ZipEntry } from './zip-directory.ts';

export interface UnpackedChunk {
  readonly bytes: Buffer;
  /** Packed bytes taken from the file so far. */
  readonly packed: number;
}

const LOCAL_HEADER = 0x04034b50;
const PACKED_CHUNK_BYTES = 65_536;
const UNPACKED_CHUNK_BYTES = 131_072;

/** `what`: the path, for messages. Throws FileUnreadable. */
export async function* unpackEntry(file: ByPlace, entry: ZipEntry, what: string, maxBytes: number): AsyncGenerator<UnpackedChunk, void, undefined> {
  if (entry.encrypted) throw new UserError('FileUnreadable', `${what} is protected by a password. Save it without one and import it again.`);
  if (entry.method !== 0 && entry.method !== 8) throw new UserError('FileUnreadable', `${what} is packed in a way that is not known (method ${String(entry.method)}).`);
  const limit = Math.min(entry.size, maxBytes);
  if (entry.size > maxBytes) throw tooMuch(what, entry, maxBytes);
  let packed = 0;
  const counted = function* (): Generator<Buffer, void, undefined> {
    for (const chunk of packedChunks(file, entry, what)) {
      packed += chunk.length;
      yield chunk;
    }
  };
  let size = 0;
  let sum = 0;
  try {
    for await (const bytes of entry.method === 0 ? counted() : inflated(counted())) {
      size += bytes.length;
      if (size > limit) throw tooMuch(what, entry, limit);
      sum = crc32(bytes, sum);
      yield { bytes, packed };
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('FileUnreadable', damaged(what, entry), { cause: error });
  }
  if (size !== entry.size || sum !== entry.crc32) throw new UserError('FileUnreadable', damaged(what, entry));
}

/** All of a small entry. Throws FileUnreadable. */
export async function readEntry(file: ByPlace, entry: ZipEntry, what: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const { bytes } of unpackEntry(file, entry, what, maxBytes)) chunks.push(bytes);
  return Buffer.concat(chunks);
}

function* packedChunks(file: ByPlace, entry: ZipEntry, what: string): Generator<Buffer, void, undefined> {
  const header = file.at(entry.offset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw new UserError('FileUnreadable', damaged(what, entry));
  let position = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = position + entry.compressedSize;
  while (position < end) {
    const chunk = file.at(position, Math.min(PACKED_CHUNK_BYTES, end - position));
    if (chunk.length === 0) throw new UserError('FileUnreadable', damaged(what, entry));
    position += chunk.length;
    yield chunk;
  }
}

async function* inflated(packed: Iterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: UNPACKED_CHUNK_BYTES });
  const source = Readable.from(packed, { objectMode: true, highWaterMark: 1 });
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    for await (const bytes of inflate) yield bytes as Buffer;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

function damaged(what: string, entry: ZipEntry): string {
  return `${what} is damaged: its part ${entry.name} cannot be unpacked whole. Save it anew and import it again.`;
}

function tooMuch(what: string, entry: ZipEntry, limit: number): UserError {
  const mib = String(Math.round(limit / 1_048_576));
  return new UserError('FileUnreadable', `${what} was not read: its part ${entry.name} unpacks to more than the ${mib} MiB that it may (a zip bomb?). Save the sheet as CSV and import that.`);
}
