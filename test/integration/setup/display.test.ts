// Our own Xvfb: there when it is said to be, gone when it is closed, and gone when we are killed.
// A display that serves has a socket by its number; Xvfb removes it as the last thing it does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startDisplay } from '../../../build/electron/display.ts';
import { inProject } from '../../../build/setup/paths.mjs';

/** Where every X server of the system puts its sockets. */
const socketFolder = '/tmp/.X11-unix';
const isServed = (display: string): boolean => existsSync(join(socketFolder, `X${display.slice(1)}`));

async function gone(display: string): Promise<void> {
  const watcher = watch(socketFolder);
  try {
    while (isServed(display)) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

describe('startDisplay', () => {
  it('starts an Xvfb of its own and closes it', async () => {
    const display = await startDisplay();
    expect(isServed(display.name)).toBe(true);
    await display.close();
    expect(isServed(display.name)).toBe(false);
  });

  it('gives two at once different numbers', async () => {
    const [a, b] = await Promise.all([startDisplay(), startDisplay()]);
    expect(a.name).not.toBe(b.name);
    await Promise.all([a.close(), b.close()]);
  });

  it('ends with whoever started it, even killed', async () => {
    const script = `
      import { startDisplay } from ${JSON.stringify(pathToFileURL(inProject('build/electron/display.ts')).href)};
      console.log((await startDisplay()).name);
      setInterval(() => {}, 1000);
    `;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
      const display = line.trim();
      expect(isServed(display)).toBe(true);
      owner.kill('SIGKILL');
      await gone(display);
    } finally {
      owner.kill('SIGKILL');
    }
  });
});
