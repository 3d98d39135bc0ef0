// The store's side of an import, message by message: what the intake read is written, and the list appears when all of
// it is on disk. However the messages come, this decides; once it has thrown, all that is left to do is to discard.
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import type { ImportOptions, ImportProgress, ImportReport, ListId } from '../interface.ts';
import type { NewList } from '../store/library.ts';
import type { ListImport } from '../store/list-import.ts';
import { errorOf } from '../thread-failure.ts';
import { ImportPace } from './import-pace.ts';
import type { OtherList } from './other-lists.ts';
import type { FromIntake, ReadSummary, ToIntake } from './intake-protocol.ts';

/** Where the list goes: the store. */
export interface ImportTarget {
  beginImport(list: NewList): ListImport;
  /** Where other lists lie. Throws ListNotFound, StoreDamaged. */
  otherLists(listIds: readonly ListId[]): readonly OtherList[];
}

/** What the intake is asked first. Throws what `otherLists` throws. */
export function readRequest(target: ImportTarget, options: ImportOptions): ToIntake {
  return { type: 'read', options, others: target.otherLists(options.notIn ?? []) };
}

export class ImportDialogue {
  readonly #target: ImportTarget;
  readonly #hooks: CallHooks<ImportProgress>;
  readonly #reply: (message: ToIntake) => void;
  readonly #pace = new ImportPace();
  #list: NewList | null = null;
  #import: ListImport | null = null;
  #summary: ReadSummary | null = null;
  readonly #startedAtMs = performance.now();
  #rowsMs = 0;

  /** `reply`: to the intake, which has been asked to read. */
  constructor(target: ImportTarget, hooks: CallHooks<ImportProgress>, reply: (message: ToIntake) => void) {
    this.#target = target;
    this.#hooks = hooks;
    this.#reply = reply;
  }

  /** The report once the import is over, null before. Throws what the intake met, DiskFull, StoreUnwritable, Cancelled. */
  receive(message: FromIntake): ImportReport | null {
    if (message.type === 'failed') throw errorOf(message.failure);
    throwIfCancelled(this.#hooks, 'import');
    return this.#receive(message);
  }

  /** Leaves nothing of an import that did not come to its end. The intake must not have the file open any more. */
  discard(): void {
    this.#import?.discard();
    this.#import = null;
  }

  #receive(message: Exclude<FromIntake, { type: 'failed' }>): ImportReport | null {
    if (message.type === 'planned') {
      this.#list = message.list;
      this.#import = this.#target.beginImport(message.list);
      return null;
    }
    const current = this.#import;
    if (current === null || this.#list === null) throw new Error('The intake sent rows of no list.');
    if (message.type === 'batch') {
      const { batch } = message;
      current.add(batch);
      this.#hooks.progress(this.#pace.progress(batch.bytesRead, this.#list.sourceSize, batch.totalRows));
      this.#reply({ type: 'written' });
      return null;
    }
    if (message.type === 'read') {
      const { columns } = message.summary;
      this.#summary = message.summary;
      this.#rowsMs = performance.now() - this.#startedAtMs;
      this.#reply({ type: 'complete', path: current.file, list: { ...this.#list, columns }, counts: current.loaded() });
      return null;
    }
    if (this.#summary === null) throw new Error('The intake completed a list that it has not read.');
    const report = current.finish(this.#summary, message.counters);
    this.#import = null;
    return { ...report, tookMs: { rows: Math.round(this.#rowsMs), all: Math.round(performance.now() - this.#startedAtMs) } };
  }
}
