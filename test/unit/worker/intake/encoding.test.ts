// Encodings: the decoders, the census that tells UTF-8 from older encodings, and what is detected of whole files.
import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectEncoding, type DetectedEncoding } from '../../../../electron/worker/intake/detect-encoding.ts';
import { openFormat } from '../../../../electron/worker/intake/formats/open-format.ts';
import { incompleteTail, utf8Census } from '../../../../electron/worker/intake/utf8-census.ts';
import { utf8Decoder } from '../../../../electron/worker/intake/utf8-decoder.ts';
import { decodeWindows1252 } from '../../../../electron/worker/intake/windows-1252.ts';

const decodeAll = (encoding: string, chunks: readonly Buffer[]): string => {
  const decoder = utf8Decoder(encoding);
  return Buffer.concat([...chunks.map((chunk) => decoder.write(chunk)), decoder.end()]).toString('utf8');
};
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));

describe('decodeWindows1252', () => {
  it('gives each of the 256 bytes a character of its own, as the Encoding Standard has it', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const text = decodeWindows1252(all);
    expect(new Set(text).size).toBe(256);
    expect(text).toBe(new TextDecoder('windows-1252').decode(all));
  });
});

describe('utf8Decoder', () => {
  it('decodes UTF-16 whatever the chunks, surrogate pairs too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.integer({ min: 1, max: 7 }), (text, size) => {
        expect(decodeAll('utf-16le', pieces(Buffer.from(text, 'utf16le'), size))).toBe(text);
        expect(decodeAll('utf-16be', pieces(utf16be(text), size))).toBe(text);
      }),
    );
  });

  it('marks half a unit at the end and half a pair', () => {
    expect(decodeAll('utf-16le', [Buffer.from([0x61, 0x00, 0x62])])).toBe('a\uFFFD');
    expect(decodeAll('utf-16le', [Buffer.from([0x3d, 0xd8]), Buffer.from([0x61, 0x00])])).toBe('\uFFFDa');
  });

  it('decodes what the user names', () => {
    expect(decodeAll('shift_jis', pieces(Buffer.from([0x82, 0xb1, 0x82, 0xf1]), 1))).toBe('こん');
  });
});

describe('utf8Census', () => {
  it('finds no fault exactly where isUtf8 finds none', () => {
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xc3, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xed, 0xa0));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (list) => {
        // An unfinished sequence at the end counts as no fault: an ASCII byte finishes it off.
        const bytes = Buffer.from([...list, 0x61, 0x61, 0x61]);
        expect(utf8Census(bytes).faults === 0).toBe(isUtf8(bytes));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never cuts a sequence in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(), (text, place) => {
        const bytes = Buffer.from(text, 'utf8');
        const chunk = bytes.subarray(0, place % (bytes.length + 1));
        expect(isUtf8(chunk.subarray(0, chunk.length - incompleteTail(chunk)))).toBe(isUtf8(bytes));
      }),
    );
  });
});

describe('detectEncoding', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-encoding-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const detect = async (bytes: Buffer, wanted?: string): Promise<DetectedEncoding> => {
    const path = join(folder, 'list.csv');
    writeFileSync(path, bytes);
    const source = await openFormat(path);
    try {
      return await detectEncoding(source, (await source.head(1_048_576)).bytes, wanted);
    } finally {
      await source.close();
    }
  };
  const text = 'name,email\nJosé,jose@example.com\n';

  it('tells UTF-8, UTF-16 and Windows-1252, with and without BOM', async () => {
    expect(await detect(Buffer.from('a@b.com\n'))).toEqual({ encoding: 'utf-8', bomBytes: 0, clean: true });
    expect(await detect(Buffer.from(text))).toEqual({ encoding: 'utf-8', bomBytes: 0, clean: true });
    expect(await detect(Buffer.from(`\uFEFF${text}`))).toEqual({ encoding: 'utf-8', bomBytes: 3, clean: true });
    expect(await detect(Buffer.from(text, 'utf16le'))).toEqual({ encoding: 'utf-16le', bomBytes: 0, clean: true });
    expect(await detect(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual({ encoding: 'utf-16le', bomBytes: 2, clean: true });
    expect(await detect(utf16be(text))).toEqual({ encoding: 'utf-16be', bomBytes: 0, clean: true });
    expect(await detect(utf16be(`\uFEFF${text}`))).toEqual({ encoding: 'utf-16be', bomBytes: 2, clean: true });
    expect(await detect(Buffer.from(text, 'latin1'))).toEqual({ encoding: 'windows-1252', bomBytes: 0, clean: true });
  });

  it('sees a foreign byte however late it comes', async () => {
    const ascii = Buffer.alloc(3_000_000, 'a@b.com\n');
    expect(await detect(Buffer.concat([ascii, Buffer.from([0xe9, 0x0a])]))).toMatchObject({ encoding: 'windows-1252' });
    const utf8 = Buffer.from('é,a@b.com\n'.repeat(200_000));
    expect(await detect(Buffer.concat([utf8, Buffer.from([0xe9, 0x0a])]))).toEqual({ encoding: 'utf-8', bomBytes: 0, clean: false });
  });

  it('is not fooled by UTF-8 sequences that chunks part', async () => {
    for (let shift = 0; shift < 4; shift++) {
      expect(await detect(Buffer.from('a'.repeat(shift) + '😀'.repeat(600_000)))).toMatchObject({ encoding: 'utf-8', clean: true });
    }
  });

  it('takes a few NULs for data', async () => {
    expect(await detect(Buffer.from('a,b\0c,d\nx@y.com,\0,z\n'))).toMatchObject({ encoding: 'utf-8' });
  });

  it("follows the user's word, and says what it does not know", async () => {
    expect(await detect(Buffer.from(text), 'Windows-1252')).toMatchObject({ encoding: 'windows-1252' });
    expect(await detect(Buffer.from(text), 'UTF8')).toMatchObject({ encoding: 'utf-8', clean: true });
    expect(await detect(Buffer.from(text, 'latin1'), 'utf-8')).toMatchObject({ encoding: 'utf-8', clean: false });
    expect(await detect(Buffer.from(text), 'koi8-r')).toMatchObject({ encoding: 'koi8-r' });
    await expect(detect(Buffer.from(text), 'klingon')).rejects.toThrow(/encoding "klingon" is not known/);
  });
});
