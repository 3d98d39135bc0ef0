// A text that is in memory as a source: what was pasted or came through a pipe. It never touches the disk.
import { UserError } from '../../../shared/errors.ts';
import { DerivedSource } from './formats/derived-source.ts';
import type { ListSource, SourceChunk } from './list-source.ts';

const CHUNK_BYTES = 1_048_576;

/** `path`: what it is called in messages. Throws FileEmpty. */
export function memorySource(path: string, text: string, limitBytes?: number): ListSource {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === 0) throw new UserError('FileEmpty', `${path} is empty. Looked for rows with e-mail addresses, with or without a header.`);
  // eslint-disable-next-line @typescript-eslint/require-await -- other sources wait
  async function* chunks(): AsyncGenerator<SourceChunk, void, undefined> {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      yield { bytes: chunk, read: at + chunk.length };
    }
  }
  return new DerivedSource({ format: 'text', path, size: bytes.length, mtimeMs: 0, limitBytes, text: chunks, close: () => undefined });
}
