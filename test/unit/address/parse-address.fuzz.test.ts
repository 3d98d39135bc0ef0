// The parser against a simple oracle of its plain case, and over seeded hostile texts. `bench -- address` does the latter
// with a million.
import fc from 'fast-check';
import tlds from 'tlds' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { fuzzAddresses } from '../../bench/fuzz-addresses.ts';

const TLDS: ReadonlySet<string> = new Set([...tlds, 'test', 'example', 'invalid', 'localhost', 'local', 'onion', 'alt']);

/** The normalised address of plain ASCII by a grammar in one line a rule, or null. */
function oracle(text: string): string | null {
  const parts = text.split('@');
  const [local = '', domain = ''] = parts;
  const labels = domain.toLowerCase().split('.');
  const good =
    parts.length === 2 &&
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) &&
    local.length <= 64 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label) && label.length <= 63) &&
    TLDS.has(labels.at(-1) ?? '') &&
    domain.length <= 253 &&
    text.length <= 254;
  return good ? `${local}@${labels.join('.')}` : null;
}

describe('parseAddress beside an oracle', () => {
  const atext = fc.constantFrom(...Array.from('abcXYZ019!#$%&\'*+-/=?^_`{|}~'));
  const word = fc.string({ unit: atext, minLength: 1, maxLength: 12 });
  const local = fc.oneof({ weight: 4, arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.')) }, fc.string({ unit: fc.constantFrom('a', '.', '-', '"', ' ', ','), maxLength: 6 }), fc.integer({ min: 60, max: 68 }).map((length) => 'l'.repeat(length)));
  const label = fc.oneof({ weight: 5, arbitrary: fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?$/) }, fc.constantFrom('', '-a', 'a-', 'a_b', 'a b', 'a@b'), fc.integer({ min: 61, max: 66 }).map((length) => 'd'.repeat(length)));
  const domain = fc.tuple(fc.array(label, { minLength: 0, maxLength: 5 }), fc.constantFrom('com', 'DE', 'museum', 'test', 'con', '1')).map(([labels, tld]) => [...labels, tld].join('.'));
  const plain = fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`).filter((text) => !/(^|[@.])xn--/i.test(text) && !text.startsWith('"'));

  it('says the same, the first time and when the domain is known', () => {
    let valid = 0;
    fc.assert(
      fc.property(plain, (text) => {
        const expected = oracle(text);
        const first = parseAddress(text);
        expect(first.ok ? first.address : null).toBe(expected);
        expect(parseAddress(text)).toEqual(first);
        if (expected === null) return;
        valid += 1;
        expect(first).toEqual({ ...first, local: text.slice(0, text.indexOf('@')), smtputf8: false, quoted: false });
        // In capitals the domain is the same one.
        expect(parseAddress(text.slice(0, text.indexOf('@')) + text.slice(text.indexOf('@')).toUpperCase())).toEqual(first);
      }),
      { numRuns: 5000 },
    );
    expect(valid).toBeGreaterThan(500);
  });

  it('mixes up no two of more domains than it remembers, alike at their start and by length', () => {
    const address = (index: number): string => `x@very-long-name-${String(100_000 + index)}.com`;
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 70_000; index += 1) {
        const parsed = parseAddress(address(index));
        if (!parsed.ok || parsed.domain !== address(index).slice(2) || parsed.address !== address(index)) throw new Error(`wrong for ${address(index)}`);
      }
    }
    expect(parseAddress('x@very-long-name-1\u212a.com')).toMatchObject({ ok: true, domain: 'very-long-name-1k.com' });
  });
});

describe('parseAddress over hostile texts', () => {
  it('never throws, and is at rest after one pass', () => {
    let valid = 0;
    for (const text of fuzzAddresses(50_000, 1)) {
      const parsed = parseAddress(text);
      if (!parsed.ok) continue;
      valid += 1;
      expect(parseAddress(parsed.address)).toEqual(parsed);
    }
    expect(valid).toBeGreaterThan(5_000);
  });
});
