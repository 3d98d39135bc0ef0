// One section of the preferences: its title, a line on what it is about, and what is in it.
import type { JSX, ReactNode } from 'react';
import { words } from '../../words.ts';
import type { SectionName } from './fields.ts';

export function PreferenceSection({ name, children }: { readonly name: SectionName; readonly children: ReactNode }): JSX.Element {
  const { title, text } = words.preferences.sections[name];
  return (
    <section className={`preferences-section preferences-${name}`} aria-labelledby={`section-${name}`}>
      <h2 id={`section-${name}`}>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}
