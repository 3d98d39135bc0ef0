// The window as a user meets it: it opens, says what it is, and looks as it should. Leaves screenshots of each view
// in dist/screenshots, light and dark, in two sizes, to be looked at.
import { mkdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchApp, runInPage, type LaunchedApp } from '../lab/app.ts';

const SCREENSHOTS = 'dist/screenshots';
const SIZES = [
  { name: 'wide', width: 1_080, height: 760 },
  { name: 'small', width: 640, height: 480 },
] as const;

interface ShownText {
  readonly text: string;
  readonly ink: string;
  readonly ground: string;
}

/** Each piece of text in the page, with its colour and that of the nearest background that is not transparent. */
const SHOWN_TEXTS = `[...document.querySelectorAll('body *')]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .map((element) => {
    let ground = 'rgba(0, 0, 0, 0)';
    for (let at = element; at !== null && ground === 'rgba(0, 0, 0, 0)'; at = at.parentElement) {
      ground = getComputedStyle(at).backgroundColor;
    }
    return { text: element.textContent, ink: getComputedStyle(element).color, ground };
  })`;

let launched: LaunchedApp;
let manifest: { productName: string; version: string };

beforeAll(async () => {
  manifest = JSON.parse(await readFile('package.json', 'utf8')) as typeof manifest;
  await mkdir(SCREENSHOTS, { recursive: true });
  launched = await launchApp();
});

afterAll(async () => {
  await launched.close();
});

describe('the window', () => {
  it('shows the name and the version of package.json', async () => {
    const { page } = launched;
    expect(await page.title()).toBe(manifest.productName);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(manifest.productName);
    expect(await page.getByText(/^Version /).textContent()).toBe(`Version ${manifest.version}`);
  });

  it('shows the versions of the runtime that it really runs on', async () => {
    const { app, page } = launched;
    const versions = await app.evaluate(() => ({ electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node }));
    const text = await page.getByText(/^Electron /).textContent();
    expect(text).toBe(`Electron ${versions.electron} · Chromium ${versions.chrome} · Node ${versions.node}`);
  });

  it('comes from our own origin, in one visible window', async () => {
    const { app, page } = launched;
    expect(page.url()).toBe('app://winnow/index.html');
    const windows = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({ visible: window.isVisible(), title: window.getTitle() })),
    );
    expect(windows).toEqual([{ visible: true, title: manifest.productName }]);
  });

  it('writes to the log when it is ready, and nothing worse than that', async () => {
    const lines = await launched.log();
    expect(lines.some((line) => line.area === 'window' && line.message === 'ready')).toBe(true);
    expect(lines.filter((line) => line.level === 'error' || line.area === 'security')).toEqual([]);
  });

  it('is loaded without a word on its console', async () => {
    const said: string[] = [];
    launched.page.on('console', (message) => said.push(message.text()));
    await launched.page.reload();
    await launched.page.getByRole('heading', { level: 1 }).waitFor();
    expect(said).toEqual([]);
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      it(`fits its content, and all text can be read: ${scheme}, ${size.name}`, async () => {
        const { app, page } = launched;
        await app.evaluate(({ BrowserWindow, nativeTheme }, { scheme, size }) => {
          nativeTheme.themeSource = scheme;
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
        }, { scheme, size });
        await runInPage(page, `
          const query = matchMedia('(prefers-color-scheme: ${scheme})');
          const asAsked = () => query.matches && innerWidth === ${String(size.width)};
          await new Promise((resolve) => {
            const check = () => { if (asAsked()) resolve(); };
            query.addEventListener('change', check);
            addEventListener('resize', check);
            check();
          });
          // two frames: the first is drawn with the old size still on the screen
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`);
        await page.screenshot({ path: `${SCREENSHOTS}/start-${scheme}-${size.name}.png` });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        const texts = await page.evaluate<readonly ShownText[]>(SHOWN_TEXTS);
        expect(texts.length).toBeGreaterThan(10);
        expect(texts.filter(({ ink, ground }) => contrast(ink, ground) < 4.5)).toEqual([]);
        expect(luminance(texts[0]?.ground ?? '') > 0.5).toBe(scheme === 'light');
      });
    }
  }
});

/** WCAG 2.2, relative luminance of `rgb(r, g, b)`. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
