import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadLists } from '../../../electron/host/load-lists.ts';
import { UserError } from '../../../shared/errors.ts';
import { createAddressLists } from '../../../shared/lists/address-lists.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-lists-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  utimesSync(path, new Date('2026-03-04T12:00:00Z'), new Date('2026-03-04T12:00:00Z'));
  return path;
}

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError) return `${error.code}: ${error.message.replaceAll(folder, '')}`;
  }
  return 'no UserError';
}

describe('loadLists', () => {
  it('gives entries, sources and bad lines of each file', () => {
    const suppress = write('never.csv', '\ufeffemail,why\r\nJane@Müller.de,asked\r\nrival.com\r\nnot one\r\n');
    const free = write('free.txt', 'corp.de\n');
    const loaded = loadLists({ suppress, free });
    expect(loaded).toEqual({
      custom: { suppress: ['Jane@xn--mller-kva.de', 'rival.com'], free: ['corp.de'] },
      sources: [
        { kind: 'suppress', source: 'never.csv', date: '2026-03-04', entries: 2, custom: true },
        { kind: 'free', source: 'free.txt', date: '2026-03-04', entries: 1, custom: true },
      ],
      problems: [{ file: suppress, line: 4, text: 'not one', problem: 'Neither an address nor a domain.' }],
      badLines: 1,
    });
    expect(createAddressLists(loaded.custom, loaded.sources).sources.find(({ kind }) => kind === 'free')?.source).toBe('free.txt');
    expect(loadLists({})).toEqual({ custom: {}, sources: [], problems: [], badLines: 0 });
  });

  it('names the file that cannot be used, and why', () => {
    mkdirSync(join(folder, 'folder'));
    expect(codeOf(() => loadLists({ block: join(folder, 'none.txt') }))).toBe('FileNotFound: There is no list /none.txt.');
    expect(codeOf(() => loadLists({ block: join(folder, 'folder') }))).toBe('FileIsFolder: /folder is a folder; a list is a file.');
    expect(codeOf(() => loadLists({ block: write('latin1.txt', new Uint8Array([0x6d, 0xfc, 0x2e, 0x64, 0x65])) }))).toMatch(/^FileBinary: \/latin1\.txt is no text file in UTF-8/);
    expect(codeOf(() => loadLists({ block: write('zero.txt', 'a.de\n\0') }))).toMatch(/^FileBinary: \/zero\.txt/);
  });
});
