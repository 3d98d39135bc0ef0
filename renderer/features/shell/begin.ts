// The ways to begin with a list: the open dialog, dropped files and folders, the clipboard, the sample.
import { MAX_FILES } from '../../../shared/ipc/imports.ts';
import { api } from '../../api.ts';
import { notify } from '../../state/notices.ts';
import { addChosen, addImports, openList } from '../../state/place.ts';
import { words } from '../../words.ts';

export async function openFile(): Promise<void> {
  addChosen(await api.filesOpen());
}

export async function dropFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  if (files.length > MAX_FILES) notify(words.window.drop.tooMany, { kind: 'error' });
  else addChosen(await api.filesDrop(files));
}

/** What lies on the clipboard. Main reads it, so that it is kept exactly and never passes through the page. */
export async function pasteAddresses(): Promise<void> {
  addImports([await api.filesPaste()]);
}

export async function startPractice(): Promise<void> {
  const { listId } = await api.practiceStart();
  openList(listId);
}
