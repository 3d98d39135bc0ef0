// A new list that is made of another: read as that one was. It came from no file of its own, so that no file leads back
// to it.
import type { NewList } from '../store/library.ts';
import type { ListRecord } from '../store/list-record.ts';

export function newListOf(record: ListRecord, name: string, changes: Partial<NewList> = {}): NewList {
  const { practice, encoding, bom, delimiter, newline, hasHeader, guarded, columns, addressColumn } = record;
  return {
    name, sourcePath: '', sourceSize: 0, sourceMtimeMs: 0, createdAtMs: Date.now(),
    practice, encoding, bom, delimiter, newline, hasHeader, guarded, columns, addressColumn, ...changes,
  };
}
