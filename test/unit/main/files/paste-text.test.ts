import { describe, expect, it } from 'vitest';
import { FileRegistry } from '../../../../electron/main/files/file-registry.ts';
import { MAX_PASTED_BYTES, pasteText } from '../../../../electron/main/files/paste-text.ts';

const paste = (text: string, registry = new FileRegistry()) => pasteText(registry, () => Promise.resolve(text));

describe('a pasted text', () => {
  it('is taken exactly as it was copied', async () => {
    const registry = new FileRegistry();
    const text = '\uFEFFName\tE-Mail\r\n"Ann\tB"\t ann@one.example \r\n\r\n';
    const ref = await paste(text, registry);
    expect(ref).toMatchObject({ name: expect.stringMatching(/^Pasted, /) as string, pasted: true, sizeBytes: Buffer.byteLength(text) });
    expect(registry.source(ref.fileId).text).toBe(text);
  });

  it('is refused where it is none, has no address, or is too large', async () => {
    await expect(paste('')).rejects.toMatchObject({ code: 'FileEmpty' });
    await expect(paste(' \n\t')).rejects.toMatchObject({ code: 'FileEmpty', message: expect.stringContaining('no text') as string });
    await expect(paste('correct horse battery staple')).rejects.toMatchObject({ code: 'FileEmpty', message: expect.stringContaining('no e-mail address') as string });
    expect((await paste('x＠one.example')).pasted).toBe(true);
    expect((await paste(`${'é'.repeat(MAX_PASTED_BYTES / 2 - 1)}@b`)).sizeBytes).toBe(MAX_PASTED_BYTES);
    await expect(paste(`${'é'.repeat(MAX_PASTED_BYTES / 2)}@`)).rejects.toMatchObject({ code: 'BadUsage', message: expect.stringContaining('50 MB') as string });
  });
});
