import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAsset, indexAssets, type AssetIndex } from '../../../electron/main/asset-index.ts';

let folder: string;
let index: AssetIndex;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-assets-'));
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'index-x1.js'), '1');
  writeFileSync(join(root, 'assets', 'index-x1.css'), '');
  writeFileSync(join(root, 'assets', 'tool.exe'), '');
  writeFileSync(join(root, 'assets', 'noending'), '');
  symlinkSync(join(folder, 'secret.html'), join(root, 'link.html'));
  symlinkSync(folder, join(root, 'up'));
  index = indexAssets(root);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the index of the window’s files', () => {
  it('lists regular files of known kinds, with what they are, and no links', () => {
    expect(Object.fromEntries([...index].map(([path, asset]) => [path, asset.mimeType]))).toEqual({
      '/index.html': 'text/html; charset=utf-8',
      '/assets/index-x1.js': 'text/javascript; charset=utf-8',
      '/assets/index-x1.css': 'text/css; charset=utf-8',
    });
  });

  it('finds them by their path', () => {
    expect(findAsset(index, '/')?.file).toBe(join(folder, 'renderer', 'index.html'));
    expect(findAsset(index, '/assets/index-x1.js')?.file).toBe(join(folder, 'renderer', 'assets', 'index-x1.js'));
  });

  it('finds nothing by any other spelling', () => {
    const paths = [
      '', '/assets', '/assets/', '/link.html', '/up/secret.html', '/../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/../index.html',
      '/index.html\0', '/index.html%00', '/index.html/', '//index.html', '\\index.html', '/assets\\index-x1.js', '/INDEX.html', '/assets/tool.exe',
      '/__proto__', '/constructor', 'index.html',
    ];
    for (const path of paths) expect({ path, found: findAsset(index, path) }).toEqual({ path, found: undefined });
  });

  it('finds nothing outside its folder, whatever is asked', () => {
    const segment = fc.constantFrom('..', '.', '', '%2e%2e', '%2f', '\\', 'assets', 'index.html', 'secret.html', 'up', 'link.html', '\0');
    fc.assert(fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      const found = findAsset(index, `/${segments.join('/')}`);
      if (found !== undefined) expect([...index.values()]).toContain(found);
      expect(found?.file.includes('secret') ?? false).toBe(false);
    }));
  });

  it('says so where there is no such folder', () => {
    expect(() => indexAssets(join(folder, 'none'))).toThrow(/ENOENT/);
  });
});
