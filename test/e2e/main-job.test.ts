// The main job as a person does it, in the real app: drop a list, choose, start, pause, watch, filter, look at one
// address, take the clean list home, change a preference, quit half way, and find it going on.
// The servers are the practice world's, hosted by the test, so that the test sees what they see.
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPracticeWorld } from '../../electron/practice/start-practice-world.ts';
import type { PracticeWorld } from '../../electron/practice/types.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { answerBoxes, ask, listWhere, snapshotWhere } from '../lab/lists-in-page.ts';
import { differences, readCsv } from '../lab/sample-expectations.ts';

const SAMPLE = join(process.cwd(), 'test/fixtures/sample-practice.csv');
const QUICK = { greylistFirstMs: 3_000, greylistNextMs: 3_000, backoffMs: 3_000, backoffMaxMs: 3_000, refusedPauseMs: 3_000 };
const IDENTITY = { heloName: 'first.example.com', mailFrom: 'verify@example.com' };

let userDataDir: string;
let world: PracticeWorld;
let launched: LaunchedApp;

async function launch(): Promise<void> {
  const lab = [`--dns=${world.dns.host}:${String(world.dns.port)}`, `--port=${String(world.smtpPort)}`, '--allow-loopback'];
  launched = await launchApp({ userDataDir, args: lab });
}

beforeAll(async () => {
  world = await startPracticeWorld();
  userDataDir = await makeUserDataDir();
  await mkdir(userDataDir, { recursive: true });
  await writeFile(join(userDataDir, 'settings.json'), JSON.stringify({ identity: IDENTITY, retry: QUICK }));
  await launch();
});

afterAll(async () => {
  await launched.close();
  await world.stop();
  await removeUserDataDir(userDataDir);
});

/** A real drag and drop, by the DevTools protocol: a file made in the page would have no path behind it. */
async function dropFile(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  await session.detach();
}

async function saveDialogAnswers(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

async function newestList(page: Page): Promise<number> {
  const { lists } = await ask(page, 'listsSnapshot');
  return Math.max(...lists.map(({ id }) => id));
}

describe('the main job', () => {
  let listId: number;

  it('takes a dropped list, shows it, and follows another address column and back', async () => {
    const { page } = launched;
    await dropFile(page, SAMPLE);
    const sheet = page.getByRole('dialog');
    const column = sheet.getByLabel('Address column');
    await column.locator('option:checked', { hasText: 'E-Mail' }).waitFor({ state: 'attached' });
    await column.selectOption({ label: 'Company' });
    await sheet.getByText('addresses that cannot exist').waitFor();
    await column.selectOption({ label: 'E-Mail' });
    await sheet.getByText('70 duplicates').waitFor();
    await sheet.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'sample-practice.csv' }).waitFor();
    listId = await newestList(page);
  });

  it('starts, moves, is silent while paused, and goes on', async () => {
    const { page } = launched;
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await listWhere(page, listId, 'list.counters.byState.done > 100');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
    const silent = world.record();
    expect(silent.recipients).toBeGreaterThan(0);
    // The window goes on working meanwhile, and nobody is asked anything.
    await page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name: /^Undeliverable/ }).click();
    await page.getByRole('grid').getByText('Undeliverable').first().waitFor();
    await page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name: 'All' }).click();
    expect(world.record()).toEqual(silent);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await listWhere(page, listId, "list.state === 'done'");
    expect(world.record().violations).toEqual([]);
  });

  it('has the expected verdict for every row', async () => {
    const out = join(userDataDir, 'all.csv');
    await exportBy('everything', out);
    const rows = readCsv(out);
    expect(rows).toHaveLength(961);
    expect(differences(rows)).toEqual([]);
  });

  async function exportBy(which: 'deliverable' | 'everything', out: string): Promise<void> {
    const { app, page } = launched;
    await saveDialogAnswers(app, out);
    await page.getByRole('button', { name: 'Export…' }).click();
    const sheet = page.getByRole('dialog');
    if (which === 'everything') await sheet.getByText('Every row of the file').click();
    await sheet.getByRole('button', { name: 'Choose where to save…' }).click();
    await sheet.getByText('is written').waitFor();
    await sheet.getByRole('button', { name: 'Close' }).last().click();
  }

  it('filters by status, finds by searching, and shows the evidence of one address', async () => {
    const { page } = launched;
    await page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name: /^Undeliverable/ }).click();
    await page.getByLabel('Search in all columns').fill('northwind-trading.test');
    await page.getByLabel('Search in all columns').press('Enter');
    const row = page.getByRole('grid').getByRole('row').filter({ hasText: '@northwind-trading.test' }).first();
    await row.getByText('Undeliverable').waitFor();
    await row.click();
    const detail = page.getByRole('complementary');
    await detail.getByText(/RCPT TO:<.*@northwind-trading\.test>/).first().waitFor();
    await detail.getByText('5.4.1', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    await page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name: 'All' }).click();
    await page.getByLabel('Search in all columns').fill('');
    await page.getByLabel('Search in all columns').press('Enter');
  });

  it('takes the deliverable rows home with all their columns', async () => {
    const out = join(userDataDir, 'clean.csv');
    await exportBy('deliverable', out);
    const rows = readCsv(out);
    const expected = parse<Record<string, string>>(await readFile(SAMPLE), { columns: true, bom: true }).filter((row) => row['expected_status'] === 'deliverable');
    expect(rows.map((row) => row['Customer no.'])).toEqual(expected.map((row) => row['Customer no.']));
    expect(Object.keys(rows[0] ?? {}).slice(-9)[0]).toBe('winnow_status');
    expect(new Set(rows.map((row) => row['winnow_status']))).toEqual(new Set(['deliverable']));
  });

  it('says the changed HELO name in the next run', async () => {
    const { app, page } = launched;
    const opening = app.waitForEvent('window');
    await ask(page, 'preferencesOpen');
    const preferences = await opening;
    const helo = preferences.getByLabel('Host name (HELO)');
    await helo.fill('not a host name');
    await preferences.getByText('A full host name such as mail.example.com.').waitFor();
    await helo.fill('second.example.com');
    await helo.press('Enter');
    await preferences.getByText('Saved', { exact: true }).waitFor();
    await preferences.close();
    expect((await ask(page, 'settingsGet')).settings.identity.heloName).toBe('second.example.com');
    expect(world.record().heloNames).toEqual(['first.example.com']);

    await dropFile(page, SAMPLE);
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await snapshotWhere(page, 's.lists.length === 2');
    listId = await newestList(page);
    await page.getByText('Ready to start').first().waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await listWhere(page, listId, 'list.counters.byState.done > 100');
    expect(world.record().heloNames).toEqual(['first.example.com', 'second.example.com']);
  });

  it('goes on after a quit half way', async () => {
    await answerBoxes(launched.app, 0);
    const exited = once(launched.app.process(), 'exit');
    await launched.app.evaluate(({ app }) => { app.quit(); }).catch(() => undefined); // it ends before it can answer
    await exited;
    await launch();
    const { page } = launched;
    const before = await listWhere(page, listId, 'true');
    expect(before.counters.byState.done).toBeGreaterThan(100);
    const done = await listWhere(page, listId, "list.state === 'done'");
    expect(done.counters.byState).toMatchObject({ pending: 0, scheduled: 0, done: 877 });
    await answerBoxes(launched.app, 0);
  });
});
