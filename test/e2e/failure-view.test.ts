// What the window shows when it cannot show what it should: main refuses, a view fails while it is drawn, the settings
// were set aside. Always words and a way on, never an empty window; and the log hears of it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WIRE } from '../../shared/ipc/channels.ts';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';

const SCREENSHOTS = 'dist/screenshots';

let userDataDir: string;
let launched: LaunchedApp;

beforeEach(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  userDataDir = await makeUserDataDir();
  await writeFile(join(userDataDir, 'settings.json'), 'broken');
  launched = await launchApp({ userDataDir });
});

afterEach(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

/** From now on `app.info` is answered with this; every other channel as before. */
async function answerInfoWith(answer: unknown): Promise<void> {
  await launched.app.evaluate(
    ({ ipcMain }, { wire, answer }) => {
      type Handler = (event: Electron.IpcMainInvokeEvent, channel: unknown, input: unknown) => unknown;
      const original = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers.get(wire);
      ipcMain.removeHandler(wire);
      ipcMain.handle(wire, (event, channel: unknown, input: unknown) =>
        channel === 'app.info' ? answer : original?.(event, channel, input),
      );
    },
    { wire: WIRE, answer },
  );
}

async function screenshots(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await launched.page.emulateMedia({ colorScheme });
    await launched.page.screenshot({ path: `${SCREENSHOTS}/${name}-${colorScheme}.png` });
  }
}

it('tells that the settings were set aside', async () => {
  expect(await launched.page.getByRole('status').textContent()).toMatch(/settings\.broken-.*\.json/);
  await screenshots('notice');
});

it('says why main refuses, and comes back when it no longer does', async () => {
  const { page } = launched;
  await answerInfoWith({ ok: false, error: { code: 'Internal', message: 'Main has a bad day.', retryable: false } });
  await page.reload();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('Main has a bad day.');
  await screenshots('failure');
  const info = { name: 'Winnow', version: '9.9.9', electron: '1', chrome: '2', node: '3' };
  await answerInfoWith({ ok: true, value: info });
  await page.getByRole('button', { name: words.failure.reload }).click();
  await page.getByText(words.app.version('9.9.9')).waitFor();
});

it('shows words in the place of a view that fails while it is drawn, and reports it', async () => {
  const { page } = launched;
  await answerInfoWith({ ok: true, value: { name: { not: 'a text' } } });
  await page.reload();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words.failure.title);
  await page.evaluate('winnow.settingsGet()'); // answered after the report that was sent before it
  expect(await launched.log()).toContainEqual(
    expect.objectContaining({ level: 'error', area: 'renderer', fields: expect.objectContaining({ source: 'react' }) as unknown }),
  );
});
