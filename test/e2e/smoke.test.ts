// `--smoke`, by which a packaged app proves that it starts: one line of JSON on standard output, exit code 0.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { electronArgs, electronBinary, makeUserDataDir, readLog, removeUserDataDir } from '../lab/app.ts';

let userDataDir: string;

beforeEach(async () => {
  userDataDir = await makeUserDataDir();
});

afterEach(async () => {
  await removeUserDataDir(userDataDir);
});

it('starts the app up to its first view, says what it is, and ends', async () => {
  const child = spawn(electronBinary(), electronArgs(userDataDir, ['--smoke']), { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [number | null];
  const { productName, version } = JSON.parse(await readFile('package.json', 'utf8')) as { productName: string; version: string };
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ smoke: 'ok', name: productName, version });
  expect((await readLog(userDataDir)).map((line) => line.message)).toEqual(['start', 'ready']);
});
