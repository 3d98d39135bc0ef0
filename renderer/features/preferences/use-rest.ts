// Hands over what was typed when typing rests, and when the window is closed: nothing that was shown as fine is lost.
import { useEffect, useRef } from 'react';

const REST_MS = 600;

/** `waiting`: what is to be handed over, or null; typing has come to rest when it did not change for a moment. */
export function useRest<T>(waiting: T | null, handOver: (value: T) => void): void {
  const latest = useRef({ waiting, handOver });
  latest.current = { waiting, handOver };
  useEffect(() => {
    const now = (): void => {
      if (latest.current.waiting !== null) latest.current.handOver(latest.current.waiting);
    };
    const timer = setTimeout(now, REST_MS);
    window.addEventListener('pagehide', now);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', now);
    };
  }, [waiting]);
}
