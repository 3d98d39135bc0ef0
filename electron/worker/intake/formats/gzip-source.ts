// A gzip file (RFC 1952) as the bytes that it holds, all of its members one after the other; progress in packed bytes.
// Bounded: what unpacks to far more than any list does is refused (a bomb fills disks); one that is cut off or damaged
// ends in an error that names it.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../../../shared/errors.ts';
import type { ListSource, SourceChunk } from '../list-source.ts';
import { SourceFile } from '../source-file.ts';
import { DerivedSource } from './derived-source.ts';

const UNPACKED_CHUNK_BYTES = 262_144;
/** Lists shrink to a third or a tenth; a million equal lines to a 200th. Only what is large is looked at. */
const MAX_RATIO = 400;
const RATIO_FROM_BYTES = 16 * 1_048_576;
const MAX_BYTES = 256 * 1_073_741_824;

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Throws FileNotFound, FileUnreadable, FileEmpty. */
export function gzipSource(path: string, limitBytes: number | undefined): ListSource {
  const file = new SourceFile(path);
  const { size, mtimeMs } = file;
  return new DerivedSource({ format: 'gzip', path, size, mtimeMs, limitBytes, text: () => unpacked(file), close: () => { file.close(); } });
}

async function* unpacked(file: SourceFile): AsyncGenerator<SourceChunk, void, undefined> {
  let read = 0;
  const packed = function* (): Generator<Buffer, void, undefined> {
    for (const chunk of file.chunks()) {
      read += chunk.length;
      // zlib reads it later, when the file's buffer holds the next one.
      yield Buffer.from(chunk);
    }
  };
  const source = Readable.from(packed(), { objectMode: true, highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let length = 0;
  try {
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      length += bytes.length;
      if (length > MAX_BYTES || (length > RATIO_FROM_BYTES && length > read * MAX_RATIO)) {
        throw new UserError('FileUnreadable', `${file.path} was not read: it unpacks to more than ${String(MAX_RATIO)} times its size (a bomb?). Unpack it and import what it holds.`);
      }
      yield { bytes, read };
    }
    // What is small was read at once, long before the last of it was taken: still the same file?
    file.at(0, 0);
  } catch (error) {
    throw error instanceof UserError ? error : brokenGzip(file.path, error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function brokenGzip(path: string, cause: unknown): UserError {
  const cut = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
  const what = cut ? 'breaks off in the middle: it was not copied whole' : 'is a damaged gzip file';
  return new UserError('FileUnreadable', `${path} ${what}. Get it again and import it anew.`, { cause });
}
