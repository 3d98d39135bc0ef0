// What a user can get wrong: each is told with what was looked for, ends with exit code 2, and stores nothing.
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';

describe('winnow verify with bad input', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: string;

  beforeEach(() => {
    folder = temporaryFolder();
    store = join(folder.dir, 'store');
  });

  afterEach(() => {
    folder.remove();
  });

  const write = (name: string, content: string | Buffer) => {
    const path = join(folder.dir, name);
    writeFileSync(path, content);
    return path;
  };

  async function expectRefused(path: string, words: RegExp, more: string[] = []): Promise<void> {
    const { code, stdout, stderr } = await runWinnow(['verify', path, '--practice', '--store', store, '--json', ...more]);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('defect');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const lists = join(store, 'lists');
    expect(existsSync(lists) ? readdirSync(lists) : []).toEqual([]);
    const { stdout: listed } = await runWinnow(['lists', '--store', store, '--json']);
    expect(JSON.parse(listed)).toEqual([]);
  }

  it('an empty file', () => expectRefused(write('empty.csv', ''), /empty\.csv.*(empty|nothing)/s));
  it('only a header', () => expectRefused(write('header.csv', 'Name,E-Mail\n'), /header\.csv/));
  it('no address column', () => expectRefused(write('none.csv', 'Name,City\nAnn,Berlin\nBob,Paris\n'), /address.*column|column.*address/is));
  it('a column that is not there', () =>
    expectRefused(write('list.csv', 'Name,E-Mail\nAnn,ann@a.test\n'), /Work Mail.*Name.*E-Mail/s, ['--column', 'Work Mail']));
  it('a zip archive', () => expectRefused(write('list.zip', Buffer.from('504b0304140000000800', 'hex')), /list\.zip.*(zip|xlsx|binary)/is));
  it('a binary file', () => expectRefused(write('photo.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), /photo\.csv/));
  it('a folder', () => {
    mkdirSync(join(folder.dir, 'contacts'));
    return expectRefused(join(folder.dir, 'contacts'), /contacts.*folder/s);
  });
  it('a file that is not there', () => expectRefused(join(folder.dir, 'gone.csv'), /gone\.csv/));
  it('an export over the list itself', () => {
    const path = write('list.csv', 'E-Mail\nann@a.test\n');
    return expectRefused(path, /list itself/, ['--out', path]);
  });
  it('an export into a folder that is not there', () =>
    expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /no folder/, ['--out', join(folder.dir, 'no', 'out.csv')]));
  it('words of a tool that it does not know, with those that it knows', () =>
    expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /"hunter".*zerobounce/s, ['--words', 'hunter']));
  it('a folder of lists that is not there', () =>
    expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /--lists .*mine.* is no folder/, ['--lists', join(folder.dir, 'mine')]));
  it('a folder of lists with none in it', () => {
    mkdirSync(join(folder.dir, 'mine'));
    return expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /holds none of allow\.txt/, ['--lists', join(folder.dir, 'mine')]);
  });
  it('a list with a line that is no entry, named by file and line', () => {
    mkdirSync(join(folder.dir, 'mine'));
    write('mine/suppress.txt', 'one.example\n# fine\nno domain at all\n');
    return expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /suppress\.txt, line 3: "no domain at all"/, ['--lists', join(folder.dir, 'mine')]);
  });
  it('settings with a fault, named by its path', () => {
    const settings = write('settings.json', '{ "smtp": { "errorBudget": 50 } }');
    return expectRefused(write('list.csv', 'E-Mail\nann@a.test\n'), /smtp\.errorBudget/, ['--settings', settings]);
  });

  it('an unreadable file', async () => {
    const path = write('secret.csv', 'E-Mail\nann@a.test\n');
    chmodSync(path, 0);
    // Root reads everything; a file that even root cannot read needs another way.
    if (process.getuid?.() === 0) {
      await expectRefused('/proc/self/mem', /mem/);
      return;
    }
    await expectRefused(path, /secret\.csv/);
  });

  it('usage: unknown commands and options', async () => {
    for (const args of [[], ['explode'], ['verify'], ['verify', 'x.csv', '--warp'], ['check', 'a@b.test']]) {
      expect((await runWinnow(args)).code, args.join(' ')).toBe(2);
    }
  });
});
