// The records of a delimited source as their cells, for formats that make other records of them: decoded, without the
// header, without the spreadsheet guard of an export of ours, and with what was wrong told in its place.
import { ChunkParser, type RecordSink, type RecordView } from '../../csv/chunk-parser.ts';
import { unguardCell } from '../../csv/guard-cell.ts';
import { cellValue } from '../../csv/record-scanner.ts';
import type { ListSource, SourceProblem } from '../list-source.ts';
import type { ReadingPlan } from '../plan-intake.ts';
import { RecordText } from '../record-text.ts';
import { utf8Decoder } from '../utf8-decoder.ts';

export interface CellsTaker {
  row(cells: string[]): void;
  blankLine(): void;
  /** Before the row that it is about. */
  problem(problem: SourceProblem): void;
}

/** `taken` is called when a chunk has been read, with the bytes of the file read so far. */
export async function* readCells<T>(source: ListSource, plan: ReadingPlan, taker: CellsTaker, taken: (read: number) => Iterable<T>): AsyncGenerator<T, void, undefined> {
  const parser = new ChunkParser(plan.delimiter, new CellsSink(plan, taker));
  const decoder = utf8Decoder(plan.encoding);
  let bomLeft = plan.bomBytes;
  for await (const { bytes, read, problems = [] } of source.chunks()) {
    const text = bytes.subarray(Math.min(bomLeft, bytes.length));
    bomLeft -= bytes.length - text.length;
    parser.push(decoder.write(text));
    for (const problem of problems) taker.problem(problem);
    yield* taken(read);
  }
  parser.push(decoder.end());
  parser.end();
  yield* taken(source.size);
}

class CellsSink implements RecordSink {
  readonly #plan: ReadingPlan;
  readonly #taker: CellsTaker;
  readonly #text: RecordText;
  #headerLeft: boolean;

  constructor(plan: ReadingPlan, taker: CellsTaker) {
    this.#plan = plan;
    this.#taker = taker;
    this.#text = new RecordText(plan);
    this.#headerLeft = plan.hasHeader;
  }

  blankLine(): void {
    this.#taker.blankLine();
  }

  problem({ line, problem, dropped }: Parameters<RecordSink['problem']>[0]): void {
    this.#taker.problem({ line, problem, dropped });
  }

  record(view: RecordView): void {
    if (this.#headerLeft) {
      this.#headerLeft = false;
      return;
    }
    const { starts, ends, kinds, count } = view.scanner;
    const cells: string[] = [];
    for (let index = 0; index < count; index++) {
      const cell = cellValue(this.#text.of(view, starts[index] ?? 0, ends[index] ?? 0), kinds[index] ?? 0);
      cells.push(this.#plan.guarded ? unguardCell(cell) : cell);
    }
    if (this.#text.fault !== null) this.#taker.problem({ line: view.line, problem: this.#text.fault, dropped: false });
    const { header, hasHeader } = this.#plan;
    if (hasHeader && count !== header.length) {
      this.#taker.problem({ line: view.line, problem: `the row has ${String(count)} cells, the header ${String(header.length)}`, dropped: false });
    }
    this.#taker.row(cells);
  }
}
