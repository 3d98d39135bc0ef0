// What happens when a part of the app dies: the window comes back, but not for ever; an exception that nobody caught
// is written down and told, and ends the app with exit code 1.
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { launchApp, makeUserDataDir, readLog, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';

let userDataDir: string;
let launched: LaunchedApp;

beforeEach(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  // A box that waits for a click would wait for ever here.
  await launched.app.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title, content) => { process.stdout.write(`BOX ${title}|${content}\n`); };
  });
});

afterEach(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

/** Kills the page's process; answers once the page is loaded again, or the app has ended. */
async function crashRenderer(): Promise<void> {
  await launched.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => { resolve(); });
        contents?.forcefullyCrashRenderer();
      }),
  );
}

it('loads a window again whose renderer crashed', async () => {
  await crashRenderer();
  const heading = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`new Promise((resolve) => {
      const look = () => { const h1 = document.querySelector('h1'); if (h1 !== null) resolve(h1.textContent); };
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
      look();
    })`) as Promise<string>,
  );
  expect(heading).toBe('Winnow');
  expect(await launched.log()).toContainEqual(expect.objectContaining({ level: 'error', area: 'window', message: 'renderer is gone' }));
});

it('gives up on a renderer that keeps crashing, says so and ends', async () => {
  const child = launched.app.process();
  const output = collect(child.stdout);
  await crashRenderer();
  await crashRenderer();
  const exited = once(child, 'exit');
  await crashRenderer().catch(() => undefined); // ends with the app
  expect(await exited).toEqual([0, null]);
  expect(output()).toContain('BOX The window keeps failing');
});

it('writes down an exception that nobody caught, says so and ends', async () => {
  const child = launched.app.process();
  const output = collect(child.stdout);
  const exited = once(child, 'exit');
  await launched.app.evaluate(() => {
    setImmediate(() => { throw new Error('broken at jane.doe@example.com'); });
  });
  expect(await exited).toEqual([1, null]);
  expect(output()).toContain('BOX Winnow has to close');
  const lines = await readLog(userDataDir);
  expect(lines.at(-1)).toMatchObject({ level: 'error', area: 'main', message: 'uncaught exception' });
  expect(JSON.stringify(lines)).toContain('broken at j…e@e…e.com');
  expect(JSON.stringify(lines)).not.toContain('jane.doe');
});

it('writes down a rejection that nobody handled, and goes on', async () => {
  await launched.app.evaluate(
    () =>
      new Promise<void>((resolve) => {
        process.once('unhandledRejection', () => { resolve(); });
        void Promise.reject(new Error('nobody cares'));
      }),
  );
  expect(await launched.log()).toContainEqual(expect.objectContaining({ level: 'error', message: 'unhandled rejection' }));
  expect(await launched.page.title()).toBe('Winnow');
});

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  return () => text;
}
