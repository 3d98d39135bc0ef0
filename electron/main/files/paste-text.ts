// The text on the clipboard as a source of an import. It stays in memory: nothing that was pasted is written anywhere
// before the list is. Bounded, and kept exactly as it was copied.
// Only a text with an address is taken: what else lies on a clipboard (a password) is nothing for the page to see.
import { UserError } from '../../../shared/errors.ts';
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import { pastedName } from '../../../shared/words/en-paste.ts';
import type { FileRegistry } from './file-registry.ts';

/** Over a million addresses. */
export const MAX_PASTED_BYTES = 50_000_000;

/** `readText`: of the clipboard. Throws FileEmpty, BadUsage. */
export async function pasteText(registry: FileRegistry, readText: () => Promise<string>): Promise<FileRef> {
  const text = await readText();
  if (!/\S/.test(text)) throw new UserError('FileEmpty', words.files.nothingPasted);
  if (text.length > MAX_PASTED_BYTES || Buffer.byteLength(text) > MAX_PASTED_BYTES) throw new UserError('BadUsage', words.files.pastedTooMuch('50 MB'));
  // The full-width sign too: imports fold it.
  if (!/[@\uFF20]/.test(text)) throw new UserError('FileEmpty', words.files.noAddressPasted);
  return registry.registerText(pastedName(new Date()), text);
}
