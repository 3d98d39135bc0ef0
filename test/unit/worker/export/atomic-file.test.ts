// A file that appears whole or not at all.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFile, commitAll } from '../../../../electron/worker/export/atomic-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-atomic-'));
  path = join(folder, 'out.csv');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('AtomicFile', () => {
  it('is not there before the commit, and whole after it', () => {
    writeFileSync(path, 'old');
    const file = new AtomicFile(path);
    const part = 'zeile ü\n'.repeat(50_000);
    for (let count = 0; count < 5; count++) file.write(Buffer.from(part));
    expect(readFileSync(path, 'utf8')).toBe('old');
    file.commit();
    expect(readFileSync(path, 'utf8')).toBe(part.repeat(5));
    expect(file.bytes).toBe(Buffer.byteLength(part) * 5);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('leaves the old file and nothing else after an abort, whenever it comes', () => {
    writeFileSync(path, 'old');
    const file = new AtomicFile(path);
    file.write(Buffer.from('new'));
    file.abort();
    file.abort();
    expect(readdirSync(folder)).toEqual(['out.csv']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it('takes away what a dead process left, and only that', () => {
    const dead = spawnSync(process.execPath, ['-e', '0']).pid;
    const names = [`.out.csv.winnow-${String(dead)}-00.tmp`, `.out.csv.winnow-${String(process.pid)}-00.tmp`, `.other.csv.winnow-${String(dead)}-00.tmp`, '.out.csv.winnow-x.tmp'];
    for (const name of names) writeFileSync(join(folder, name), '');
    new AtomicFile(path).commit();
    expect(readdirSync(folder).sort()).toEqual([...names.slice(1), 'out.csv'].sort());
  });

  it('takes over several together, and puts back those before one that cannot be', () => {
    const names = ['a.csv', 'b.csv', 'c.csv'];
    const [a = '', , c = ''] = names.map((name) => join(folder, name));
    writeFileSync(a, 'old a');
    const written = (): AtomicFile[] =>
      names.map((name) => {
        const file = new AtomicFile(join(folder, name));
        file.write(Buffer.from(`new ${name}`));
        return file;
      });
    const failing = written();
    mkdirSync(c); // a rename over a folder fails
    expect(() => { commitAll(failing); }).toThrow(expect.objectContaining({ code: 'ExportFailed' }) as Error);
    for (const file of failing) file.abort();
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'c.csv']);
    expect(readFileSync(a, 'utf8')).toBe('old a');
    rmSync(c, { recursive: true });
    commitAll(written());
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(names.map((name) => `new ${name}`));
  });

  it('says why it cannot be written', () => {
    expect(() => new AtomicFile(join(folder, 'none', 'out.csv'))).toThrow(expect.objectContaining({ code: 'ExportFailed', message: expect.stringContaining('folder does not exist') as string }) as Error);
    expect(() => new AtomicFile(folder)).toThrow(expect.objectContaining({ code: 'FileIsFolder' }) as Error);
  });
});
