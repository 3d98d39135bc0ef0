// The lock between set-ups: one at a time, released whatever happens, and never stuck on an owner that died.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../build/setup/file-lock.ts';

let dir = '';
const lockDir = () => join(dir, 'nested/lock');
const silent = () => undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'winnow-lock-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

describe('withLock', () => {
  it('lets one in at a time', async () => {
    const seen: string[] = [];
    const enter = (name: string) =>
      withLock(lockDir(), silent, async () => {
        seen.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b'), enter('c')]);
    for (let i = 0; i < seen.length; i += 2) expect(seen[i + 1]).toBe(seen[i]!.replace('in', 'out'));
    expect(seen).toHaveLength(6);
  });

  it('says that it waits, once, and only when it does', async () => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    let release = silent as () => void;
    const held = withLock(lockDir(), say, () => new Promise<void>((resolve) => (release = resolve)));
    const second = withLock(lockDir(), (text) => {
      say(text);
      release();
    }, () => Promise.resolve());
    await Promise.all([held, second]);
    expect(said).toEqual(['waiting for another set-up']);
  });

  it('is released when the work fails, and leaves nothing behind', async () => {
    await expect(withLock(lockDir(), silent, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lockDir())).toBe(false);
    expect(readdirSync(join(dir, 'nested'))).toEqual([]);
  });

  it('takes over from an owner that is dead', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    mkdirSync(lockDir(), { recursive: true });
    writeFileSync(join(lockDir(), 'pid'), String(pid));
    expect(await withLock(lockDir(), silent, () => Promise.resolve('in'))).toBe('in');
  });
});
