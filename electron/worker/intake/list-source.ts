// A file as delimited text, whatever its format: the one seam between the formats and the import.
// Every format becomes delimited text whose cells are exactly the source's; what a format knows for certain (a sheet has
// no dialect) is `fixed` and not guessed at. Reads only, in order, and never holds more than a few chunks.
import type { ImportOptions } from '../interface.ts';

/** A record that a format could not give as it is. Its `line` is the file's own. */
export interface SourceProblem {
  /** 1-based physical line of the file, or row of the sheet. */
  readonly line: number;
  readonly problem: string;
  /** It was left out; else it was given as far as it could be read. */
  readonly dropped: boolean;
}

export interface SourceChunk {
  /** Delimited text, cut anywhere. Only valid until the next chunk. May be empty. */
  readonly bytes: Buffer;
  /** Bytes of the file on disk consumed so far, for progress: never less than before, at most `size`. */
  readonly read: number;
  /** What the format found wrong since the chunk before. */
  readonly problems?: readonly SourceProblem[];
}

export interface ListHead {
  /** The first bytes of the delimited text. */
  readonly bytes: Buffer;
  /** It is all of the text. */
  readonly complete: boolean;
}

/** What need not be detected. The user's own word never changes it. */
export interface FixedReading {
  readonly delimiter: string;
  readonly encoding: 'utf-8';
  /** Absent: detected as in any text. */
  readonly hasHeader?: boolean;
  readonly sheetNames?: readonly string[];
  /** The sheet that is read. */
  readonly sheet?: string;
  /** 1-based row of the sheet that names the columns, where others stand above it. */
  readonly headerRow?: number;
  /** 0-based; where the format puts the addresses. */
  readonly addressColumn?: number;
}

export interface ListSource {
  readonly path: string;
  /** `text`, `xlsx`, `jsonl`, `gzip`, …: shown beside the encoding. */
  readonly format: string;
  /** Bytes on disk, for progress. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly fixed?: FixedReading;
  /** At most `bytes` of the text's beginning (with its BOM). May be called before and between `chunks`. */
  head(bytes: number): Promise<ListHead>;
  /** All of the text from its beginning (with its BOM); each call starts anew. Throws FileChanged, FileUnreadable, and
   *  what the format throws for a file that is broken. */
  chunks(): AsyncIterable<SourceChunk>;
  close(): Promise<void>;
}

/** What of the user's word the formats follow. */
export interface SourceOptions extends Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader' | 'column' | 'sheet' | 'headerRow' | 'addressColumns' | 'together' | 'togetherReading' | 'text'> {
  /** Only about so much of the text is read (a preview). */
  readonly limitBytes?: number;
}

/** The text without its first `start` bytes (its BOM). */
export async function* textFrom(source: ListSource, start: number): AsyncGenerator<Buffer, void, undefined> {
  let left = start;
  for await (const { bytes } of source.chunks()) {
    yield bytes.subarray(Math.min(left, bytes.length));
    left = Math.max(0, left - bytes.length);
  }
}

/** How a source is read, as a report and a preview tell it. */
export function readAs({ format, fixed }: ListSource): { readonly format: string; readonly sheet?: string; readonly sheetNames?: string[]; readonly headerRow?: number } {
  return {
    format,
    ...(fixed?.sheet === undefined ? {} : { sheet: fixed.sheet }),
    ...(fixed?.headerRow === undefined ? {} : { headerRow: fixed.headerRow }),
    ...(fixed?.sheetNames === undefined ? {} : { sheetNames: [...fixed.sheetNames] }),
  };
}
