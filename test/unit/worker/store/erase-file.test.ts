// Erasing: the bytes are overwritten before the name goes (a second name for the file shows it).
import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseDatabase, eraseFile } from '../../../../electron/worker/store/erase-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-erase-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('eraseFile', () => {
  it('leaves neither name nor bytes, also of files larger than its buffer', () => {
    for (const size of [0, 1, 4_096, 2_500_001]) {
      const path = join(folder, 'list.db');
      const witness = join(folder, 'witness');
      writeFileSync(path, Buffer.alloc(size, 0x5a));
      linkSync(path, witness);
      eraseFile(path);
      expect(existsSync(path)).toBe(false);
      expect(readFileSync(witness).equals(Buffer.alloc(size))).toBe(true);
      rmSync(witness);
    }
  });

  it('takes a missing file for erased', () => {
    eraseFile(join(folder, 'none'));
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('takes all files of a database, and its copies', () => {
    const path = join(folder, 'list.db');
    const names = [path, `${path}-wal`, `${path}-shm`, `${path}-journal`, `${path}.v1`];
    for (const name of names) writeFileSync(name, 'x');
    eraseDatabase(path, [`${path}.v1`]);
    for (const name of names) expect(existsSync(name)).toBe(false);
  });
});
