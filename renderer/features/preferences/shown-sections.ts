// What a search leaves of the preferences: sections and fields of whose words each searched word is a part, in label,
// help, unit or the section's title. A section that is found by its title is shown whole.
import { words } from '../../words.ts';
import type { Field } from './fields.ts';
import { SECTIONS, type Section } from './sections.ts';

/** Sections with an editor of their own, and what they are found by beside their title. */
const EDITORS: Readonly<Partial<Record<Section['name'], () => string>>> = {
  destinations: () => Object.values(words.preferences.rules.limits).join(' '),
  lists: () => Object.values(words.preferences.lists.kinds).map(({ title, text }) => `${title} ${text}`).join(' '),
};

export function shownSections(search: string): readonly Section[] {
  const wanted = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return SECTIONS;
  const fits = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word));
  const fieldFits = (field: Field): boolean => {
    const { label, help } = words.preferences.fields[field.path];
    return fits(`${label} ${help} ${field.path}`);
  };
  return SECTIONS.flatMap((section) => {
    const { title, text } = words.preferences.sections[section.name];
    if (fits(`${title} ${text}`) || fits(EDITORS[section.name]?.() ?? '')) return [section];
    const fields = section.fields.filter(fieldFits);
    const advanced = section.advanced.filter(fieldFits);
    return fields.length + advanced.length === 0 ? [] : [{ ...section, fields, advanced }];
  });
}
