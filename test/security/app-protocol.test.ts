// The app's own scheme gives out the window's files and nothing else of the disk, however the address is spelled.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchApp, runInPage, type LaunchedApp } from '../lab/app.ts';

let launched: LaunchedApp;

beforeAll(async () => {
  launched = await launchApp();
});

afterAll(async () => {
  await launched.close();
});

/** Status of a request made by main, which no content policy and no origin holds back. */
function statusFromMain(url: string, method = 'GET'): Promise<number> {
  return launched.app.evaluate(
    async ({ net }, { url, method }) => {
      try {
        return (await net.fetch(url, { method })).status;
      } catch {
        return 0;
      }
    },
    { url, method },
  );
}

describe('the app:// scheme', () => {
  it('serves the start page', async () => {
    expect(await statusFromMain('app://winnow/index.html')).toBe(200);
    expect(await statusFromMain('app://winnow/')).toBe(200);
    expect(await statusFromMain('app://winnow/index.html?query#fragment')).toBe(200);
  });

  it('serves nothing outside its folder', async () => {
    const paths = [
      '/../package.json', '/../main/index.cjs', '/..%2fpackage.json', '/%2e%2e/package.json', '/%2e%2e%2fpackage.json',
      '/%252e%252e%252fpackage.json', '/..%5cpackage.json', '/..\\package.json', '/assets/../../package.json', '/assets/..%2f..%2fpackage.json',
      '//etc/passwd', '/etc/passwd', '/%2fetc%2fpasswd', '/file:///etc/passwd', '/index.html%00.js', '/index.html%00', '/index.html/', '/index.html/.',
      '/./index.html/..', '/assets', '/assets/', '/INDEX.HTML', '/index.html.', '/index.html%20', '/....//package.json', '/.%2e/package.json',
      '/constructor', '/__proto__', '/toString', '/preload/index.cjs', '/main/index.cjs',
    ];
    for (const path of paths) {
      const status = await statusFromMain(`app://winnow${path}`);
      expect({ path, status }).toEqual({ path, status: path === '/./index.html/..' ? 200 : 404 });
    }
  });

  it('serves nothing under another host', async () => {
    for (const url of ['app://evil/index.html', 'app://winnow.evil/index.html', 'app://localhost/index.html', 'app://index.html/']) {
      expect({ url, status: await statusFromMain(url) }).toEqual({ url, status: 404 });
    }
  });

  it('answers reading only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      expect(await statusFromMain('app://winnow/index.html', method)).toBe(405);
    }
    expect(await statusFromMain('app://winnow/index.html', 'HEAD')).toBe(200);
  });

  it('says what each file is, and lets it be nothing else', async () => {
    const types = await runInPage<(string | null)[]>(launched.page, `
      const urls = ['app://winnow/index.html', document.querySelector('script').src, document.querySelector('link[rel=stylesheet]').href];
      return Promise.all(urls.map(async (url) => (await fetch(url)).headers.get('content-type')));`);
    expect(types).toEqual(['text/html; charset=utf-8', 'text/javascript; charset=utf-8', 'text/css; charset=utf-8']);
  });

  it('writes down what it refuses', async () => {
    await statusFromMain('app://winnow/..%2fsecret');
    expect(await launched.log()).toContainEqual(
      expect.objectContaining({ area: 'protocol', message: 'no such file', fields: { url: 'app://winnow/..%2fsecret' } }),
    );
  });
});

describe('files', () => {
  it('cannot be read by the page', async () => {
    const results = await runInPage<string[]>(launched.page, `
      const urls = ['file:///etc/passwd', 'file:///', 'filesystem:app://winnow/temporary/x'];
      return Promise.all(urls.map((url) => fetch(url).then(() => 'read', (error) => error.name)));`);
    expect(results).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });

  it('cannot be loaded by any window', async () => {
    const outcome = await launched.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      const result = await window.loadURL('file:///etc/hostname').then(() => 'loaded', (error: unknown) => String(error));
      window.destroy();
      return result;
    });
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
  });
});
