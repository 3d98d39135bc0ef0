// The user's own address lists in main: read completely before anything changes, kept all or nothing, found again at the
// next start, and never silently left out.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressListFiles } from '../../../../electron/main/lists/address-list-files.ts';
import { parseAddress, type ParsedAddress } from '../../../../shared/address/parse-address.ts';
import { addressListsState } from '../../../../shared/ipc/address-lists.ts';
import { LIST_KINDS, type ListKind } from '../../../../shared/lists/address-lists.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

let dir = '';
let folder = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'winnow-lists-'));
  folder = join(dir, 'data', 'lists');
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const opened = (): AddressListFiles => new AddressListFiles({ folder, log: createSilentLog() });
const write = (name: string, content: string): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};
const address = (text: string): ParsedAddress => {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(`${text} is no address`);
  return parsed;
};
const stateOf = (files: AddressListFiles, kind: ListKind) => files.state().lists.find((list) => list.kind === kind);
const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;

describe('with no file of the user', () => {
  it('the built-in lists are in force, and told with source, date and length', () => {
    const files = opened();
    expect(files.custom()).toEqual({});
    const state = addressListsState.parse(files.state());
    expect(state.lists.map(({ kind }) => kind)).toEqual(LIST_KINDS);
    for (const list of state.lists) {
      const builtIn = !['allow', 'block', 'suppress'].includes(list.kind);
      expect([list.custom, list.entries > 0, list.source !== '']).toEqual([false, builtIn, builtIn]);
      if (builtIn) expect(list.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(state.topLevelDomains.count).toBeGreaterThan(1_000);
    expect(state.topLevelDomains.date).toMatch(/^\d{4}-\d\d-\d\d/);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('a file that is taken', () => {
  it('is in force at once and at the next start, under its own name and date', async () => {
    const path = write('People who said no.csv', 'email,since\nAnn@One.example,2024\n@two.example\n"a b"@three.example\n');
    utimesSync(path, new Date('2026-03-04T12:00:00Z'), new Date('2026-03-04T12:00:00Z'));
    const files = opened();
    await files.take('suppress', path);
    rmSync(path);
    for (const each of [files, opened()]) {
      expect(stateOf(each, 'suppress')).toMatchObject({ source: 'People who said no.csv', date: '2026-03-04', entries: 3, custom: true, problem: null });
      for (const text of ['Ann@one.example', 'x@two.example', 'x@sub.two.example', '"a b"@three.example']) expect(each.lists().isSuppressed(address(text))).toBe(true);
      expect(each.lists().isSuppressed(address('bob@one.example'))).toBe(false);
    }
    expect(statSync(join(folder, 'suppress.txt')).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['suppress.txt']);
  });

  it('takes the place of a built-in list until it is removed', async () => {
    const files = opened();
    expect(files.lists().flagsOf(address('x@mailinator.com')).flags).toContain('disposable');
    await files.take('disposable', write('mine.txt', '# mine\nthrowaway.example\n'));
    expect(files.lists().flagsOf(address('x@mailinator.com')).flags).not.toContain('disposable');
    expect(files.lists().flagsOf(address('x@throwaway.example')).flags).toContain('disposable');
    await files.remove('disposable');
    expect(files.lists().flagsOf(address('x@mailinator.com')).flags).toContain('disposable');
    expect(stateOf(files, 'disposable')?.custom).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    await files.remove('disposable'); // twice is no fault
  });

  it('without its faulty lines, if that is what the user wants', async () => {
    const files = opened();
    const path = write('mixed.txt', 'one.example\nnot a domain\ntwo.example\nneither..this\n');
    const found = files.examine('block', path);
    expect([found.entries.length, found.badLines, found.problems.map(({ line }) => line)]).toEqual([2, 2, [2, 4]]);
    expect(found.problems[0]?.problem).toContain('not a domain');
    expect(stateOf(files, 'block')?.custom).toBe(false); // looked at, and nothing changed
    await files.take('block', path);
    expect(stateOf(opened(), 'block')).toMatchObject({ entries: 2, source: 'mixed.txt' });
  });

  it('keeps every kind of entry through its copy', async () => {
    const files = opened();
    const kinds: readonly (readonly [ListKind, string])[] = [['allow', 'a@one.example\ntwo.example'], ['free', 'three.example'], ['role', 'kontakt\nbüro'], ['no_reply', 'antwortnicht']];
    for (const [kind, content] of kinds) await files.take(kind, write(`${kind}.csv`, content));
    expect(opened().custom()).toEqual(files.custom());
    expect(files.custom()).toEqual({ allow: ['a@one.example', 'two.example'], free: ['three.example'], role: ['kontakt', 'büro'], no_reply: ['antwortnicht'] });
  });
});

describe('nothing has changed where', () => {
  const before = async (): Promise<AddressListFiles> => {
    const files = opened();
    await files.take('suppress', write('first.txt', 'one.example\n'));
    return files;
  };
  const isAsBefore = (files: AddressListFiles): void => {
    for (const each of [files, opened()]) expect(stateOf(each, 'suppress')).toMatchObject({ source: 'first.txt', entries: 1, problem: null });
    expect(readdirSync(folder)).toEqual(['suppress.txt']);
  };

  it('the file cannot be read, and the message names it without its folder', async () => {
    const files = await before();
    const cases: readonly (readonly [string, string])[] = [
      [join(dir, 'gone.txt'), 'FileNotFound'],
      [dir, 'FileIsFolder'],
      [write('photo.txt', 'a\0b'), 'FileBinary'],
      [write('nothing.txt', '# nothing\n'), 'FileEmpty'],
      [write('rubbish.txt', 'not a domain\n'), 'FileEmpty'],
    ];
    for (const [path, code] of cases) {
      await expect(files.take('suppress', path)).rejects.toThrow(failing(code));
      await expect(files.take('suppress', path)).rejects.not.toThrow(dir);
    }
    isAsBefore(files);
  });

  it('the copy cannot be written', async () => {
    const files = await before();
    mkdirSync(join(folder, 'suppress.txt.tmp')); // as if the disk refused it
    await expect(files.take('suppress', write('second.txt', 'two.example\n'))).rejects.toThrow(failing('StoreUnwritable'));
    rmSync(join(folder, 'suppress.txt.tmp'), { recursive: true });
    isAsBefore(files);
  });
});

describe('a kept list that cannot be read any more', () => {
  it('stops imports and runs, because it may be the one of people who are never to be asked; and can be removed', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'suppress.txt'), 'a\0b');
    const files = opened();
    expect(() => files.custom()).toThrow(failing('FileUnreadable'));
    expect(() => files.lists()).toThrow(failing('FileUnreadable'));
    const state = addressListsState.parse(files.state());
    expect(state.lists.find(({ kind }) => kind === 'suppress')).toMatchObject({ custom: true, entries: 0, problem: expect.stringContaining('suppress.txt') as string });
    expect(JSON.stringify(state)).not.toContain(dir);
    await files.remove('suppress');
    expect(files.custom()).toEqual({});
  });

  it('is read as it stands where the user has edited it, without the lines that are no entries', () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'suppress.txt'), 'one.example\nnot a domain\n');
    const files = opened();
    expect(stateOf(files, 'suppress')).toMatchObject({ source: 'suppress.txt', entries: 1, problem: null });
  });
});

it('a name cannot forge a second line in the copy', async () => {
  const files = opened();
  const path = write('a\nevil.example.txt', 'one.example\n');
  await files.take('allow', path);
  expect(readFileSync(join(folder, 'allow.txt'), 'utf8').split('\n').length).toBe(3);
  expect(stateOf(opened(), 'allow')).toMatchObject({ source: 'a evil.example.txt', entries: 1 });
});
