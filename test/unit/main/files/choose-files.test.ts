// What a drop or a dialog brings: every list in it, and each thing passed over with its reason, by names and never by paths.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFiles } from '../../../../electron/main/files/choose-files.ts';
import { FileRegistry } from '../../../../electron/main/files/file-registry.ts';
import { chosenFiles } from '../../../../shared/ipc/imports.ts';

let folder: string;
let registry: FileRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-choose-'));
  registry = new FileRegistry();
  await mkdir(join(folder, 'in/deep/empty'), { recursive: true });
  for (const name of ['in/a.csv', 'in/deep/b.xlsx', 'in/.hidden.csv', 'in/picture.png', 'c.txt']) await writeFile(join(folder, name), 'a@b.c\n');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const choose = (...names: string[]) => chooseFiles(registry, names.map((name) => (name.startsWith('/') ? name : join(folder, name))));

describe('several files and folders', () => {
  it('become files, with where they lie in what was chosen, and reasons for the rest', async () => {
    const chosen = await choose('in', 'c.txt', 'gone.csv', 'in/deep/empty');
    expect(chosenFiles.parse(chosen)).toEqual(chosen);
    expect(chosen.files.map(({ name, folder: within }) => [within, name])).toEqual([['in', 'a.csv'], ['in/deep', 'b.xlsx'], [undefined, 'c.txt']]);
    expect(chosen.passedOver).toEqual([
      { name: 'in/.hidden.csv', why: 'hidden or temporary' },
      { name: 'in/picture.png', why: 'no list by its name' },
      { name: 'gone.csv', why: 'gone.csv is not there any more.' },
      { name: 'empty', why: expect.stringContaining('empty holds no lists') as string },
    ]);
    expect(chosen.passedOverCount).toBe(4);
    expect(registry.source(chosen.files[1]?.fileId ?? '').path).toBe(join(folder, 'in/deep/b.xlsx'));
    expect(JSON.stringify(chosen)).not.toContain(folder);
  });

  it('are taken once each, however often they were named', async () => {
    expect((await choose('in', 'in/a.csv', 'in')).files.map(({ name }) => name)).toEqual(['a.csv', 'b.xlsx']);
  });

  it('that cannot be used at all are told with the others', async () => {
    expect(await choose('gone.csv', '/dev/null')).toMatchObject({ files: [], passedOverCount: 2 });
  });

  it('beyond a thousand are counted, and the first of them named', async () => {
    await mkdir(join(folder, 'many'));
    for (let i = 0; i < 1_300; i += 1) await writeFile(join(folder, 'many', `${String(i)}.csv`), 'x');
    const { files, passedOver, passedOverCount } = await choose('c.txt', 'many');
    expect([files.length, passedOver.length, passedOverCount]).toEqual([1_000, 200, 301]);
  });
});

describe('a single one', () => {
  it('that cannot be used is an error, without its path', async () => {
    await expect(choose('gone.csv')).rejects.toMatchObject({ code: 'FileNotFound', message: 'gone.csv is not there any more.' });
    await expect(choose('in/deep/empty')).rejects.toMatchObject({ code: 'FileEmpty' });
    await expect(chooseFiles(registry, ['list.csv'])).rejects.toMatchObject({ code: 'FileUnreadable' });
    await expect(chooseFiles(registry, [`${folder}/a\0b`])).rejects.toMatchObject({ code: 'FileUnreadable' });
  });
});
