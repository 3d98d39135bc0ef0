// A source whose text is made from another one or from an archive: what `ListSource` asks for, out of one function that
// makes the text anew each time. Bounded: text is made only as fast as it is taken.
import type { FixedReading, ListHead, ListSource, SourceChunk } from '../list-source.ts';

export interface DerivedSourceOptions {
  readonly format: string;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly fixed?: FixedReading;
  /** Only about so much of the text is made (a preview). */
  readonly limitBytes?: number | undefined;
  /** The text from its beginning. */
  readonly text: () => AsyncIterable<SourceChunk>;
  readonly close: () => Promise<void> | void;
}

export class DerivedSource implements ListSource {
  readonly #options: DerivedSourceOptions;
  readonly path: string;
  readonly format: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly fixed?: FixedReading;

  constructor(options: DerivedSourceOptions) {
    this.#options = options;
    this.path = options.path;
    this.format = options.format;
    this.size = options.size;
    this.mtimeMs = options.mtimeMs;
    if (options.fixed !== undefined) this.fixed = options.fixed;
  }

  async head(bytes: number): Promise<ListHead> {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.#options.text()) {
      pieces.push(Buffer.from(chunk.bytes));
      length += chunk.bytes.length;
      if (length > bytes) return { bytes: Buffer.concat(pieces, length).subarray(0, bytes), complete: false };
    }
    return { bytes: Buffer.concat(pieces, length), complete: true };
  }

  async *chunks(): AsyncGenerator<SourceChunk, void, undefined> {
    const { limitBytes = Number.POSITIVE_INFINITY, text } = this.#options;
    let length = 0;
    for await (const chunk of text()) {
      yield chunk;
      length += chunk.bytes.length;
      if (length >= limitBytes) return;
    }
  }

  async close(): Promise<void> {
    await this.#options.close();
  }
}

/** The name of a format that is read out of `base`: `gzip, jsonl`. */
export function formatOn(base: ListSource, format: string): string {
  return base.format === 'text' ? format : `${base.format}, ${format}`;
}
