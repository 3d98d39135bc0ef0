// The page stays where it is: no way of leaving the origin, opening a window, embedding a page or starting a download.
// Each attack is seen to be refused by the guard itself (its event, prevented), and nothing arrives at the attacker.
import { afterEach, describe, expect, it } from 'vitest';
import { SMTP_STANDARD_URL } from '../../electron/main/external-links.ts';
import { runInPage } from '../lab/app.ts';
import { attackedApp } from './attacked-app.ts';

const HOME = 'app://winnow/index.html';

const under = attackedApp();

afterEach(async () => {
  expect(under.attacker.seen).toEqual([]);
  expect(under.launched.page.url()).toBe(HOME);
  expect(await under.launched.page.getByRole('heading', { level: 1 }).textContent()).toBe('Winnow');
  expect(await under.launched.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

/** Runs the attack and answers the address of the navigation that the guard refused. */
async function refusedNavigation(attack: string): Promise<string> {
  const refused = under.launched.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<{ url: string; prevented: boolean }>((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', (details) => {
          resolve({ url: details.url, prevented: details.defaultPrevented });
        });
      }),
  );
  await runInPage(under.launched.page, attack);
  const { url, prevented } = await refused;
  expect(prevented).toBe(true);
  expect(await under.launched.log()).toContainEqual(
    expect.objectContaining({ area: 'security', message: 'navigation refused', fields: { url, mainFrame: true } }),
  );
  return url;
}

describe('leaving the origin', () => {
  const ways: readonly (readonly [name: string, attack: (url: string) => string])[] = [
    ['by location', (url) => `location.href = '${url}';`],
    ['by location.replace', (url) => `location.replace('${url}');`],
    ['by a link', (url) => `const a = document.createElement('a'); a.href = '${url}'; document.body.append(a); a.click(); a.remove();`],
    ['by a refresh in the page', (url) => `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0; url=${url}'; document.head.append(m);`],
    ['by opening in itself', (url) => `window.open('${url}', '_self');`],
    ['by the navigation interface', (url) => `navigation.navigate('${url}');`],
  ];
  for (const [name, attack] of ways) {
    it(`is refused ${name}`, async () => {
      const url = `${under.attacker.origin}/${name.replaceAll(' ', '-')}`;
      expect(await refusedNavigation(attack(url))).toBe(url);
    });
  }

  it('is refused to hosts that only look like ours', async () => {
    for (const url of ['app://evil/index.html', 'app://winnow.evil/index.html', 'app://winnow@evil/index.html']) {
      await refusedNavigation(`location.href = '${url}';`);
    }
  });

  it('is not possible to files, data or script', async () => {
    for (const url of ['file:///etc/passwd', 'data:text/html,<h1>evil</h1>', 'javascript:document.body.textContent=1', 'blob:app://winnow/1']) {
      await runInPage(under.launched.page, `try { location.href = ${JSON.stringify(url)}; } catch {}`);
      await runInPage(under.launched.page, `await new Promise((resolve) => requestAnimationFrame(resolve));`);
      expect(under.launched.page.url()).toBe(HOME);
    }
  });

  it('is refused after a redirect, too', async () => {
    const refused = await under.launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const attempt = (url: string): boolean => {
        let prevented = false;
        contents?.emit('will-redirect', { url, preventDefault: () => { prevented = true; } });
        return prevented;
      };
      return { evil: attempt('https://evil.example/'), ours: attempt('app://winnow/index.html') };
    });
    expect(refused).toEqual({ evil: true, ours: false });
  });

  it('is not what loading our own page again is', async () => {
    await runInPage(under.launched.page, `setTimeout(() => location.reload(), 0);`);
    await under.launched.page.waitForEvent('load');
    await under.launched.page.getByRole('heading', { level: 1 }).waitFor();
  });
});

describe('opening a window', () => {
  it('is refused, whatever is to be in it', async () => {
    for (const url of [`${under.attacker.origin}/popup`, 'about:blank', HOME, 'file:///etc/passwd', 'data:text/html,x', '']) {
      expect(await runInPage(under.launched.page, `return window.open(${JSON.stringify(url)}) === null`)).toBe(true);
    }
    const refused = (await under.launched.log()).filter((line) => line.message === 'window refused').map((line) => line.fields?.['url']);
    expect(refused).toEqual(expect.arrayContaining([`${under.attacker.origin}/popup`, 'about:blank', HOME]));
  });

  it('goes to the browser of the user for links on the list, exactly as they are there, and for no other', async () => {
    await under.launched.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    const link = (url: string): string =>
      `const a = document.createElement('a'); a.target = '_blank'; a.href = ${JSON.stringify(url)}; document.body.append(a); a.click(); a.remove();`;
    await runInPage(under.launched.page, link(`${SMTP_STANDARD_URL}?list=secret`));
    await runInPage(under.launched.page, link('mailto:someone@example.com'));
    await runInPage(under.launched.page, link('https://www.rfc-editor.org.evil.example/'));
    await runInPage(under.launched.page, link(SMTP_STANDARD_URL));
    await under.launched.page.evaluate('winnow.appInfo()'); // an answer from main: what was sent before has arrived
    expect(await under.launched.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([SMTP_STANDARD_URL]);
  });
});

describe('embedding', () => {
  it('of a page in an empty frame gives the frame nothing of ours', async () => {
    const result = await runInPage<string[]>(under.launched.page, `
      const f = document.createElement('iframe'); document.body.append(f);
      const names = ['winnow', 'require', 'process'].filter((name) => name in f.contentWindow);
      f.remove(); return names;`);
    expect(result).toEqual([]);
  });

  it('of a webview is not possible in our window', async () => {
    expect(await runInPage(under.launched.page, `
      const w = document.createElement('webview'); w.src = '${under.attacker.origin}/webview'; document.body.append(w);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const isUnknown = w instanceof HTMLUnknownElement || w.constructor === HTMLElement; w.remove(); return isUnknown;`)).toBe(true);
  });

  it('of a webview is refused even in a window that allows the tag', async () => {
    const prevented = await under.launched.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
      const attached = new Promise<boolean>((resolve) => {
        window.webContents.once('will-attach-webview', (event) => { resolve(event.defaultPrevented); });
      });
      await window.loadURL('data:text/html,<webview src="app://winnow/index.html"></webview>');
      const result = await attached;
      window.destroy();
      return result;
    });
    expect(prevented).toBe(true);
  });
});

describe('downloading', () => {
  it('is refused', async () => {
    const refused = under.launched.app.evaluate(
      ({ session }) =>
        new Promise<boolean>((resolve) => {
          session.defaultSession.once('will-download', (event) => { resolve(event.defaultPrevented); });
        }),
    );
    await runInPage(under.launched.page, `const a = document.createElement('a'); a.href = 'app://winnow/index.html'; a.download = 'x.html'; document.body.append(a); a.click(); a.remove();`);
    expect(await refused).toBe(true);
  });
});
