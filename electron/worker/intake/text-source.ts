// A plain file as a source: its bytes as they are, encoding, BOM and all. What other formats unpack or read starts here too.
import type { ListSource } from './list-source.ts';
import { SourceFile } from './source-file.ts';

/** `limitBytes`: only that much from its start. Throws FileNotFound, FileIsFolder, FileUnreadable or FileEmpty. */
export function textSource(path: string, limitBytes?: number): ListSource {
  const file = new SourceFile(path, limitBytes);
  return {
    path,
    format: 'text',
    size: file.size,
    mtimeMs: file.mtimeMs,
    head: (bytes) => {
      const head = file.head(bytes);
      return Promise.resolve({ bytes: head, complete: head.length >= file.size });
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- the formats wait; reading a plain file does not
    async *chunks() {
      let read = 0;
      for (const bytes of file.chunks()) {
        read += bytes.length;
        yield { bytes, read };
      }
    },
    close: () => {
      file.close();
      return Promise.resolve();
    },
  };
}
