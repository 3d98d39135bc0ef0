// Text into bytes: nothing is lost silently.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextBytes } from '../../../../electron/worker/export/text-bytes.ts';
import { decodeWindows1252 } from '../../../../electron/worker/intake/windows-1252.ts';

describe('TextBytes', () => {
  it('writes every character that Windows-1252 has as its byte', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const encoder = new TextBytes('windows-1252');
        expect(encoder.encode(decodeWindows1252(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
        expect(encoder.replaced).toBe(0);
      }),
    );
  });

  it('writes a question mark for each that it does not have, and tells which', () => {
    const encoder = new TextBytes('windows-1252');
    expect(encoder.encode('a日é😀日€').toString('latin1')).toBe('a?\xe9??\x80');
    expect([encoder.replaced, [...encoder.characters]]).toEqual([3, ['日', '😀']]);
  });

  it('takes everything in UTF-8 and UTF-16', () => {
    for (const [encoding, name] of [['utf-8', 'utf8'], ['utf-16le', 'utf16le']] as const) {
      expect(new TextBytes(encoding).encode('a日é😀').toString(name)).toBe('a日é😀');
    }
  });
});
