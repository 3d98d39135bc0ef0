// One section of the preferences: its title, a line on what it is about, what is in it, and folded below what few need.
import type { JSX, ReactNode } from 'react';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import type { SectionName } from './sections.ts';

interface Props {
  readonly name: SectionName;
  readonly children: ReactNode;
  /** Null where nothing is folded. `changed`: how many of them differ from their default. `open`: shown from the start. */
  readonly advanced: { readonly fields: ReactNode; readonly changed: number; readonly open: boolean } | null;
}

export function PreferenceSection({ name, children, advanced }: Props): JSX.Element {
  const { sections, advanced: advancedTitle, advancedChanged } = words.preferences;
  const { title, text } = sections[name];
  return (
    <section className={`preferences-section preferences-${name}`} aria-labelledby={`section-${name}`}>
      <h2 id={`section-${name}`}>{title}</h2>
      <p>{text}</p>
      {children}
      {advanced === null ? null : (
        <details className="preferences-advanced" open={advanced.open}>
          <summary>
            {advancedTitle}
            {advanced.changed === 0 ? null : <span className="preferences-changed">{advancedChanged(advanced.changed, formatCount(advanced.changed))}</span>}
          </summary>
          <div className="preferences-advanced-fields">{advanced.fields}</div>
        </details>
      )}
    </section>
  );
}
