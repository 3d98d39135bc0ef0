// Every setting can be reached in the preferences: what the schema gains and nobody gives a field, fails here.
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../renderer/features/preferences/destination-rule.ts';
import { SECTIONS } from '../../../renderer/features/preferences/sections.ts';
import { shownSections } from '../../../renderer/features/preferences/shown-sections.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';
import { en as words } from '../../../shared/words/en.ts';

/** Settings with an editor of their own in the place of a field. */
const OWN_EDITOR = ['destinations', 'exportPresets'];

/** The path of each single setting: a value, or a list of values. */
function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const paths = SECTIONS.flatMap(({ fields, advanced }) => [...fields, ...advanced]).map(({ path }) => path);

describe('the preferences', () => {
  it('have a field for each setting, or an editor', () => {
    expect([...paths, ...OWN_EDITOR].sort()).toEqual([...leaves(DEFAULT_SETTINGS, '')].sort());
  });

  it('have a field for each limit of a rule for single servers', () => {
    const { mxPattern, ...limits } = settingsSchema.shape.destinations.unwrap().element.shape;
    expect(mxPattern).toBeDefined();
    expect([...LIMITS].sort()).toEqual(Object.keys(limits).sort());
  });

  it('have each section of the catalogue once, and something to see in it', () => {
    expect(SECTIONS.map(({ name }) => name).sort()).toEqual(Object.keys(words.preferences.sections).sort());
  });
});

describe('the search', () => {
  const found = (search: string): readonly string[] => shownSections(search).flatMap(({ fields, advanced }) => [...fields, ...advanced]).map(({ path }) => path);

  it('leaves all where nothing is searched', () => {
    expect(shownSections('  ')).toBe(SECTIONS);
  });

  it('finds fields by label, help and name, folded ones too, in any order of the words', () => {
    expect(found('PROXY socks5')).toEqual(['smtp.proxy']);
    expect(found('rset')).toEqual(['smtp.healthCheck']);
    expect(found('breakerOpenMaxMs')).toEqual(['smtp.breakerOpenMaxMs']);
  });

  it('shows a section whole that is found by its title, and the editors by what they are about', () => {
    expect(found('asking again').filter((path) => path.startsWith('retry.'))).toHaveLength(6);
    expect(shownSections('disposable').map(({ name }) => name)).toContain('lists');
    expect(shownSections('rules for single').map(({ name }) => name)).toEqual(['destinations']);
  });

  it('finds nothing where there is nothing', () => {
    expect(shownSections('xyzzy')).toEqual([]);
  });
});
