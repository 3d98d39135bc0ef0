// The app's mark: an ear of grain, one husk blown away from it. Decorative, so hidden from screen readers.
import type { JSX } from 'react';
import './mark.css';

export function Mark(): JSX.Element {
  return (
    <svg className="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect className="mark-tile" width="64" height="64" rx="15" />
      <path className="mark-stem" d="M28 30v24" />
      <g className="mark-grain">
        <ellipse cx="28" cy="16" rx="3.8" ry="7" />
        <ellipse cx="20.5" cy="25" rx="3.8" ry="7" transform="rotate(-32 20.5 25)" />
        <ellipse cx="35.5" cy="25" rx="3.8" ry="7" transform="rotate(32 35.5 25)" />
        <ellipse cx="20.5" cy="37" rx="3.8" ry="7" transform="rotate(-32 20.5 37)" />
        <ellipse cx="35.5" cy="37" rx="3.8" ry="7" transform="rotate(32 35.5 37)" />
      </g>
      <ellipse className="mark-husk" cx="50" cy="17" rx="3" ry="5.6" transform="rotate(62 50 17)" />
    </svg>
  );
}
