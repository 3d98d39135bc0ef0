// The ways to begin with a list: the open dialog, dropped files, the sample.
import { api } from '../../api.ts';
import { notify } from '../../state/notices.ts';
import { addImports, openList } from '../../state/place.ts';
import { words } from '../../words.ts';

/** As many as the contract lets through at a time. */
const MAX_FILES = 20;

export async function openFile(): Promise<void> {
  const file = await api.filesOpen();
  if (file !== null) addImports([file]);
}

export async function dropFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  if (files.length > MAX_FILES) notify(words.window.drop.tooMany, { kind: 'error' });
  else addImports(await api.filesDrop(files));
}

export async function startPractice(): Promise<void> {
  const { listId } = await api.practiceStart();
  openList(listId);
}
