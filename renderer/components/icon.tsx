// The window's few signs, drawn here so that none is fetched and all follow the text's colour. Decorative: what a sign
// means is always said in words too, so they are hidden from screen readers.
import type { JSX } from 'react';
import './icon.css';

const PATHS = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  cross: 'M4 4 12 12 M12 4 4 12',
  bang: 'M8 3.2V9 M8 12.2v.4',
  question: 'M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.35-1 .8-1 1.6 M8 12.2v.4',
  clock: 'M8 4.5V8l2.4 1.6 M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  dot: 'M8 7.6v.8',
  plus: 'M8 3v10 M3 8h10',
  play: 'M5 3.5v9l7.5-4.5z',
  pause: 'M5.5 3.5v9 M10.5 3.5v9',
  stop: 'M4.5 4.5h7v7h-7z',
  search: 'M10.8 10.8 14 14 M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  trash: 'M3 4.5h10 M6 4.5V3h4v1.5 M4.5 4.5l.6 8.5h5.8l.6-8.5',
  save: 'M8 2.5v7 M5 6.8l3 3 3-3 M3 10.5V13h10v-2.5',
  chart: 'M2.5 13.5h11 M3 10.5l3.2-4 2.8 2.3 4-5.3',
  paste: 'M4 3.5h8v10H4z M6 2h4v2.5H6z M6 7.5h4 M6 10h4',
  open: 'M2.5 12.5v-9H6l1.5 1.8h6v7.2z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
