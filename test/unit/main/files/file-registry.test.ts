import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileRegistry } from '../../../../electron/main/files/file-registry.ts';

let folder: string;
let files: FileRegistry;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-files-'));
  files = new FileRegistry();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, text = 'email\n'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('a file that is registered', () => {
  it('is known by an id, its name and its size, never by its path', async () => {
    const path = await put('list.csv', 'email\na@b.c\n');
    const ref = await files.register(path);
    expect(ref).toEqual({ fileId: uuid, name: 'list.csv', sizeBytes: 12 });
    expect(JSON.stringify(ref)).not.toContain(folder);
    expect(files.source(ref.fileId)).toEqual({ ref, path });
  });

  it('gets another id each time', async () => {
    const path = await put('list.csv');
    expect((await files.register(path)).fileId).not.toBe((await files.register(path)).fileId);
  });

  it('is a file, and there', async () => {
    await mkdir(join(folder, 'sub'));
    await expect(files.register(join(folder, 'sub'))).rejects.toMatchObject({ code: 'FileIsFolder' });
    await expect(files.register(join(folder, 'gone.csv'))).rejects.toMatchObject({ code: 'FileNotFound', message: 'gone.csv is not there any more.' });
    await expect(files.register('/dev/null')).rejects.toMatchObject({ code: 'FileUnreadable' });
    for (const path of ['', 'list.csv', '../list.csv', `${folder}/a\0b`]) await expect(files.register(path)).rejects.toMatchObject({ code: 'FileUnreadable' });
  });

  it('is forgotten only when four thousand others came after it', async () => {
    const path = await put('list.csv');
    const first = await files.register(path);
    for (let i = 0; i < 3_999; i += 1) await files.register(path);
    expect(files.source(first.fileId).path).toBe(path);
    await files.register(path);
    expect(() => files.source(first.fileId)).toThrow('This file is no longer known here. Open it again.');
  });
});

describe('a text that was pasted', () => {
  it('is known like a file, and kept as it is', () => {
    const ref = files.registerText('Pasted, 21 Nov', 'é@b.c\n');
    expect(ref).toEqual({ fileId: uuid, name: 'Pasted, 21 Nov', sizeBytes: 7, pasted: true });
    expect(files.source(ref.fileId)).toEqual({ ref, path: 'Pasted, 21 Nov', text: 'é@b.c\n' });
  });

  it('is forgotten when two others came after it: each may be large', () => {
    const [first, second, third] = ['a@b.c', 'b@b.c', 'c@b.c'].map((text) => files.registerText('Pasted', text).fileId);
    expect(() => files.source(first ?? '')).toThrow('no longer known');
    expect([files.source(second ?? '').text, files.source(third ?? '').text]).toEqual(['b@b.c', 'c@b.c']);
  });
});

describe('a file that was opened from outside', () => {
  it('is told of until it is taken up', async () => {
    files.tell([await files.register(await put('a.csv')), await files.register(await put('b.csv'))]);
    const [first, second] = files.opened;
    expect([first?.name, second?.name]).toEqual(['a.csv', 'b.csv']);
    expect(files.takeUp(first?.fileId ?? '')).toBe(true);
    expect(files.takeUp(first?.fileId ?? '')).toBe(false);
    expect(files.opened).toEqual([second]);
  });
});

describe('a target', () => {
  it('is no source, and a source is no target', async () => {
    const { fileId } = await files.register(await put('list.csv'));
    const targetId = files.registerTarget(join(folder, 'out.csv'));
    expect(files.targetPath(targetId)).toBe(join(folder, 'out.csv'));
    expect(() => files.source(targetId)).toThrow();
    expect(() => files.targetPath(fileId)).toThrow('Choose again where to export to.');
  });
});
