// What the tests of the views share: setting the window's size and theme, screenshots in both themes and two sizes, and
// the measuring of what is on the screen (WCAG 1.4.3 contrast, nothing wider than the window).
import { mkdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from 'playwright';
import { runInPage } from './app.ts';

const SCREENSHOTS = 'dist/screenshots';
const SCHEMES = ['light', 'dark'] as const;
const SIZES = [
  { name: 'small', width: 640, height: 480 },
  { name: 'wide', width: 1_080, height: 760 },
] as const;

/** What is wrong with a view: texts that are hard to read, and how far it is wider than its window. */
export interface Faults {
  readonly unreadable: readonly string[];
  readonly surplusWidth: number;
}

/** Each piece of text that is drawn, with its colour and that of the nearest ground that is not transparent. Disabled
 *  controls are exempt (WCAG 1.4.3), and so is what a modal dialog makes inert. */
const TEXTS = `[...document.querySelectorAll('body *')]
  .filter((element) => element.checkVisibility() && element.closest(':disabled, .visually-hidden') === null)
  .filter((element) => document.querySelector('dialog[open]')?.contains(element) ?? true)
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .map((element) => {
    let ground = 'rgba(0, 0, 0, 0)';
    for (let at = element; at !== null && ground === 'rgba(0, 0, 0, 0)'; at = at.parentElement) {
      ground = getComputedStyle(at).backgroundColor;
    }
    return { text: element.textContent.slice(0, 60), ink: getComputedStyle(element).color, ground };
  })`;

interface ShownText {
  readonly text: string;
  readonly ink: string;
  readonly ground: string;
}

/** Shows the page in each theme and size, leaves a screenshot of each, and answers what is wrong, by theme and size. */
export async function lookAt(app: ElectronApplication, page: Page, name: string): Promise<Readonly<Record<string, Faults>>> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const faults: Record<string, Faults> = {};
  for (const size of SIZES) {
    for (const scheme of SCHEMES) {
      await show(app, page, scheme, size);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${scheme}-${size.name}.png` });
      const texts = await page.evaluate<readonly ShownText[]>(TEXTS);
      const unreadable = texts.filter(({ ink, ground }) => contrast(ink, ground) < 4.5).map(({ text, ink, ground }) => `${text}: ${ink} on ${ground}`);
      const surplusWidth = Math.max(0, await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'));
      if (texts.length === 0) throw new Error(`${name}: nothing is on the screen`);
      if (unreadable.length > 0 || surplusWidth > 0) faults[`${scheme} ${size.name}`] = { unreadable, surplusWidth };
    }
  }
  return faults;
}

async function show(app: ElectronApplication, page: Page, scheme: (typeof SCHEMES)[number], size: (typeof SIZES)[number]): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate((browserWindow: Electron.BrowserWindow, { width, height }) => { browserWindow.setContentSize(width, height); }, size);
  await app.evaluate(({ nativeTheme }, themeSource) => { nativeTheme.themeSource = themeSource; }, scheme);
  await runInPage(page, `
    const query = matchMedia('(prefers-color-scheme: ${scheme})');
    await new Promise((resolve) => {
      const check = () => { if (query.matches && innerWidth === ${String(size.width)}) resolve(); };
      query.addEventListener('change', check);
      addEventListener('resize', check);
      check();
    });
    // two frames: the first is drawn with the old size still on the screen
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`);
}

/** WCAG 2.2, relative luminance of `rgb(r, g, b)`. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
