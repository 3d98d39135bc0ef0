// A second start with the same data folder ends at once and brings the first one's window to the front; two processes
// must never work on one data folder. Another data folder is another app.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { electronArgs, electronBinary, launchApp, type LaunchedApp } from '../lab/app.ts';

let first: LaunchedApp;

beforeAll(async () => {
  first = await launchApp();
});

afterAll(async () => {
  await first.close();
});

it('ends the second and focuses the first', async () => {
  // The listeners are set once this answers; the promise itself is awaited further down.
  await first.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const focused = new Promise<void>((resolve) => {
      if (window) window.focus = () => { resolve(); };
    });
    Object.assign(globalThis, { focused });
  });
  const second = spawn(electronBinary(), electronArgs(first.userDataDir, ['--smoke']), { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  second.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const [code] = (await once(second, 'close')) as [number | null];
  expect({ code, output }).toEqual({ code: 0, output: '' });
  await first.app.evaluate(() => (globalThis as unknown as { focused: Promise<void> }).focused);
  expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

it('does not mistake another data folder for its own', async () => {
  const other = await launchApp();
  try {
    expect(await other.page.title()).toBe('Winnow');
  } finally {
    await other.close();
  }
});
