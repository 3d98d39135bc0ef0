// Whole lists in the real app: a file appended with another list's addresses left out, two lists merged, one split; each
// list that came of it is what the sheet said. Leaves screenshots of each sheet in dist/screenshots to be looked at.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { openStore } from '../../electron/worker/client.ts';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { listWhere, snapshotWhere } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';

const { combine: text } = words;
const WORKER = fileURLToPath(new URL('../../electron/worker/entry.ts', import.meta.url));

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  await mkdir(userDataDir, { recursive: true });
  const store = await openStore({ dir: join(userDataDir, 'store'), workerPath: WORKER });
  for (const [name, content] of [['customers.csv', 'email,name\nann@one.example,Ann\nbob@two.example,Bob\n'], ['leavers.csv', 'email\nbob@two.example\ncy@two.example\n']] as const) {
    await writeFile(join(userDataDir, name), content);
    await store.importList({ path: join(userDataDir, name) });
  }
  await store.close();
  await writeFile(join(userDataDir, 'more.csv'), 'Phone,EMAIL\n1,dee@one.example\n2,cy@two.example\n3,ann@one.example\n');
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, join(userDataDir, 'more.csv'));
  await page.getByRole('navigation', { name: words.window.sideBar.label }).getByRole('button', { name: /^customers.csv/ }).click();
  await page.getByRole('heading', { level: 1, name: 'customers.csv' }).waitFor();
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const sheet = () => page.getByRole('dialog');
const look = (name: string) => lookAt(launched.app, page, name);

async function open(entry: string): Promise<void> {
  await page.getByRole('button', { name: text.menu, exact: true }).click();
  await page.getByRole('button', { name: entry, exact: true }).click();
  await sheet().waitFor();
}

describe('the menu of whole lists', () => {
  it('appends a file, says what its columns mean, and leaves out what another list has', async () => {
    await page.getByRole('button', { name: text.menu, exact: true }).click();
    await page.getByRole('button', { name: text.append.open, exact: true }).waitFor();
    expect(await look('combine-menu')).toEqual({});
    await page.getByRole('button', { name: text.append.open, exact: true }).click();
    await sheet().getByRole('button', { name: text.append.choose, exact: true }).click();
    await sheet().getByText(text.append.fresh('Phone')).waitFor();
    await sheet().getByRole('checkbox', { name: /leavers.csv/ }).check();
    expect(await look('combine-append')).toEqual({});
    await sheet().getByRole('button', { name: text.append.start, exact: true }).click();
    await sheet().waitFor({ state: 'detached' });
    const list = await listWhere(page, 1, 'list.counters.rows === 5');
    expect(list).toMatchObject({ columns: ['email', 'name', 'Phone'], counters: { byState: { pending: 3, duplicate: 2 } } });
    await page.getByText(text.append.done({ rows: 3, duplicates: 1, others: 1, suppressed: 0, columns: ['Phone'] })).waitFor();
    await page.getByText(text.inList('leavers.csv')).waitFor();
    expect(await look('combine-appended')).toEqual({});
  });

  it('merges lists into a new one, which opens', async () => {
    await open(text.merge.open);
    await sheet().getByRole('checkbox', { name: /leavers.csv/ }).check();
    await sheet().getByRole('checkbox', { name: text.merge.source }).check();
    await sheet().getByRole('textbox', { name: text.merge.name }).fill('Everybody');
    expect(await look('combine-merge')).toEqual({});
    await sheet().getByRole('button', { name: text.merge.start, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Everybody' }).waitFor();
    const { lists } = await snapshotWhere(page, 's.lists.length === 3');
    expect(lists[0]).toMatchObject({ name: 'Everybody', columns: ['email', 'name', 'Phone', 'source_list'], counters: { rows: 7 } });
    expect(lists.slice(1).map(({ counters }) => counters.rows)).toEqual([2, 5]);
  });

  it('splits a list by a rule, and says so where there is nothing to split', async () => {
    await open(text.split.open);
    await sheet().getByRole('radio', { name: text.split.status }).check();
    expect(await look('combine-split')).toEqual({});
    await sheet().getByRole('button', { name: text.split.start, exact: true }).click();
    await sheet().getByText(text.errors.onePart(text.groups.notVerified)).waitFor();
    await sheet().getByRole('radio', { name: text.split.domain }).check();
    await sheet().getByRole('button', { name: text.split.start, exact: true }).click();
    const { lists } = await snapshotWhere(page, 's.lists.length > 4');
    await page.getByRole('heading', { level: 1, name: /^Everybody \(/ }).waitFor();
    const parts = lists.filter(({ name }) => name.startsWith('Everybody ('));
    expect(parts.reduce((sum, { counters }) => sum + counters.rows, 0)).toBe(7);
  });
});
