// Ctrl+V where no field takes it and no sheet is open: text with addresses becomes a list, copied files are opened.
// A page has no other way to the clipboard; what is pasted into a field stays that field's.
import { useEffect } from 'react';
import { attempt } from '../../state/notices.ts';
import { dropFiles, pasteAddresses } from './begin.ts';

export function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (isField(event.target) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      const files = [...(event.clipboardData?.files ?? [])];
      attempt(files.length > 0 ? dropFiles(files) : pasteAddresses());
    };
    document.addEventListener('paste', paste);
    return () => { document.removeEventListener('paste', paste); };
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
}
