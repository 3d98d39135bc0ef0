// Which row a key moves to in the result table; null for keys that move nowhere. Keys with a modifier are the window's
// own (but Ctrl or Command with Home and End, as in every grid).

interface At {
  readonly active: number;
  readonly count: number;
  /** Rows that fit into the view. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export function targetOfKey({ key, altKey, ctrlKey, metaKey }: Key, { active, count, page }: At): number | null {
  const toAnEnd = key === 'Home' || key === 'End';
  if (count === 0 || altKey || ((ctrlKey || metaKey) && !toAnEnd)) return null;
  const target = unbounded(key, active, count, page);
  return target === null ? null : Math.max(0, Math.min(count - 1, target));
}

function unbounded(key: string, active: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
