// Where the preflight's results come up over the window: opened by the strip, by a start that cannot be, or by the menu.
import { useEffect, useRef, type JSX } from 'react';
import { PreflightSheet } from './preflight-sheet.tsx';
import { showPreflight, useOpenPreflight } from './preflight-sheet-state.ts';
import { usePreflightAsked } from './use-preflight.ts';

export function PreflightDoor(): JSX.Element | null {
  const wanted = useOpenPreflight();
  const asked = usePreflightAsked();
  const seen = useRef(asked);
  useEffect(() => {
    if (asked === seen.current) return;
    seen.current = asked;
    showPreflight({ practice: false, offerFor: null });
  }, [asked]);
  return wanted === null ? null : <PreflightSheet key={String(wanted.practice)} wanted={wanted} />;
}
