import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../electron/headless/read-lines.ts';

async function linesOf(chunks: readonly Buffer[]): Promise<string[]> {
  async function* source() {
    await Promise.resolve();
    yield* chunks;
  }
  const all: string[] = [];
  for await (const lines of readLines(source())) all.push(...lines);
  return all;
}

function chop(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  chunks.push(bytes.subarray(at));
  return chunks;
}

describe('readLines', () => {
  it('keeps blank lines, white space and carriage returns', async () => {
    expect(await linesOf([Buffer.from('a\n\n  b \r\nc')])).toEqual(['a', '', '  b \r', 'c']);
  });

  it('has no line after a final line feed, and none in nothing', async () => {
    expect(await linesOf([Buffer.from('a\n')])).toEqual(['a']);
    expect(await linesOf([])).toEqual([]);
  });

  it('gives the same lines however the bytes are cut, inside a UTF-8 character too', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\n', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), async (lines, sizes) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        expect(await linesOf(chop(bytes, sizes))).toEqual(lines);
      }),
    );
  });
});
