// A file that appears whole or not at all.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFile } from '../../../../electron/worker/export/atomic-file.ts';

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
    for (let count = 0; count < 5; count++) file.write(part);
    expect(readFileSync(path, 'utf8')).toBe('old');
    file.commit();
    expect(readFileSync(path, 'utf8')).toBe(part.repeat(5));
    expect(file.bytes).toBe(Buffer.byteLength(part) * 5);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('leaves the old file and nothing else after an abort, whenever it comes', () => {
    writeFileSync(path, 'old');
    const file = new AtomicFile(path);
    file.write('new');
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

  it('says why it cannot be written', () => {
    expect(() => new AtomicFile(join(folder, 'none', 'out.csv'))).toThrow(expect.objectContaining({ code: 'ExportFailed', message: expect.stringContaining('folder does not exist') as string }) as Error);
    expect(() => new AtomicFile(folder)).toThrow(expect.objectContaining({ code: 'FileIsFolder' }) as Error);
  });
});
