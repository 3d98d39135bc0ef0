// Jobs in the real app: the estimate before a start, verifying again, the queue and its order, which a restart does not
// forget. Leaves screenshots of each in dist/screenshots to be looked at.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../electron/worker/client.ts';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { answerBoxes, ask, listWhere, snapshotWhere } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';

const { jobs, window: text } = words;
const WORKER = fileURLToPath(new URL('../../electron/worker/entry.ts', import.meta.url));

let userDataDir: string;
let launched: LaunchedApp | null = null;

beforeEach(async () => {
  userDataDir = await makeUserDataDir();
});

afterEach(async () => {
  await launched?.close();
  launched = null;
  await removeUserDataDir(userDataDir);
});

async function launch(...args: string[]): Promise<LaunchedApp> {
  launched = await launchApp({ userDataDir, args });
  launched.page.setDefaultTimeout(20_000);
  return launched;
}

/** Before the app is started. */
async function importAll(names: readonly string[]): Promise<void> {
  await mkdir(userDataDir, { recursive: true });
  const store = await openStore({ dir: join(userDataDir, 'store'), workerPath: WORKER });
  for (const name of names) {
    const path = join(userDataDir, name);
    await writeFile(path, `email\nuser@${name}.example\n`);
    await store.importList({ path });
  }
  await store.close();
}

/** A DNS server that never answers: what is asked of it stays under way. */
async function silentDns(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

describe('a list', () => {
  it('is estimated before its start, verified, and verified again without losing a verdict', async () => {
    // Two runs, each with all its retries: with waits of a few seconds, where the practice world scales them.
    await mkdir(userDataDir, { recursive: true });
    await writeFile(join(userDataDir, 'settings.json'), JSON.stringify({ retry: { greylistNextMs: 300_000, backoffMs: 60_000, backoffMaxMs: 300_000, refusedPauseMs: 300_000 } }));
    const { app, page } = await launch('--practice');
    await answerBoxes(app, 0);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await listWhere(page, 1, 'list.state === "ready"');

    await button(jobs.estimate.open).click();
    const estimate = page.getByRole('dialog', { name: /^Estimate for/ });
    await estimate.getByText(jobs.estimate.time, { exact: true }).waitFor();
    await estimate.getByText(/Rests on a DNS look-up of the \d+ commonest domains/).waitFor();
    expect(await lookAt(app, page, '7-estimate')).toEqual({});
    expect((await ask(page, 'listsSnapshot')).lists).toMatchObject([{ state: 'ready' }]);
    await estimate.getByRole('button', { name: jobs.estimate.start, exact: true }).click();

    const done = await listWhere(page, 1, 'list.state === "done"');
    expect(done.counters.byState).toMatchObject({ pending: 0, scheduled: 0 });
    expect(done.counters.byStatus.unknown).toBeGreaterThan(0);

    await button(jobs.again.open).click();
    const again = page.getByRole('dialog', { name: /^Verify .* again$/ });
    expect(await again.getByRole('radio', { name: new RegExp(`^${jobs.again.unknown}`) }).isChecked()).toBe(true);
    await again.getByText(jobs.again.estimate, { exact: true }).click();
    await again.getByText(jobs.estimate.time, { exact: true }).waitFor();
    expect(await lookAt(app, page, '7-again')).toEqual({});
    await page.keyboard.press('Escape');
    await again.waitFor({ state: 'detached' });

    // The same rows, selected by rule: all that are unknown but one.
    await page.getByRole('button', { name: new RegExp(`^${text.statuses.unknown}`) }).click();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Space');
    await button(jobs.again.openSelected).click();
    expect(await again.getByRole('radio', { name: new RegExp(`^${jobs.again.selected(null, '')}`) }).isChecked()).toBe(true);
    await again.getByRole('button', { name: jobs.estimate.startAgain, exact: true }).click();
    const reopened = await listWhere(page, 1, 'list.counters.byState.scheduled > 0');
    // They keep their verdicts meanwhile.
    expect(Object.values(reopened.counters.byStatus).reduce((sum, count) => sum + count, 0)).toBe(
      Object.values(done.counters.byStatus).reduce((sum, count) => sum + count, 0),
    );
    const finished = await listWhere(page, 1, 'list.state === "done" && list.counters.byState.scheduled === 0');
    expect(finished.counters.byStatus.deliverable).toBeGreaterThanOrEqual(done.counters.byStatus.deliverable);
    expect(finished.counters.byStatus.undeliverable).toBeGreaterThanOrEqual(done.counters.byStatus.undeliverable);
  }, 180_000);
});

describe('a list that is exported', () => {
  it('is deleted after the export has ended, which leaves no file, and that is said', async () => {
    await mkdir(userDataDir, { recursive: true });
    const source = join(userDataDir, 'long.csv');
    await writeFile(source, `email\n${Array.from({ length: 200_000 }, (_, index) => `user${String(index)}@one.example\n`).join('')}`);
    const store = await openStore({ dir: join(userDataDir, 'store'), workerPath: WORKER });
    await store.importList({ path: source });
    await store.close();
    const { app, page } = await launch();
    const folder = join(userDataDir, 'out');
    await mkdir(folder);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, join(folder, 'long-clean.xlsx'));
    const { lists } = await snapshotWhere(page, 's.lists.length === 1');
    const listId = lists[0]?.id ?? 0;
    const target = await ask(page, 'exportChoose', { listId, kind: 'xlsx' });
    await ask(page, 'exportStart', { listId, targetId: target?.targetId ?? '', kind: 'xlsx', form: {} });
    await page.getByRole('button', { name: text.list.deleteHint }).click();
    await page.getByText(text.deleteList.exportsStopped(1)).waitFor();
    const { exports } = await snapshotWhere(page, 's.lists.length === 0');
    expect(exports).toMatchObject([{ state: 'cancelled', message: expect.stringContaining('its list was deleted') as unknown }]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the queue', () => {
  it('shows who is next, is changed by button, keyboard and mouse, and is the same after a restart', async () => {
    const dns = await silentDns();
    try {
      const args = [`--dns=127.0.0.1:${String(dns.address().port)}`, '--allow-loopback'];
      const names = ['alpha.csv', 'beta.csv', 'gamma.csv', 'delta.csv'];
      await importAll(names);
      const { app, page } = await launch(...args);
      await answerBoxes(app, 0);
      const { lists } = await snapshotWhere(page, `s.lists.length === ${String(names.length)}`);
      const idOf = (name: string): number => lists.find((list) => list.name === name)?.id ?? 0;

      // The machine goes to sleep: nothing is begun meanwhile, so that the order stands still.
      await app.evaluate(({ powerMonitor }) => { powerMonitor.emit('suspend'); });
      for (const name of names) await ask(page, 'runStart', { listId: idOf(name) });
      const order = async (...expected: string[]): Promise<void> => {
        const ids = expected.map(idOf);
        await snapshotWhere(page, `JSON.stringify(s.queue) === ${JSON.stringify(JSON.stringify(ids))}`);
        // What is pressed next goes by what is shown.
        await page.locator('.queue-lists').filter({ hasText: new RegExp(expected.map((name) => name.replace('.', '\\.')).join('.*'), 's') }).waitFor();
      };
      await order('alpha.csv', 'beta.csv', 'gamma.csv', 'delta.csv');

      const queue = page.getByRole('region', { name: jobs.queue.title });
      await queue.getByRole('button', { name: jobs.queue.up('gamma.csv') }).click();
      await order('alpha.csv', 'gamma.csv', 'beta.csv', 'delta.csv');
      await queue.getByRole('button', { name: 'alpha.csv', exact: true }).press('Alt+ArrowDown');
      await order('gamma.csv', 'alpha.csv', 'beta.csv', 'delta.csv');
      await queue.getByRole('listitem').filter({ hasText: 'delta.csv' }).dragTo(queue.getByRole('listitem').filter({ hasText: 'gamma.csv' }));
      await order('delta.csv', 'gamma.csv', 'alpha.csv', 'beta.csv');
      expect(await queue.getByRole('button', { name: jobs.queue.up('delta.csv') }).isDisabled()).toBe(true);
      expect(await lookAt(app, page, '7-queue')).toEqual({});

      // Awake again: one begins, the others wait for it.
      await app.evaluate(({ powerMonitor }) => { powerMonitor.emit('resume'); });
      await listWhere(page, idOf('delta.csv'), 'list.state === "running"');
      await queue.getByText(jobs.queue.now, { exact: true }).waitFor();
      expect(await listWhere(page, idOf('beta.csv'), 'list.state === "waiting"')).toMatchObject({ message: expect.any(String) as unknown });

      await launched?.close();
      launched = null;
      const again = await launch(...args);
      await answerBoxes(again.app, 0);
      const ids = ['delta.csv', 'gamma.csv', 'alpha.csv', 'beta.csv'].map(idOf);
      const restarted = await snapshotWhere(again.page, 's.queue.length > 0');
      expect(restarted.queue).toEqual(ids);
      await again.page.getByRole('heading', { name: text.sideBar.label }).or(again.page.getByRole('navigation', { name: text.sideBar.label })).first().waitFor();
    } finally {
      dns.close();
    }
  });
});
