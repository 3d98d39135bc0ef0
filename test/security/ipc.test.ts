// Messages that our page would never send: from strangers, to channels that do not exist, with input that does not
// parse. Sent by windows made for the attack, with a preload of their own that hands Electron's raw sender to the page.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../shared/ipc/answer.ts';
import { WIRE } from '../../shared/ipc/channels.ts';
import { launchApp, runInPage, type LaunchedApp } from '../lab/app.ts';

const RAW_PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('raw', { invoke: (...args) => ipcRenderer.invoke(...args), sendSync: (...args) => ipcRenderer.sendSync(...args) });
`;

let launched: LaunchedApp;
let preload: string;

beforeAll(async () => {
  launched = await launchApp();
  preload = join(launched.userDataDir, 'raw-preload.cjs');
  await writeFile(preload, RAW_PRELOAD);
});

afterAll(async () => {
  await launched.close();
});

/** Evaluates `script` in a new window on `url`, whose page can send anything. */
function inRawWindow<T>(url: string, script: string): Promise<T> {
  return launched.app.evaluate(
    async ({ BrowserWindow }, { url, script, preload }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload } });
      try {
        await window.loadURL(url);
        return (await window.webContents.executeJavaScript(script)) as T;
      } finally {
        window.destroy();
      }
    },
    { url, script, preload },
  );
}

function invokeFrom(url: string, channel: unknown, input?: unknown): Promise<Answer<unknown>> {
  const args = [WIRE, channel, input].map((value) => (value === undefined ? 'undefined' : JSON.stringify(value))).join(', ');
  return inRawWindow(url, `raw.invoke(${args})`);
}

const OURS = 'app://winnow/index.html';
const refusedAs = (code: string): unknown => ({ ok: false, error: { code, message: expect.any(String) as string, retryable: false } });

describe('the sender', () => {
  it('is answered if it is our page (or these attacks would prove nothing)', async () => {
    expect(await invokeFrom(OURS, 'app.info')).toMatchObject({ ok: true, value: { name: 'Winnow' } });
  });

  it('is refused if its page is not of our origin', async () => {
    expect(await invokeFrom('data:text/html,evil', 'app.info')).toEqual(refusedAs('ForeignSender'));
    expect(await invokeFrom('about:blank', 'settings.get')).toEqual(refusedAs('ForeignSender'));
    expect(await launched.log()).toContainEqual(expect.objectContaining({ level: 'warn', area: 'ipc', message: 'foreign sender' }));
  });

  it('is refused if it is a frame inside our page, though of our origin', async () => {
    // Our policy and our guard would not let the frame be there at all: this window goes without them.
    const answers = await launched.app.evaluate(
      async ({ BrowserWindow, session }, { url, wire, preload }) => {
        const partition = 'frames';
        session.fromPartition(partition).protocol.handle('app', (request) => {
          const html = request.url === url ? '<iframe src="app://winnow/frame"></iframe>' : '<h1>frame</h1>';
          return new Response(html, { headers: { 'content-type': 'text/html' } });
        });
        const window = new BrowserWindow({ show: false, webPreferences: { preload, partition, nodeIntegrationInSubFrames: true } });
        window.webContents.removeAllListeners('will-frame-navigate');
        await window.loadURL(url);
        const send = `raw.invoke('${wire}', 'app.info')`;
        const frame = window.webContents.mainFrame.frames[0];
        const answers = {
          origin: frame?.origin,
          frame: await frame?.executeJavaScript(send),
          top: (await window.webContents.executeJavaScript(send)) as { ok: boolean },
        };
        window.destroy();
        return answers;
      },
      { url: OURS, wire: WIRE, preload },
    );
    expect(answers).toMatchObject({ origin: 'app://winnow', frame: refusedAs('ForeignSender'), top: { ok: true } });
  });

  it('is refused on other wires by Electron itself', async () => {
    await expect(inRawWindow(OURS, `raw.invoke('app.info')`)).rejects.toThrow(/No handler registered/);
  });
});

describe('the channel', () => {
  it('is refused if nobody knows it', async () => {
    for (const channel of ['shell.open', 'app.info ', 'constructor', '__proto__', '', 7, null, ['app.info'], { toString: 'app.info' }]) {
      expect(await invokeFrom(OURS, channel)).toEqual(refusedAs('UnknownChannel'));
    }
    expect(await launched.log()).toContainEqual(
      expect.objectContaining({ area: 'ipc', message: 'unknown channel', fields: { channel: 'shell.open', frame: OURS } }),
    );
  });
});

describe('the input', () => {
  it('is refused if it does not parse, and nothing is changed by it', async () => {
    const before = await runInPage(launched.page, 'return winnow.settingsGet()');
    const inputs: unknown[] = [
      null, 'x', [], { evil: 1 }, { smtp: { maxConnections: 1e9 } }, { smtp: { maxConnections: '5' } },
      { identity: { heloName: 'a\r\nRCPT TO:<x@example.com>' } }, { identity: { mailFrom: 'a@b\r\nDATA' } },
      { identity: { heloName: 'x'.repeat(1_000_000) } }, { dns: { servers: Array.from({ length: 100 }, () => '192.0.2.1') } },
    ];
    for (const input of inputs) {
      expect(await invokeFrom(OURS, 'settings.set', input)).toEqual(refusedAs('InvalidInput'));
    }
    expect(await runInPage(launched.page, 'return winnow.settingsGet()')).toEqual(before);
  });

  it('cannot reach a prototype', async () => {
    for (const input of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"smtp":{"__proto__":{"polluted":1}}}']) {
      const answer = await inRawWindow<Answer<unknown>>(OURS, `raw.invoke('${WIRE}', 'settings.set', JSON.parse('${input}'))`);
      expect(JSON.stringify(answer)).not.toContain('polluted');
    }
    expect(await launched.app.evaluate(() => 'polluted' in {})).toBe(false);
    const saved = await runInPage<string>(launched.page, 'return JSON.stringify(await winnow.settingsGet())');
    expect(saved).not.toContain('polluted');
  });

  it('of a report is bounded, shortened and held back when there is too much of it', async () => {
    const tooLong = await invokeFrom(OURS, 'log.report', { source: 'window', message: 'x'.repeat(2_001) });
    expect(tooLong).toEqual(refusedAs('InvalidInput'));
    await runInPage(launched.page, `
      await winnow.logReport({ source: 'window', message: 'failed for jane.doe@example.com', stack: 'at <jane.doe@example.com>' });
      for (let i = 0; i < 1_000; i += 1) await winnow.logReport({ source: 'window', message: 'flood ' + i });`);
    const lines = (await launched.log()).filter((line) => line.area === 'renderer');
    expect(lines.length).toBe(300);
    expect(JSON.stringify(lines)).not.toContain('jane.doe@example.com');
    expect(lines[0]?.message).toBe('failed for j…e@e…e.com');
  });
});

describe('the answer to a failure', () => {
  it('carries no stack and no path', async () => {
    const answers = [
      await invokeFrom(OURS, 'settings.set', { identity: 7 }),
      await invokeFrom(OURS, 'nowhere'),
      await invokeFrom('about:blank', 'app.info'),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/\bat |\.cjs|\.ts|node_modules|\/tmp|\/home|\/root/);
  });
});
