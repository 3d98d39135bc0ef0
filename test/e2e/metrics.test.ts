// The metrics of the real app as a scraper and a stranger meet them: served on 127.0.0.1 only, under a local name only,
// while the command line or the preference says so, and not a moment longer. The monitor shows what they tell.
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { en as words } from '../../shared/words/en.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/schema.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { ask, listWhere } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';

const { monitor } = words;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;
let port = 0;

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The status line and the rest, for a request under this name; null where nobody listens. */
function scrape(host: string, at = port): Promise<{ readonly status: number; readonly text: string } | null> {
  return new Promise((resolve) => {
    const socket = connect(at, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
    socket.on('error', () => { resolve(null); });
    socket.on('close', () => { resolve({ status: Number(text.split(' ')[1]), text }); });
    socket.write(`GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}

const here = (at = port): string => `127.0.0.1:${String(at)}`;
const preference = (metrics: Settings['metrics']) => ask(page, 'settingsSet', { ...DEFAULT_SETTINGS, metrics });

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  port = await freePort();
  launched = await launchApp({ userDataDir, args: [`--metrics=${String(port)}`] });
  page = launched.page;
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

describe('an app that was started with metrics', () => {
  it('serves them under a local name, and to nobody under another one', async () => {
    const own = await scrape(here());
    expect(own?.status).toBe(200);
    expect(own?.text).toMatch(/^winnow_process_memory_bytes\{kind="rss"\} \d+$/m);
    for (const stranger of ['evil.example', `evil.example:${String(port)}`, '127.0.0.1:1', '']) {
      const refused = await scrape(stranger);
      expect(refused?.status, stranger).toBe(403);
      expect(refused?.text).not.toContain('winnow_process');
    }
  });

  it('counts what a run does, and shows it in the monitor with its units', async () => {
    const { listId } = await ask(page, 'practiceStart');
    const opened = launched.app.waitForEvent('window');
    await ask(page, 'monitorOpen');
    const own = await opened;
    own.setDefaultTimeout(20_000);
    await own.getByRole('heading', { level: 1, name: monitor.title }).waitFor();
    await own.getByText(monitor.idle).waitFor();
    await ask(page, 'runStart', { listId });
    await own.getByText(monitor.lastMinutes).waitFor();
    await listWhere(page, listId, 'list.counters.byState.done > 300');
    const valueOf = (name: keyof typeof monitor.figures) =>
      own.locator('.figure-card').filter({ has: own.getByText(monitor.figures[name].label, { exact: true }) }).locator('.figure-value');
    await valueOf('verdictsPerSec').filter({ hasText: /^[1-9][\d,.]* \/s$/ }).waitFor();
    expect(await lookAt(launched.app, own, '8-monitor')).toEqual({});
    expect(await valueOf('memoryBytes').textContent()).toMatch(/^[\d.]+ MB$/);
    const counted = /^winnow_store_verdicts_total (\d+)$/m.exec((await scrape(here()))?.text ?? '')?.[1];
    expect(Number(counted)).toBeGreaterThan(300);
    await ask(page, 'runCancel', { listId });
    await own.close();
  });

  it('shows no name of a server or a domain to a scraper', async () => {
    const { text = '' } = (await scrape(here())) ?? {};
    expect(text).not.toMatch(/@|\.test\b|\.example\b|"\d+\.\d+\.\d+\.\d+"/);
  });
});

describe('the preference', () => {
  it('moves them to another port, and switches them off', async () => {
    const other = await freePort();
    await preference({ enabled: true, port: other });
    expect((await scrape(here(other), other))?.status).toBe(200);
    expect(await scrape(here())).toBeNull();
    await preference({ enabled: false, port: other });
    expect(await scrape(here(other), other)).toBeNull();
  });

  it('says where the port cannot be had, and is not saved', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const taken = (holder.address() as AddressInfo).port;
    await expect(preference({ enabled: true, port: taken })).rejects.toThrow(`port ${String(taken)}`);
    expect((await ask(page, 'settingsGet')).settings.metrics.enabled).toBe(false);
    await new Promise((resolve) => holder.close(resolve));
  });
});

it('wrote nothing worse than a warning to the log', async () => {
  expect((await launched.log()).filter(({ level, area }) => level === 'error' || area === 'security')).toEqual([]);
});
