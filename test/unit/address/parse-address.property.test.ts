import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { isReason, statusOf } from '../../../shared/verdict/verdict.ts';

const PIECES = ['a', 'B', '9', '.', '..', '@', '"', '\\', ' ', '-', '--', 'xn--', 'ü', 'ß', 'e\u0301', '例', '。', '＠', '\u200d', '\u202e', '\r\n', '\0', '\ud83d\ude00', '\ud83d', '[', ']', ':', '(', ',', '_', '+', '.com', '.de', '.test', '@example.com', 'xn--bcher-kva'];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join('')),
  fc.tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 })).map(([local, label]) => `${local}@${label}.com`),
  fc.emailAddress(),
);

describe('parseAddress, whatever it is given', () => {
  it('never throws and names a fault that is a syntax reason, in the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = parseAddress(text);
        if (result.ok) return;
        expect(isReason(result.reason) && result.reason.startsWith('syntax_')).toBe(true);
        expect(statusOf(result.reason)).toBe('undeliverable');
        expect(result.position).toBeGreaterThanOrEqual(0);
        expect(result.position).toBeLessThanOrEqual(Math.max(254, text.normalize('NFC').length));
      }),
      { numRuns: 3000 },
    );
  });

  it('is at rest after one pass: parsing the normalised address gives the same', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = parseAddress(text);
        if (!result.ok) return;
        expect(parseAddress(result.address)).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });

  it('lets nothing through that could break a command line or a screen', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = parseAddress(text);
        if (!result.ok) return;
        expect(result.address).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/u);
        expect(Buffer.from(result.address).toString()).toBe(result.address);
        expect(result.domain).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);
        expect(Buffer.byteLength(result.address)).toBeLessThanOrEqual(254);
        expect(Buffer.byteLength(result.local)).toBeLessThanOrEqual(64);
      }),
      { numRuns: 3000 },
    );
  });

  it('accepts what a plain address generator makes, where its top-level domain exists', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
    const local = fc.stringMatching(/^[A-Za-z0-9_+-]{1,20}(\.[A-Za-z0-9_+-]{1,20}){0,2}$/);
    fc.assert(
      fc.property(local, label, fc.constantFrom('com', 'de', 'co.uk', 'org'), (name, domain, tld) => {
        expect(parseAddress(`${name}@${domain}.${tld}`)).toMatchObject({ ok: true, local: name, domain: `${domain}.${tld}`, quoted: false });
      }),
    );
  });
});
