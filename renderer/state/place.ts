// Where the user is: the list, its filter, the open row, the sheet. Kept in sessionStorage, so that a page that was
// loaded again (after a crash, or by the user) comes back there. What is kept is parsed like any foreign input.
// Holds ids and choices only, never data of a list.
import { z } from 'zod';
import { chosenFiles, MAX_FILES, MAX_PASSED_OVER, type ChosenFiles } from '../../shared/ipc/imports.ts';
import { fileRef, listId, readingOptions, resultsFilter, resultsSort, rowSelection, type FileRef } from '../../shared/ipc/lists.ts';
import { createStore, useStore } from './store.ts';

const KEY = 'winnow.place';

const importing = z.strictObject({
  file: fileRef,
  reading: readingOptions,
  /** Set while the import runs. */
  importId: z.uuid().nullable(),
});

/** Several files before, while and after they are imported. */
const batch = z.strictObject({
  files: z.array(z.strictObject({ file: fileRef, reading: readingOptions, included: z.boolean() })),
  passedOver: chosenFiles.shape.passedOver,
  passedOverCount: chosenFiles.shape.passedOverCount,
  together: z.boolean(),
  duplicatesBy: z.enum(['address', 'mailbox']),
  notIn: z.array(listId),
  /** Null before they are imported: an id for each list, in the order of the files that are. */
  importIds: z.array(z.uuid()).nullable(),
});

const placeSchema = z.strictObject({
  listId: listId.nullable(),
  filter: resultsFilter,
  sort: resultsSort,
  /** Of the rows that match the filter. */
  selection: rowSelection.omit({ filter: true }),
  /** The row whose detail is open. */
  row: z.int().min(1).nullable(),
  /** `exportSelection`: of the selected rows. */
  sheet: z.enum(['none', 'export', 'exportSelection']),
  /** Files to be imported, the first one shown. */
  imports: z.array(importing),
  /** Shown before them. */
  batch: batch.nullable(),
  /** The import whose report is shown. */
  report: z.uuid().nullable(),
});

export type Place = z.output<typeof placeSchema>;
export type Importing = z.output<typeof importing>;
export type Batch = z.output<typeof batch>;
export type BatchFile = Batch['files'][number];

const UNSORTED: Place['sort'] = { key: 'row', descending: false };
const NOTHING: Place['selection'] = { all: false, turned: [] };

const START: Place = { listId: null, filter: {}, sort: UNSORTED, selection: NOTHING, row: null, sheet: 'none', imports: [], batch: null, report: null };

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

/** Takes up what a drop or a dialog brought: a single file as before, several in one sheet, added to one that is open and
 *  not imported yet. */
export function addChosen({ files, passedOver, passedOverCount }: ChosenFiles): void {
  const { batch: open } = place.get();
  const adding = open?.importIds === null;
  if (files.length + passedOverCount === 0) return;
  if (files.length === 1 && passedOverCount === 0 && !adding) {
    addImports(files);
    return;
  }
  const added = files.map((file) => ({ file, reading: {}, included: true }));
  const base: Batch = adding ? open : { files: [], passedOver: [], passedOverCount: 0, together: false, duplicatesBy: 'address', notIn: [], importIds: null };
  goTo({
    batch: {
      ...base,
      files: [...base.files, ...added].slice(0, MAX_FILES),
      passedOver: [...base.passedOver, ...passedOver].slice(0, MAX_PASSED_OVER),
      passedOverCount: base.passedOverCount + passedOverCount,
    },
  });
}

export function changeBatch(change: Partial<Batch>): void {
  const { batch: open } = place.get();
  if (open !== null) goTo({ batch: { ...open, ...change } });
}

export function changeBatchFile(fileId: string, change: Partial<BatchFile>): void {
  const { batch: open } = place.get();
  if (open !== null) changeBatch({ files: open.files.map((one) => (one.file.fileId === fileId ? { ...one, ...change } : one)) });
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
