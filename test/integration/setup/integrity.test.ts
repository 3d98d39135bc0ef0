// What is fetched is used only if it is, byte for byte, what was tried out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasIntegrity } from '../../../build/electron/integrity.ts';

// echo -n 'known contents' | openssl dgst -sha512 -binary | base64 -w0
const integrity = 'sha512-s0zEVxjabk7gGwDLwVG+n8saVT60fqy5iZ3Dk1GrhCqrZdQGYnrK5tPBbKx3+/qRC4RBTG5tcaJuaQ6aCBKj2w==';
const dir = mkdtempSync(join(tmpdir(), 'winnow-integrity-'));
const file = join(dir, 'file');

beforeAll(() => {
  writeFileSync(file, 'known contents');
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

it('knows the file', async () => {
  expect(await hasIntegrity(file, integrity)).toBe(true);
});

it('refuses a file with one more byte', async () => {
  const longer = join(dir, 'longer');
  writeFileSync(longer, 'known contents\n');
  expect(await hasIntegrity(longer, integrity)).toBe(false);
});

it('refuses another algorithm of the same digest', async () => {
  expect(await hasIntegrity(file, integrity.replace('sha512', 'sha384'))).toBe(false);
});
