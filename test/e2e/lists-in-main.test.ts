// What main does with lists in the real app, whatever its page looks like: it opens what the command line names, is
// silent while paused, asks before it quits, and goes on after every end, asked or not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeWorld } from '../../electron/practice/start-practice-world.ts';
import { electronArgs, electronBinary, launchApp, makeUserDataDir, readLog, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { answerBoxes, ask, listWhere, shownBoxes, snapshotWhere } from '../lab/lists-in-page.ts';

const FIXTURE = 'test/fixtures/sample-practice.csv';

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
  return launched;
}

/** Ends the app by what is given, and waits until it has. */
async function endedBy({ app }: LaunchedApp, end: () => unknown): Promise<readonly unknown[]> {
  const exited = once(app.process(), 'exit');
  await end();
  return exited;
}

describe('the command line', () => {
  it('names lists to open; the window is told of them until it takes them up', async () => {
    const list = join(userDataDir, 'named.csv');
    await writeFile(list, 'email\nuser@example.com\n');
    const { page } = await launch(list);
    await page.getByRole('dialog', { name: 'Import named.csv' }).getByText('user@example.com').waitFor();
    expect((await snapshotWhere(page, 's.opened.length === 0')).lists).toEqual([]);
  });

  it('of a second start hands its lists to the app that runs', async () => {
    const list = join(userDataDir, 'second.csv');
    await writeFile(list, 'email\n');
    const { page } = await launch();
    const second = spawn(electronBinary(), electronArgs(userDataDir, ['second.csv']), { cwd: userDataDir, stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await page.getByRole('dialog', { name: 'Import second.csv' }).waitFor();
  });

  it('asks for practice, and finds the same list again as long as it was not started', async () => {
    const first = await launch('--practice');
    const { lists } = await snapshotWhere(first.page, 's.lists.length === 1');
    expect(lists).toMatchObject([{ id: 1, practice: true, state: 'ready', counters: { rows: 961 } }]);
    await endedBy(first, () => first.app.evaluate(({ app }) => { app.quit(); }).catch(() => undefined));
    const again = await launch('--practice');
    expect(await ask(again.page, 'practiceStart')).toEqual({ listId: 1 });
    expect((await ask(again.page, 'listsSnapshot')).lists).toHaveLength(1);
  });
});

describe('a run', () => {
  it('moves, is silent while paused, and comes to the end it should', async () => {
    // In this process, so that the test sees what the servers see.
    const world = await startPracticeWorld();
    try {
      await mkdir(userDataDir, { recursive: true });
      const quick = { greylistFirstMs: 3_000, greylistNextMs: 3_000, backoffMs: 3_000, backoffMaxMs: 3_000, refusedPauseMs: 3_000 };
      const identity = { heloName: 'first.example.com', mailFrom: 'verify@example.com' };
      await writeFile(join(userDataDir, 'settings.json'), JSON.stringify({ identity, retry: quick }));
      const dns = `${world.dns.host}:${String(world.dns.port)}`;
      const { app, page } = await launch(`--dns=${dns}`, `--port=${String(world.smtpPort)}`, '--allow-loopback', join(process.cwd(), FIXTURE));
      await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
      const { lists } = await snapshotWhere(page, 's.lists.length === 1');
      const listId = lists[0]?.id ?? 0;

      await ask(page, 'runStart', { listId });
      await listWhere(page, listId, 'list.counters.byState.done > 100');
      await ask(page, 'runPause', { listId });
      const paused = await listWhere(page, listId, "list.state === 'paused'");
      expect(paused.counters.byState.pending + paused.counters.byState.scheduled).toBeGreaterThan(0);
      const silent = world.record();
      // what would have been sent in the meantime: the greylister's time comes while it is paused
      await app.evaluate((_electron, waitMs) => new Promise((resolve) => { setTimeout(resolve, waitMs); }), quick.greylistFirstMs + 500);
      expect(world.record()).toEqual(silent);
      expect(silent.heloNames).toEqual(['first.example.com']);

      const settings = await ask(page, 'settingsGet');
      await ask(page, 'settingsSet', { ...settings.settings, identity: { ...identity, heloName: 'second.example.com' } });
      await ask(page, 'runStart', { listId });
      await listWhere(page, listId, "list.state === 'done'");
      expect(world.record().heloNames).toEqual(['first.example.com', 'second.example.com']);
      expect(world.record().violations).toEqual([]);

      const wrong: unknown[] = [];
      for (let after = 0; ;) {
        const { rows, hasAfter } = await ask(page, 'resultsPage', { listId, filter: {}, after, limit: 200 });
        for (const row of rows) {
          const { cells } = await ask(page, 'resultsDetail', { listId, row: row.row });
          const expected = cells.find(({ column }) => column === 'expected_status')?.value ?? '';
          if ((row.status ?? '') !== expected) wrong.push([row, expected]);
        }
        after = rows.at(-1)?.row ?? after;
        if (!hasAfter) break;
      }
      expect(wrong).toEqual([]);
    } finally {
      await launched?.close();
      await world.stop();
    }
  });
});

describe('the end of the app', () => {
  /** A practice list that is being verified. */
  async function midway(): Promise<{ readonly first: LaunchedApp; readonly listId: number }> {
    const first = await launch();
    const { listId } = await ask(first.page, 'practiceStart');
    await ask(first.page, 'runStart', { listId });
    await listWhere(first.page, listId, 'list.counters.byState.done > 100');
    return { first, listId };
  }

  /** After the next start, without being told to. */
  async function goesOn(listId: number): Promise<LaunchedApp> {
    const again = await launch();
    const before = await listWhere(again.page, listId, 'true');
    expect(before.counters.byState.done).toBeGreaterThan(100);
    expect(['running', 'waiting']).toContain(before.state);
    await listWhere(again.page, listId, 'list.counters.byState.done > 840'); // what was not asked, and some of what was scheduled
    await answerBoxes(again.app, 0);
    return again;
  }

  it('is asked about once while a list is under way; no means no', async () => {
    const { first, listId } = await midway();
    await answerBoxes(first.app, 1);
    await first.app.evaluate(({ app }) => { app.quit(); });
    const going = await listWhere(first.page, listId, 'list.counters.byState.done > 300');
    expect(going.state).toBe('running');
    expect(await shownBoxes(first.app)).toEqual(['A list is being verified.']);

    await answerBoxes(first.app, 0);
    expect(await endedBy(first, () => first.app.evaluate(({ app }) => { app.quit(); }).catch(() => undefined))).toEqual([0, null]);
    await goesOn(listId);
  });

  it('by closing the window is asked about too', async () => {
    const { first } = await midway();
    await answerBoxes(first.app, 1);
    await first.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
    await snapshotWhere(first.page, 's.lists[0].counters.byState.done > 300');
    await answerBoxes(first.app, 0);
    expect(await shownBoxes(first.app)).toEqual(['A list is being verified.']);
    expect(await endedBy(first, () => first.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); }).catch(() => undefined))).toEqual([0, null]);
  });

  it('by a signal is clean without a question', async () => {
    const { first, listId } = await midway();
    expect(await endedBy(first, () => first.app.process().kill('SIGTERM'))).toEqual([0, null]);
    const stopped = (await readLog(userDataDir)).find(({ message }) => message === 'practice world stopped');
    expect(stopped?.fields).toMatchObject({ violations: [] });
    await goesOn(listId);
  });

  it('by a kill loses nothing', async () => {
    const { first, listId } = await midway();
    await endedBy(first, () => first.app.process().kill('SIGKILL'));
    const { page } = await goesOn(listId);
    const done = await listWhere(page, listId, "list.state === 'done'");
    expect(done.counters.byState).toMatchObject({ pending: 0, scheduled: 0, done: 877 });
  });
});

describe('lists that cannot be opened', () => {
  it('are told of in a box, and left as they are', async () => {
    await mkdir(join(userDataDir, 'store'));
    const library = join(userDataDir, 'store', 'library.db');
    await writeFile(library, 'this is no database, and somebody may want it back'.repeat(100));
    const before = await readFile(library);
    const child = spawn(electronBinary(), electronArgs(userDataDir, ['--smoke']), { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await readLog(userDataDir)).toContainEqual(expect.objectContaining({ level: 'error', message: 'cannot start' }));
    expect(await readFile(library)).toEqual(before);
  });
});

describe('the preferences', () => {
  it('have one window of their own, as closed as the other', async () => {
    const { app, page } = await launch();
    const opening = app.waitForEvent('window');
    await app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('preferences')?.click(); });
    const preferences = await opening;
    expect(preferences.url()).toBe('app://winnow/index.html?view=preferences');
    await ask(page, 'preferencesOpen');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
    expect(await preferences.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
    expect((await ask(preferences, 'settingsGet')).setAsideAs).toBeNull();
  });
});
