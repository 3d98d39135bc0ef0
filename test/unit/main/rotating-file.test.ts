import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RotatingFile } from '../../../electron/main/rotating-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(options: { maxBytes?: number; maxFiles?: number } = {}): RotatingFile {
  return new RotatingFile({ folder, name: 'winnow', maxBytes: options.maxBytes ?? 100, maxFiles: options.maxFiles ?? 3 });
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

describe('RotatingFile', () => {
  it('appends lines, also after it was opened again', () => {
    const first = open();
    first.append('one');
    first.close();
    open().append('two');
    expect(read('winnow.log')).toBe('one\ntwo\n');
  });

  it('keeps the newest files and deletes the oldest', () => {
    const file = open({ maxBytes: 10, maxFiles: 3 });
    for (const line of ['line-1', 'line-2', 'line-3', 'line-4']) file.append(line);
    expect(readdirSync(folder).sort()).toEqual(['winnow.1.log', 'winnow.2.log', 'winnow.log']);
    expect([read('winnow.log'), read('winnow.1.log'), read('winnow.2.log')]).toEqual(['line-4\n', 'line-3\n', 'line-2\n']);
  });

  it('stays in its bounds and keeps the newest lines whole and in order, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }).map((line) => line.replaceAll('\n', ' ')), { maxLength: 60 }), (lines) => {
        rmSync(folder, { recursive: true, force: true });
        const file = open({ maxBytes: 200, maxFiles: 3 });
        for (const line of lines) expect(file.append(line)).toBe(true);
        file.close();
        const contents = ['winnow.2.log', 'winnow.1.log', 'winnow.log'].map((name) => {
          try {
            return read(name);
          } catch {
            return '';
          }
        });
        for (const content of contents) expect(Buffer.byteLength(content)).toBeLessThanOrEqual(200);
        const kept = contents.join('');
        expect(lines.map((line) => `${line}\n`).join('').endsWith(kept)).toBe(true);
        if (lines.length > 0) expect(kept.endsWith(`${lines.at(-1) ?? ''}\n`)).toBe(true);
      }),
    );
  });

  it('writes a line that is larger than a file, rather than losing it', () => {
    const file = open({ maxBytes: 10 });
    expect(file.append('x'.repeat(50))).toBe(true);
    expect(read('winnow.log')).toBe(`${'x'.repeat(50)}\n`);
  });

  it('ends a line that a crash cut short before it writes the next', () => {
    writeFileSync(join(folder, 'winnow.log'), '{"time":"20');
    open().append('next');
    expect(read('winnow.log')).toBe('{"time":"20\nnext\n');
  });

  it('never throws, counts what is lost, and writes again as soon as it can', () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    const file = new RotatingFile({ folder: blocked, name: 'winnow', maxBytes: 100, maxFiles: 2 });
    expect(file.append('lost')).toBe(false);
    expect(file.append('lost too')).toBe(false);
    expect(file.lostLines).toBe(2);
    rmSync(blocked);
    expect(file.append('written')).toBe(true);
    expect(file.lostLines).toBe(0);
    expect(readFileSync(join(blocked, 'winnow.log'), 'utf8')).toBe('written\n');
  });

  it('does not stop at a file that cannot be moved', () => {
    mkdirSync(join(folder, 'winnow.1.log'));
    writeFileSync(join(folder, 'winnow.1.log', 'x'), 'a folder in the way of the rotation');
    const file = open({ maxBytes: 10, maxFiles: 2 });
    file.append('line-1');
    expect(file.append('line-2')).toBe(false);
    expect(read('winnow.log')).toBe('line-1\n');
  });

  it('takes a full disk as it takes everything else', () => {
    // Linux has a file that answers each write with ENOSPC; elsewhere one stands in that cannot even be opened.
    symlinkSync(existsSync('/dev/full') ? '/dev/full' : join(folder, 'none', 'none'), join(folder, 'winnow.log'));
    const file = open();
    expect(file.append('lost')).toBe(false);
    expect(file.lostLines).toBe(1);
    rmSync(join(folder, 'winnow.log'));
    expect(file.append('written')).toBe(true);
    expect(read('winnow.log')).toBe('written\n');
  });
});
