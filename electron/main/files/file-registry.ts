// The files that the user chose, by an opaque id: the page knows ids and names, only main knows paths.
// Sources are read, targets are written; an id of the one is never taken for the other. What was pasted is a source too,
// a text that is kept here and nowhere else.
// Bounded: the oldest is forgotten, and can simply be opened again. Never opens a file itself.
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';

/** Some drops of as many files as one may bring. */
const MAX_KEPT = 4_000;
/** Each may be as large as a paste may be. */
const MAX_TEXTS_KEPT = 2;

export interface Source {
  readonly ref: FileRef;
  /** Absolute; of a text only what it is called. */
  readonly path: string;
  readonly text?: string;
}

export class FileRegistry {
  readonly #sources = new Map<string, Source>();
  readonly #targets = new Map<string, string>();
  readonly #opened = new Set<string>();

  /** Those that were opened from outside the page and not taken up yet, oldest first. */
  get opened(): readonly FileRef[] {
    return [...this.#opened].flatMap((id) => this.#sources.get(id)?.ref ?? []);
  }

  /** `path`: absolute. `folder`: where it lies within what was chosen. Throws FileNotFound, FileIsFolder or FileUnreadable. */
  async register(path: string, folder?: string): Promise<FileRef> {
    const name = basename(path);
    if (!isAbsolute(path) || path.includes('\0')) throw new UserError('FileUnreadable', words.files.notAFile);
    const found = await stat(path).catch((cause: unknown) => {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw missing
        ? new UserError('FileNotFound', words.files.notFound(name), { cause })
        : new UserError('FileUnreadable', words.files.unreadable(name), { cause });
    });
    if (found.isDirectory()) throw new UserError('FileIsFolder', words.files.folder(name));
    if (!found.isFile()) throw new UserError('FileUnreadable', words.files.notAFile); // to open a pipe would wait for ever
    const ref: FileRef = { fileId: randomUUID(), name, sizeBytes: found.size, ...(folder === undefined ? {} : { folder }) };
    this.#sources.set(ref.fileId, { ref, path });
    dropOldest(this.#sources);
    return ref;
  }

  /** A text that was pasted. The one before the last is forgotten. */
  registerText(name: string, text: string): FileRef {
    const ref: FileRef = { fileId: randomUUID(), name, sizeBytes: Buffer.byteLength(text), pasted: true };
    this.#sources.set(ref.fileId, { ref, path: name, text });
    const texts = [...this.#sources.values()].filter((source) => source.text !== undefined);
    for (const { ref: old } of texts.slice(0, -MAX_TEXTS_KEPT)) this.#sources.delete(old.fileId);
    dropOldest(this.#sources);
    return ref;
  }

  /** For files that the page did not ask for: it is told of them in the snapshot. */
  tell(refs: readonly FileRef[]): void {
    for (const { fileId } of refs) this.#opened.add(fileId);
  }

  /** The page has taken the file up. True if that was news. */
  takeUp(fileId: string): boolean {
    return this.#opened.delete(fileId);
  }

  /** Throws FileNotFound for an id that was never given out, or long ago. */
  source(fileId: string): Source {
    const source = this.#sources.get(fileId);
    if (source === undefined) throw new UserError('FileNotFound', words.files.unknown);
    return source;
  }

  /** A place to write to; answers its id. */
  registerTarget(path: string): string {
    const id = randomUUID();
    this.#targets.set(id, path);
    dropOldest(this.#targets);
    return id;
  }

  targetPath(targetId: string): string {
    const path = this.#targets.get(targetId);
    if (path === undefined) throw new UserError('FileNotFound', words.files.unknownTarget);
    return path;
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MAX_KEPT && oldest !== undefined) map.delete(oldest);
}
