// Chromium reaches no network in this app, even where no content policy stands in the way: a window that main itself
// opens on another address, a page without headers, a session of its own, a request by main.
import { afterEach, describe, expect, it } from 'vitest';
import { attackedApp } from './attacked-app.ts';

const under = attackedApp();

afterEach(() => {
  expect(under.attacker.seen).toEqual([]);
  expect(under.attacker.connections()).toBe(0);
});

/** Opens a window of another session, if named, on the address; answers what became of it. */
function openWindow(url: string, partition?: string): Promise<string> {
  return under.launched.app.evaluate(
    async ({ BrowserWindow }, { url, partition }) => {
      const window = new BrowserWindow({ show: false, webPreferences: partition === undefined ? {} : { partition } });
      const result = await window.loadURL(url).then(() => 'loaded', (error: unknown) => String(error));
      window.destroy();
      return result;
    },
    { url, partition },
  );
}

describe('the network', () => {
  it('is not reached by a window of ours', async () => {
    expect(await openWindow(`${under.attacker.origin}/window`)).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(await under.launched.log()).toContainEqual(
      expect.objectContaining({ area: 'security', message: 'request refused', fields: { url: `${under.attacker.origin}/window`, resourceType: 'mainFrame' } }),
    );
  });

  it('is not reached by a window with a session of its own', async () => {
    expect(await openWindow(`${under.attacker.origin}/other`, 'persist:other')).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(await openWindow(`${under.attacker.origin}/memory`, 'memory')).toContain('ERR_BLOCKED_BY_CLIENT');
  });

  it('is not reached by a page that no policy binds', async () => {
    const outcomes = await under.launched.app.evaluate(async ({ BrowserWindow }, origin) => {
      const window = new BrowserWindow({ show: false });
      await window.loadURL('data:text/html,<h1>no policy here</h1>');
      const result = (await window.webContents.executeJavaScript(`Promise.all([
        fetch('${origin}/fetch').then(() => 'reached', () => 'refused'),
        new Promise((resolve) => { const i = new Image(); i.onload = () => resolve('reached'); i.onerror = () => resolve('refused'); i.src = '${origin}/i.png'; }),
        new Promise((resolve) => { const s = new WebSocket('${origin.replace('http', 'ws')}/ws'); s.onopen = () => resolve('reached'); s.onerror = () => resolve('refused'); }),
      ])`)) as string[];
      window.destroy();
      return result;
    }, under.attacker.origin);
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
  });

  it('is not reached by WebRTC of a page that no policy binds', async () => {
    await under.launched.app.evaluate(async ({ BrowserWindow }, { udpPort, port }) => {
      const window = new BrowserWindow({ show: false });
      await window.loadURL('data:text/html,<h1>no policy here</h1>');
      await window.webContents.executeJavaScript(`new Promise((resolve) => {
        const peer = new RTCPeerConnection({ iceServers: [
          { urls: 'stun:127.0.0.1:${String(udpPort)}' },
          { urls: ['turn:127.0.0.1:${String(udpPort)}', 'turn:127.0.0.1:${String(port)}?transport=tcp'], username: 'u', credential: 'c' },
        ] });
        // A machine without any network never ends gathering: silence for so long is as good an end.
        setTimeout(resolve, 5_000);
        peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') resolve(); };
        peer.createDataChannel('x');
        peer.createOffer().then((offer) => peer.setLocalDescription(offer));
      })`);
      window.destroy();
    }, { udpPort: under.attacker.udpPort, port: under.attacker.port });
  });

  it('is not reached by main through Chromium, nor is any name resolved', async () => {
    const outcomes = await under.launched.app.evaluate(async ({ net, session }, origin) => {
      const attempt = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'reached', (error: unknown) => String(error));
      return [
        await attempt(net.fetch(`${origin}/main`, { bypassCustomProtocolHandlers: true })),
        await attempt(session.defaultSession.resolveHost('localhost')),
        await attempt(session.defaultSession.resolveHost('127.0.0.1')),
      ];
    }, under.attacker.origin);
    for (const outcome of outcomes) expect(outcome).toMatch(/ERR_BLOCKED_BY_CLIENT|ERR_NAME_NOT_RESOLVED/);
  });
});
