// Destinations that are left alone, in the window of the real app: who refuses what, what waits until when, what to do.
// Snapshots are made up where a real run would take hours (main's own way of sending them is used); the last test is real.
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SNAPSHOT } from '../../shared/ipc/channels.ts';
import type { ListView, SetAsideView } from '../../shared/ipc/lists.ts';
import { en as words } from '../../shared/words/en.ts';
import { HELP_LINKS } from '../../shared/words/help-links.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { ask, listWhere } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';

const { destinations: text } = words;
const HOUR = 3_600_000;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;
let listId = 0;
let sequence = 1_000;
const now = Date.now();

const microsoft: SetAsideView = {
  key: 'a', name: 'Outlook.com (Hotmail, Live)', state: 'refused', reason: 'ip_blocked', code: 'S3150',
  reply: '550 5.7.1 Unfortunately, messages from [192.0.2.1] weren’t sent. Please contact your Internet service provider since part of their network is on our block list (S3150).',
  sinceMs: now - HOUR / 4, untilMs: now + HOUR, waiting: 1_412,
};
const slow: SetAsideView = { key: 'b', name: 'mx1.a-very-long-host-name-of-some-provider.fabrikam-hosting.example', state: 'suspended', reason: 'no_connect', code: null, reply: null, sinceMs: now, untilMs: now + HOUR / 6, waiting: 1 };
const capped: SetAsideView = { key: 'c', name: 'mx.contoso.example', state: 'capped', reason: 'rate_limited', code: null, reply: null, sinceMs: now, untilMs: now + 12 * HOUR, waiting: 20 };

/** Sends a snapshot in which the list is as told, as main does. */
async function tell(change: Partial<ListView>): Promise<void> {
  const snapshot = await ask(page, 'listsSnapshot');
  sequence += 1;
  const lists = snapshot.lists.map((list) => (list.id === listId ? { ...list, state: 'running' as const, ...change } : list));
  await launched.app.evaluate(({ BrowserWindow }, { channel, told }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send(channel, told);
  }, { channel: SNAPSHOT, told: { ...snapshot, lists, sequence } });
}

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
  ({ listId } = await ask(page, 'practiceStart'));
  await page.getByRole('heading', { level: 1, name: 'Sample list' }).waitFor();
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const panel = () => page.locator('details.set-aside');

describe('what is waited for', () => {
  it('is told by kind, each with its time', async () => {
    const byReason = [{ reason: 'greylisted' as const, count: 1_204, nextAtMs: now + HOUR }, { reason: 'rate_limited' as const, count: 20, nextAtMs: now + 2 * HOUR }];
    await tell({ scheduled: { byReason, nextAtMs: now + HOUR } });
    await page.getByText(/^1,204 greylisted, next at \d\d:\d\d; 20 throttled, next at \d\d:\d\d$/).waitFor();
    expect(await panel().count()).toBe(0);
  });
});

describe('a destination that only needs patience', () => {
  it('is there, folded, and unfolds by a key', async () => {
    await tell({ setAside: [slow] });
    await panel().getByText(text.title(1, '1')).waitFor();
    expect(await panel().getByRole('heading').isVisible()).toBe(false);
    await panel().locator('summary').focus();
    await page.keyboard.press('Enter');
    await panel().getByRole('heading', { name: text.headline.unreached(slow.name) }).waitFor();
    await page.keyboard.press('Enter');
    await panel().getByRole('heading').waitFor({ state: 'hidden' });
  });
});

describe('a provider that refuses this machine', () => {
  it('unfolds the panel, with the code, the answer, what waits until when, and what to do', async () => {
    await tell({ setAside: [capped, slow, microsoft] });
    const first = panel().getByRole('listitem').first();
    await first.getByRole('heading', { name: 'Microsoft refuses this IP address (S3150)' }).waitFor();
    await first.getByText(/^1,412 addresses wait · waits until \d\d:\d\d, then one is tried · since \d\d:\d\d$/).waitFor();
    await first.getByText(text.advice.outlook.text).waitFor();
    await first.getByText(microsoft.reply ?? '').waitFor();
    await panel().getByText(text.summary(text.waits(1_433, '1,433'))).waitFor();
    expect(await lookAt(launched.app, page, '3-list-set-aside')).toEqual({});
  });

  it('names a page that opens in the browser of the user, and not here', async () => {
    await launched.app.evaluate(({ shell }) => {
      const opened = ((globalThis as { opened?: string[] }).opened ??= []);
      shell.openExternal = (url) => { opened.push(url); return Promise.resolve(); };
    });
    await panel().getByRole('link', { name: text.openPage }).first().click();
    await expect.poll(() => launched.app.evaluate(() => (globalThis as { opened?: string[] }).opened)).toEqual([HELP_LINKS.outlookSupport]);
    expect(launched.app.windows()).toHaveLength(1);
  });

  it('tells screen readers when one comes or goes, and not of each number', async () => {
    const spoken = page.locator('.list-progress > [aria-live=polite]').filter({ hasText: /left alone|asked again/ });
    const said = await spoken.textContent();
    expect(said).toBe(text.announced(3, '3', text.waits(1_433, '1,433')));
    await tell({ setAside: [{ ...microsoft, waiting: 1_500 }, slow, capped] });
    await panel().getByText(text.summary(text.waits(1_521, '1,521'))).waitFor();
    expect(await spoken.textContent()).toBe(said);
    await tell({ setAside: [] });
    await panel().waitFor({ state: 'detached' });
    expect(await spoken.textContent()).toBe(text.announced(0, '0', ''));
  });

  it('stays folded where the user has folded it', async () => {
    await tell({ setAside: [microsoft] });
    await panel().getByRole('heading').waitFor();
    await panel().locator('summary').click();
    await panel().getByRole('heading').waitFor({ state: 'hidden' });
    await tell({ setAside: [{ ...microsoft, waiting: 1_600 }] });
    await panel().getByText(text.summary(text.waits(1_600, '1,600'))).waitFor();
    expect(await panel().getByRole('heading').isVisible()).toBe(false);
  });
});

describe('a real run, over the sample', () => {
  it('leaves the provider alone that refuses us, tells so, and goes on with the others', async () => {
    await page.reload(); // forgets the snapshots that were made up
    await page.getByRole('heading', { level: 1, name: 'Sample list' }).waitFor();
    await ask(page, 'runStart', { listId });
    const { setAside } = await listWhere(page, listId, "list.setAside.some(({ state }) => state === 'refused')");
    const refused = setAside.find(({ state }) => state === 'refused');
    expect(refused).toMatchObject({ reason: 'ip_blocked', reply: expect.stringMatching(/^[45]\d\d /) as string });
    await panel().getByRole('heading', { name: /refuses this IP address/ }).first().waitFor();
    const { counters } = await listWhere(page, listId, 'list.counters.byState.done > 700');
    expect(counters.byStatus.deliverable).toBeGreaterThan(300);
    await ask(page, 'runCancel', { listId });
    await listWhere(page, listId, "list.state === 'done'");
  });
});

it('wrote nothing worse than a warning to the log', async () => {
  expect((await launched.log()).filter(({ level, area }) => level === 'error' || area === 'security')).toEqual([]);
});
