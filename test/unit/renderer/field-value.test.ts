// A preference between its field and the settings: every field shows its default as it will be read back, a fault is
// told in words with the schema's own bounds, and what the schema refuses is never handed on.
import { describe, expect, it } from 'vitest';
import { inputOf, judge, valueAt } from '../../../renderer/features/preferences/field-value.ts';
import { boundsOf } from '../../../renderer/features/preferences/bounds-of.ts';
import type { Field, FieldPath } from '../../../renderer/features/preferences/fields.ts';
import { SECTIONS } from '../../../renderer/features/preferences/sections.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { en as words } from '../../../shared/words/en.ts';

const fields = SECTIONS.flatMap((section) => [...section.fields, ...section.advanced]);
const field = (path: FieldPath): Field => fields.find((known) => known.path === path)!;
const message = (path: FieldPath, input: string): string | null => {
  const judged = judge(DEFAULT_SETTINGS, field(path), input);
  return judged.ok ? null : judged.message;
};

it('shows each setting that has words, once', () => {
  expect(fields.map(({ path }) => path).sort()).toEqual(Object.keys(words.preferences.fields).sort());
});

it.each(fields.map((known) => [known.path, known] as const))('reads back what it shows: %s', (_path, known) => {
  expect(judge(DEFAULT_SETTINGS, known, inputOf(DEFAULT_SETTINGS, known))).toEqual({ ok: true, settings: DEFAULT_SETTINGS });
});

it.each(fields.filter(({ kind }) => kind === 'number').map(({ path }) => [path]))('takes the bounds of the schema and nothing beyond: %s', (path) => {
  const known = field(path) as Extract<Field, { kind: 'number' }>;
  const { min, max } = boundsOf(path);
  for (const value of [min, max]) {
    const judged = judge(DEFAULT_SETTINGS, known, String(value / known.factor));
    expect(judged.ok && valueAt(judged.settings, path)).toBe(value);
  }
  expect(judge(DEFAULT_SETTINGS, known, String((max + known.factor) / known.factor)).ok).toBe(false);
  expect(judge(DEFAULT_SETTINGS, known, '-1').ok).toBe(false);
});

describe('what is typed', () => {
  it('says what is expected in the unit that is shown', () => {
    expect(message('smtp.maxConnections', '0')).toBe('A whole number from 1 to 1,000.');
    expect(message('smtp.maxConnections', '2.5')).toBe('A whole number from 1 to 1,000.');
    expect(message('smtp.connectTimeoutMs', '')).toBe('A number from 0.05 to 300.');
    expect(message('smtp.connectTimeoutMs', 'soon')).toBe('A number from 0.05 to 300.');
  });

  it('takes a fraction of a larger unit, with a comma too', () => {
    const judged = judge(DEFAULT_SETTINGS, field('smtp.connectTimeoutMs'), ' 2,5 ');
    expect(judged.ok && judged.settings.smtp.connectTimeoutMs).toBe(2_500);
  });

  it.each([['mail.example.com', true], ['localhost', false], ['mail..com', false], ['-x.example.com', false], ['', false]])('a HELO name: %s', (input, ok) => {
    expect(message('identity.heloName', input) === null).toBe(ok);
  });

  it.each([['', true], ['verify@example.com', true], ['verify', false], ['a b@example.com', false]])('a MAIL FROM: %s', (input, ok) => {
    expect(message('identity.mailFrom', input) === null).toBe(ok);
  });

  it.each([
    ['smtp.proxy', '', true], ['smtp.proxy', 'socks5://127.0.0.1:1080', true], ['smtp.proxy', 'http://127.0.0.1:1080', false],
    ['smtp.localAddress', '192.0.2.1', true], ['smtp.localAddress', '2001:db8::1', true], ['smtp.localAddress', '192.0.2.1:25', false], ['smtp.localAddress', 'eth0', false],
    ['smtp.localAddressIpv6', '2001:db8::1', true], ['smtp.localAddressIpv6', '[2001:db8::1]', false], ['smtp.localAddressIpv6', '192.0.2.1', false], ['smtp.localAddressIpv6', '', true],
  ] as const)('%s: %s', (path, input, ok) => {
    expect(message(path, input) === null).toBe(ok);
  });

  it.each([
    ['', []],
    ['192.0.2.1', ['192.0.2.1']],
    ['192.0.2.1, 192.0.2.2:5353 2001:db8::1', ['192.0.2.1', '192.0.2.2:5353', '2001:db8::1']],
    ['[2001:db8::1]:53', ['[2001:db8::1]:53']],
    ['dns.example.com', null],
    ['192.0.2.256', null],
    ['192.0.2.1:99999', null],
    ['10:53', null],
    ['1.1.1.1 '.repeat(9), null],
  ])('DNS servers: %s', (input, servers) => {
    const judged = judge(DEFAULT_SETTINGS, field('dns.servers'), input);
    expect(judged.ok ? judged.settings.dns.servers : null).toEqual(servers);
  });

  it('changes that one setting and no other', () => {
    const judged = judge({ ...DEFAULT_SETTINGS, identity: { heloName: 'a.example.com', mailFrom: '' } }, field('identity.mailFrom'), 'v@example.com');
    expect(judged).toEqual({ ok: true, settings: { ...DEFAULT_SETTINGS, identity: { heloName: 'a.example.com', mailFrom: 'v@example.com' } } });
  });
});
