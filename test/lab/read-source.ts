// A file as the formats give it: its cells, read by another CSV parser than ours, and what was wrong with it.
import { parse } from 'csv-parse/sync';
import type { FixedReading, SourceOptions, SourceProblem } from '../../electron/worker/intake/list-source.ts';
import { openFormat } from '../../electron/worker/intake/formats/open-format.ts';

export interface ReadSource {
  readonly format: string;
  readonly fixed: FixedReading | undefined;
  readonly text: string;
  /** Rows with at least one cell. */
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly SourceProblem[];
  /** What `read` was told of the chunks. */
  readonly progress: readonly number[];
  readonly size: number;
}

export async function readSource(path: string, options: SourceOptions = {}): Promise<ReadSource> {
  const source = await openFormat(path, options);
  try {
    const pieces: Buffer[] = [];
    const problems: SourceProblem[] = [];
    const progress: number[] = [];
    for await (const chunk of source.chunks()) {
      pieces.push(Buffer.from(chunk.bytes));
      problems.push(...(chunk.problems ?? []));
      progress.push(chunk.read);
    }
    const text = Buffer.concat(pieces).toString('utf8');
    const rows = parse(text, { delimiter: source.fixed?.delimiter ?? ',', relax_column_count: true, skip_empty_lines: true, relax_quotes: true });
    return { format: source.format, fixed: source.fixed, text, rows, problems, progress, size: source.size };
  } finally {
    await source.close();
  }
}
