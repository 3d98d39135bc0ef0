// A damaged list in the real app: shown with what was last known of it, restored from its copy by a click; and what the
// preferences say of the store. Screenshots in dist/screenshots.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { SyncStore } from '../lab/sync-store.ts';
import { lookAt } from '../lab/views.ts';

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  const path = join(userDataDir, 'customers.csv');
  await writeFile(path, `email\n${Array.from({ length: 30 }, (_, index) => `user${String(index)}@one.example`).join('\n')}\n`);
  const dir = join(userDataDir, 'store');
  const store = new SyncStore(dir);
  const { id } = store.importList({ path }).list;
  await store.care.backUp({ nowMs: Date.now() - 3_600_000, kept: 3, maxListBytes: 1e9 });
  store.close();
  await writeFile(join(dir, 'lists', `${String(id)}.db`), 'no database');
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

describe('a damaged list', () => {
  it('is shown, and is as it was after a click', async () => {
    const text = words.storage.damaged;
    await page.getByText('customers.csv').first().click();
    await page.getByRole('heading', { name: text.title }).waitFor();
    expect(await lookAt(launched.app, page, '20-damaged-list')).toEqual({});
    await page.getByRole('button', { name: text.restore }).click();
    await page.getByRole('grid').getByText('user0@one.example').waitFor();
    expect(await page.getByRole('heading', { name: text.title }).count()).toBe(0);
  });
});

describe('the preferences', () => {
  it('say what lies on this machine', async () => {
    const opened = launched.app.waitForEvent('window');
    await launched.app.evaluate(({ Menu }, label) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      items.find((item) => item.label === label)?.click();
    }, 'Preferences…');
    const own = await opened;
    await own.getByRole('searchbox').fill('Storage');
    await own.getByText(words.storage.known.none).waitFor();
    expect(await lookAt(launched.app, own, '21-preferences-storage')).toEqual({});
  });
});
