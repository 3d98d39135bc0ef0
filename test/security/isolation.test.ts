// The page has nothing of Node and nothing of Electron: one frozen object of ours, and no way around it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/ipc/channels.ts';
import { launchApp, runInPage, type LaunchedApp } from '../lab/app.ts';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp();
});

afterAll(async () => {
  await launched.close();
});

describe('what the page can reach', () => {
  it('has no Node and no Electron', async () => {
    const names = ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname', 'ipcRenderer', 'electron', 'setImmediate'];
    const there = await runInPage<string[]>(launched.page, `return ${JSON.stringify(names)}.filter((name) => name in globalThis)`);
    expect(there).toEqual([]);
  });

  it('has one function for each channel, one for dropped files in place of their paths, one for snapshots, and no other', async () => {
    const methods = CHANNELS.map((channel) => channel.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase()));
    const expected = [...methods.filter((method) => method !== 'filesRegister'), 'filesDrop', 'onSnapshot'];
    const there = await runInPage<string[]>(launched.page, 'return Reflect.ownKeys(window.winnow)');
    expect([...there].sort()).toEqual(expected.sort());
  });

  it('knows no path: a file that a page made up is none, and an id that was never given out is nothing', async () => {
    const answers = await runInPage<unknown[]>(launched.page, `
      const fileId = crypto.randomUUID();
      return Promise.all([
        winnow.filesDrop([new File(['email'], '/etc/passwd')]),
        winnow.filesDrop([{ name: '/etc/passwd', path: '/etc/passwd', size: 1 }]),
        winnow.importPreview({ fileId, reading: {} }),
        winnow.importStart({ fileId, reading: {} }),
        winnow.exportStart({ listId: 1, targetId: fileId, kind: 'csv', form: {} }),
        winnow.exportShow({ exportId: fileId }),
      ]);`);
    const codes = (answers as { error?: { code: string } }[]).map(({ error }) => error?.code);
    expect(codes).toEqual(['InvalidInput', 'InvalidInput', 'FileNotFound', 'FileNotFound', 'FileNotFound', 'FileNotFound']);
  });

  it('hears snapshots and nothing of Electron', async () => {
    const heard = await runInPage<string[]>(launched.page, `
      const argumentsOf = new Promise((resolve) => { winnow.onSnapshot((...args) => { resolve(args); }); });
      await winnow.practiceStart();
      const [snapshot, ...more] = await argumentsOf;
      return [...Object.keys(snapshot), ...more.map(String)];`);
    expect(heard.sort()).toEqual(['exports', 'imports', 'lists', 'opened', 'preflight', 'queue', 'sequence']);
  });

  it('cannot change that object, nor put another in its place', async () => {
    const result = await runInPage<Record<string, unknown>>(launched.page, `
      'use strict';
      const before = winnow.appInfo;
      const failed = (attack) => { try { attack(); return false; } catch { return true; } };
      return {
        frozen: Object.isFrozen(winnow),
        assign: failed(() => { winnow.appInfo = () => 'mine'; }),
        add: failed(() => { winnow.more = () => 'mine'; }),
        remove: failed(() => { delete winnow.appInfo; }),
        replace: failed(() => { window.winnow = { appInfo: () => 'mine' }; }),
        redefine: failed(() => { Object.defineProperty(window, 'winnow', { value: {} }); }),
        same: winnow.appInfo === before,
      };`);
    expect(result).toEqual({ frozen: true, assign: true, add: true, remove: true, replace: true, redefine: true, same: true });
  });

  it('does not reach the preload through a polluted prototype', async () => {
    const answer = await runInPage(launched.page, `
      const { call } = Function.prototype, { push } = Array.prototype, { then } = Promise.prototype;
      let stolen = 0;
      const thief = (original) => function (...args) { stolen += 1; return Reflect.apply(original, this, args); };
      Function.prototype.call = thief(call);
      Array.prototype.push = thief(push);
      Promise.prototype.then = thief(then);
      const pending = winnow.appInfo();
      Object.assign(Function.prototype, { call });
      Object.assign(Array.prototype, { push });
      Object.assign(Promise.prototype, { then });
      return { ...(await pending), stolen };`);
    expect(answer).toMatchObject({ ok: true, value: { name: 'Winnow' }, stolen: 0 });
  });

  it('leaves no argument through but the declared one', async () => {
    const answer = await runInPage(launched.page, `return winnow.appInfo('settings.set', { evil: true })`);
    expect(answer).toMatchObject({ ok: true, value: { name: 'Winnow' } });
  });

  it('runs in a window with every protection on', async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
  });
});
