// Which control of a sheet has the focus when it opens, where that is not the first: a dialog looks for the attribute
// as it opens, which is after its content was put there.
import { useLayoutEffect, type RefObject } from 'react';

export function useFirstFocus(ref: RefObject<HTMLElement | null>, wanted: boolean): void {
  useLayoutEffect(() => {
    ref.current?.toggleAttribute('autofocus', wanted);
  }, [ref, wanted]);
}
