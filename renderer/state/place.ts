// Where the user is: the list, its filter, the open row, the sheet. Kept in sessionStorage, so that a page that was
// loaded again (after a crash, or by the user) comes back there. What is kept is parsed like any foreign input.
// Holds ids and choices only, never data of a list.
import { z } from 'zod';
import { fileRef, listId, readingOptions, resultsFilter, resultsSort, rowSelection, type FileRef } from '../../shared/ipc/lists.ts';
import { createStore, useStore } from './store.ts';

const KEY = 'winnow.place';

const importing = z.strictObject({
  file: fileRef,
  reading: readingOptions,
  /** Set while the import runs. */
  importId: z.uuid().nullable(),
});

const placeSchema = z.strictObject({
  listId: listId.nullable(),
  filter: resultsFilter,
  sort: resultsSort,
  /** Of the rows that match the filter. */
  selection: rowSelection.omit({ filter: true }),
  /** The row whose detail is open. */
  row: z.int().min(1).nullable(),
  sheet: z.enum(['none', 'export']),
  /** Files to be imported, the first one shown. */
  imports: z.array(importing),
});

export type Place = z.output<typeof placeSchema>;
export type Importing = z.output<typeof importing>;

const UNSORTED: Place['sort'] = { key: 'row', descending: false };
const NOTHING: Place['selection'] = { all: false, turned: [] };

const START: Place = { listId: null, filter: {}, sort: UNSORTED, selection: NOTHING, row: null, sheet: 'none', imports: [] };

export const place = createStore<Place>(read());

place.subscribe(() => {
  sessionStorage.setItem(KEY, JSON.stringify(place.get()));
});

export function usePlace<S>(select: (place: Place) => S): S {
  return useStore(place, select);
}

export function goTo(change: Partial<Place>): void {
  // What was selected was selected among other rows.
  const cleared = change.filter === undefined && change.listId === undefined ? {} : { selection: NOTHING };
  place.set({ ...place.get(), ...cleared, ...change });
}

/** Opens a list as one comes to it: nothing filtered, no row open. */
export function openList(id: number | null): void {
  if (place.get().listId !== id) goTo({ listId: id, filter: {}, sort: UNSORTED, row: null, sheet: 'none' });
}

/** Queues files for import; one that waits already is not queued again. */
export function addImports(files: readonly FileRef[]): void {
  const { imports } = place.get();
  const known = new Set(imports.map(({ file }) => file.fileId));
  const added = files.filter(({ fileId }) => !known.has(fileId)).map((file) => ({ file, reading: {}, importId: null }));
  if (added.length > 0) goTo({ imports: [...imports, ...added] });
}

/** Changes the first queued import, if it is still that of `fileId`. */
export function changeImport(fileId: string, change: Partial<Importing>): void {
  const [first, ...others] = place.get().imports;
  if (first?.file.fileId === fileId) goTo({ imports: [{ ...first, ...change }, ...others] });
}

export function endImport(fileId: string): void {
  goTo({ imports: place.get().imports.filter(({ file }) => file.fileId !== fileId) });
}

function read(): Place {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return START;
  try {
    return placeSchema.parse(JSON.parse(kept));
  } catch {
    return START; // of another version, or tampered with
  }
}
