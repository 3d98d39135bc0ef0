// Clean cells, the key index, and files that are no text.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCell } from '../../../../electron/worker/intake/clean-cell.ts';
import { KeyIndex } from '../../../../electron/worker/intake/key-index.ts';
import { knownBinary } from '../../../../electron/worker/intake/known-binary.ts';

describe('cleanCell', () => {
  it('takes away what is invisible at the ends', () => {
    expect(cleanCell(' \t\u00A0\uFEFF\u200Ba@b.com\u3000\u2060 ')).toBe('a@b.com');
    expect(cleanCell('a b')).toBe('a b');
    expect(cleanCell(' \u00A0\t')).toBe('');
  });

  it('leaves line ends and other controls, which make an address impossible', () => {
    for (const control of ['\r', '\n', '\r\n', '\0', '\x0B', '\x0C', '\x85', '\u2028']) {
      expect(cleanCell(`a@b.com${control}`)).toBe(`a@b.com${control}`);
    }
  });
});

describe('KeyIndex', () => {
  it('answers as a Map does', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '@', '\0', 'é'), maxLength: 5 }), { maxLength: 300 }), (keys) => {
        const index = new KeyIndex();
        const map = new Map<string, number>();
        for (const [place, key] of keys.entries()) {
          const space = place % 3;
          const inSpace = `${String(space)} ${key}`;
          expect(index.addOrFind(key, place + 1, space)).toBe(map.get(inSpace) ?? 0);
          if (!map.has(inSpace)) map.set(inSpace, place + 1);
        }
        expect(index.size).toBe(map.size);
      }),
    );
  });

  it('keeps its numbers while it grows', () => {
    const index = new KeyIndex();
    for (let key = 1; key <= 50_000; key++) expect(index.addOrFind(`user${String(key)}@example.com`, key)).toBe(0);
    for (let key = 1; key <= 50_000; key++) expect(index.addOrFind(`user${String(key)}@example.com`, 99_999)).toBe(key);
    expect(index.size).toBe(50_000);
  });
});

describe('knownBinary', () => {
  it('names what it knows', () => {
    expect(knownBinary(Buffer.from('PK\x03\x04rest', 'latin1'))).toMatch(/ZIP|xlsx/);
    expect(knownBinary(Buffer.from('%PDF-1.7\n'))).toMatch(/PDF/);
    expect(knownBinary(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toMatch(/PNG/);
    expect(knownBinary(Buffer.from('SQLite format 3\0'))).toMatch(/SQLite/);
  });

  it('tells other binary files by their controls', () => {
    expect(knownBinary(randomBytes(20_000))).toBe('a binary file');
    expect(knownBinary(Buffer.alloc(100))).toBe('a binary file');
  });

  it('takes text for text, with a few NULs and controls too', () => {
    for (const text of ['', 'a@b.com\n', 'MZ,BZh,PARENT\n1,2,3\n', 'name\0,x@y.org\x01\n', '\t\r\n \x1B', 'Größe;é\n']) {
      expect(knownBinary(Buffer.from(text)), text).toBe(null);
    }
  });
});
