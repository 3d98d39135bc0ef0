// What `winnow verify` makes of files, folders and standard input: a list each, or one of all; nothing passed over in
// silence, nothing started that cannot end well.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyEach } from '../../../electron/headless/verify-each.ts';
import { parseVerifyOptions, type VerifyOptions } from '../../../electron/headless/verify-options.ts';
import { collectLists } from '../../../electron/host/collect-lists.ts';
import { pastedName } from '../../../shared/words/en-paste.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-each-'));
  mkdirSync(join(folder, 'in/deep'), { recursive: true });
  for (const name of ['b10.csv', 'b2.TXT', 'deep/b2.csv.gz', 'notes.pdf', '.hidden.csv', '~$b.xlsx']) writeFileSync(join(folder, 'in', name), 'x');
  symlinkSync(join(folder, 'in'), join(folder, 'in/deep/round'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string, message: RegExp): Error => expect.objectContaining({ code, name: 'UserError', message: expect.stringMatching(message) as string }) as Error;
async function run(args: readonly string[], codes: readonly number[] = []): Promise<{ code: number; lists: VerifyOptions[]; said: string[] }> {
  const lists: VerifyOptions[] = [];
  const said: string[] = [];
  const one = (options: VerifyOptions): Promise<number> => Promise.resolve(codes[lists.push(options) - 1] ?? 0);
  const code = await verifyEach(parseVerifyOptions([...args]), (line) => said.push(line), one);
  return { code, lists, said };
}

describe('collectLists', () => {
  it('takes the lists of a folder by their names, and tells what it passes over', async () => {
    const { lists, ignored } = await collectLists([join(folder, 'in'), join(folder, 'in/notes.pdf'), join(folder, 'in/b10.csv')]);
    expect(lists.map((path) => basename(path))).toEqual(['b2.TXT', 'b10.csv', 'b2.csv.gz', 'notes.pdf']);
    const told = ignored.map(({ path, why }) => `${basename(path)}: ${why}`);
    expect(told.sort()).toEqual(['.hidden.csv: hidden or temporary', 'notes.pdf: no list by its name', 'round: no file', '~$b.xlsx: hidden or temporary']);
  });

  it('says what is not there or holds no list', async () => {
    await expect(collectLists([join(folder, 'gone')])).rejects.toThrow(failing('FileNotFound', /gone was not found/));
    mkdirSync(join(folder, 'empty'));
    await expect(collectLists([join(folder, 'empty')])).rejects.toThrow(failing('FileEmpty', /empty holds no lists\. Looked for/));
  });
});

describe('verifyEach', () => {
  it('verifies each file as a list of its own, into a folder, and answers the worst exit code', async () => {
    const { code, lists, said } = await run([join(folder, 'in'), '--out', folder], [0, 1, 0]);
    expect(code).toBe(1);
    expect(lists.map(({ out }) => basename(out ?? ''))).toEqual(['b2-verified.csv', 'b10-verified.csv', 'b2-2-verified.csv']);
    expect(said.filter((line) => line.startsWith('passed over'))).toHaveLength(4);
    expect(said).toContain(`list 2 of 3: ${join(folder, 'in/b10.csv')}`);
  });

  it('stops at a list that is paused', async () => {
    expect((await run([join(folder, 'in')], [0, 3, 0])).lists).toHaveLength(2);
  });

  it('makes one list of all with --together', async () => {
    const { lists } = await run([join(folder, 'in'), '--together', '--out', join(folder, 'out.csv')]);
    expect(lists).toHaveLength(1);
    expect(lists[0]).toMatchObject({ listPath: join(folder, 'in'), out: join(folder, 'out.csv'), reading: { name: 'in' } });
    expect(lists[0]?.reading.together).toHaveLength(3);
  });

  it('leaves one file as it is, and refuses one file for several lists before anything is done', async () => {
    expect((await run([join(folder, 'in/notes.pdf'), '--column', 'a', '--column', 'b', '--delimiter', 'tab', '--sheet', '2'])).lists).toMatchObject([{ listPath: join(folder, 'in/notes.pdf'), reading: { addressColumns: ['a', 'b'], delimiter: '\t', sheet: '2' } }]);
    await expect(run([join(folder, 'in'), '--out', join(folder, 'out.csv')])).rejects.toThrow(failing('BadUsage', /3 lists need --out to be a folder/));
    await expect(run(['-', join(folder, 'in')])).rejects.toThrow(failing('BadUsage', /Standard input/));
    await expect(run(['-', '--resume'])).rejects.toThrow(failing('BadUsage', /cannot be gone on with/));
  });
});

describe('pastedName', () => {
  it('names the day', () => {
    expect(pastedName(new Date(2026, 10, 21))).toBe('Pasted, 21 Nov');
  });
});
