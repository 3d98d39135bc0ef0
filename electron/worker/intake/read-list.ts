// Reads one file from its first byte to its last: decides how, then parses, normalises, finds what is repeated and hands
// on batches. Stores nothing, and holds no row: memory is the hashes of the keys seen and a few chunks.
// Waits where `send` waits, so it never runs away from whoever takes the batches.
import { basename } from 'node:path';
import { ChunkParser } from '../csv/chunk-parser.ts';
import type { ElsewhereRows, ImportOptions } from '../interface.ts';
import type { NewList } from '../store/library.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { ReadSummary } from './intake-protocol.ts';
import { readAs, type ListSource } from './list-source.ts';
import { OtherLists, type OtherList } from './other-lists.ts';
import { columnsOf, noRows, planIntake, type IntakePlan } from './plan-intake.ts';
import type { RowBatch } from './row-batch.ts';
import { RowIntake } from './row-intake.ts';
import { utf8Decoder } from './utf8-decoder.ts';

export interface ListTaker {
  /** Called once, before the first batch. */
  planned(list: NewList): void;
  /** Resolves when there is room for the next one. The batch's buffers are the taker's. */
  batch(batch: RowBatch): Promise<void>;
}

/** Throws the UserErrors of files and of `planIntake`, FileEmpty, and what the source throws. */
export async function readList(source: ListSource, options: ImportOptions, taker: ListTaker, others: readonly OtherList[] = []): Promise<ReadSummary> {
  const plan = await planIntake(source, options);
  const list = newList(source, plan, options);
  taker.planned(list);
  const builder = new BatchBuilder();
  const byMailbox = options.duplicatesBy === 'mailbox';
  const { duplicatesBy, lists } = options;
  const intake = new RowIntake(builder, { plan, practice: list.practice, atMs: list.createdAtMs, duplicatesBy, lists, others: others.length === 0 ? undefined : new OtherLists(others, byMailbox) });
  await readAll(source, plan, intake, async (bytes, bytesRead) => {
    if (builder.rows > 0) await taker.batch(builder.finish(bytes, bytesRead));
  });
  if (intake.rows === 0) throw noRows(source.path, plan.hasHeader);
  const { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount, droppedCount } = intake;
  const counts = { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount, droppedCount };
  return { ...counts, elsewhere: elsewhereRows(intake, others), columns: columnsOf(plan, intake.width), ...readAs(source) };
}

/** By list, in their order. */
export function elsewhereRows({ elsewhere }: RowIntake, others: readonly OtherList[]): ElsewhereRows[] {
  return others.map(({ listId, name }) => ({ listId, name, rows: elsewhere.get(listId) ?? 0 })).filter(({ rows }) => rows > 0);
}

/** Every record of the source, in order. `send`: called after each chunk, with the bytes in which its records were. */
export async function readAll(source: ListSource, plan: IntakePlan, intake: RowIntake, send: (bytes: Buffer<ArrayBuffer>, bytesRead: number) => Promise<void>): Promise<void> {
  const parser = new ChunkParser(plan.delimiter, intake);
  const decoder = utf8Decoder(plan.encoding);
  let bomLeft = plan.bomBytes;
  for await (const { bytes, read, problems } of source.chunks()) {
    const text = bytes.subarray(Math.min(bomLeft, bytes.length));
    bomLeft -= bytes.length - text.length;
    await send(parser.push(decoder.write(text)), read);
    for (const problem of problems ?? []) intake.sourceProblem(problem);
  }
  await send(parser.push(decoder.end()), source.size);
  await send(parser.end(), source.size);
}

function newList(source: ListSource, plan: IntakePlan, options: ImportOptions): NewList {
  const { encoding, bomBytes, delimiter, newline, hasHeader, guarded, addressColumn } = plan;
  return {
    name: options.name ?? basename(options.path),
    sourcePath: options.path,
    sourceSize: source.size,
    sourceMtimeMs: source.mtimeMs,
    createdAtMs: Date.now(),
    practice: options.practice === true,
    encoding,
    bom: bomBytes > 0,
    delimiter,
    newline,
    hasHeader,
    guarded,
    columns: columnsOf(plan, 0),
    addressColumn,
    ...(options.duplicatesBy === undefined ? {} : { duplicatesBy: options.duplicatesBy }),
  };
}
