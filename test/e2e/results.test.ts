// Browsing a list in the real app: sorting by columns and by what has none, filters beyond status and reason, and rows
// selected by rule, with keys and for screen readers. Verdicts are those that an import gives by itself (syntax).
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { importInWindow } from '../lab/import-in-window.ts';
import { lookAt } from '../lab/views.ts';

const { window: text, browse } = words;
const ROWS = 3_000;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
  const path = join(userDataDir, 'big.csv');
  const addresses = Array.from({ length: ROWS }, (_, index) => {
    if (index % 10 === 9) return `no at sign ${String(index)}`;
    return `${String((index * 7_919) % 10_007).padStart(5, '0')}@${index % 2 === 0 ? 'one' : 'two'}.example`;
  });
  await writeFile(path, `email\n${addresses.join('\n')}\n00000@one.example\n`);
  await importInWindow(launched, path);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const look = (name: string) => lookAt(launched.app, page, name);
const grid = () => page.getByRole('grid');
const head = (name: string) => grid().getByRole('columnheader', { name });
const rowAt = (index: number) => grid().locator(`[role=row][aria-rowindex="${String(index + 1)}"]`);
const shown = (rows: string) => page.locator('.shown-count', { hasText: rows });
const status = () => page.getByRole('group', { name: browse.selectColumn }).getByRole('status');

describe('sorting', () => {
  it('by a column goes up, down, and back to the rows as they were', async () => {
    await rowAt(1).getByText('00000@one.example').waitFor();
    const address = head(text.results.columns.address);
    await address.getByRole('button').click();
    await rowAt(2).getByText('00000@one.example').waitFor();
    expect(await address.getAttribute('aria-sort')).toBe('ascending');
    await address.getByRole('button').click();
    await rowAt(1).getByText('no at sign 999').waitFor();
    expect(await address.getAttribute('aria-sort')).toBe('descending');
    await address.getByRole('button').click();
    await rowAt(2).getByText('07919@two.example').waitFor();
    expect(await address.getAttribute('aria-sort')).toBe('none');
  });

  it('by what has no column is a menu away, and the last position is exact', async () => {
    await page.getByRole('combobox', { name: browse.sortBy }).selectOption('domain');
    await rowAt(2).getByText('@one.example').waitFor();
    await grid().focus();
    await page.keyboard.press('End');
    await grid().locator(`[role=row][aria-rowindex="${String(ROWS + 2)}"]`).getByText('no at sign 2999').waitFor();
    await page.keyboard.press('Home');
  });
});

describe('further filters', () => {
  it('are combined, and counted exactly', async () => {
    await page.getByText(browse.more, { exact: true }).click();
    await page.getByLabel(browse.domain, { exact: true }).fill('@TWO.example');
    await page.keyboard.press('Enter');
    await shown('1,200 rows').waitFor();
    await page.getByLabel(browse.duplicates, { exact: true }).selectOption('only');
    await shown('0 rows').waitFor();
    await page.getByLabel(browse.duplicates, { exact: true }).selectOption('without');
    await shown('1,200 rows').waitFor();
    expect(await look('8-more-filters')).toEqual({});
    await page.getByRole('button', { name: browse.clearFilters }).click();
    await shown('3,001 rows').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel(browse.domain, { exact: true }).isVisible()).toBe(false);
  });
});

describe('selected rows', () => {
  it('are a rule: all that match but some, by mouse and keys, and told to screen readers', async () => {
    expect(await grid().getAttribute('aria-multiselectable')).toBe('true');
    await page.getByRole('button', { name: new RegExp(`^${text.statuses.undeliverable}`) }).click();
    await shown('300 rows').waitFor();
    await grid().focus();
    await page.keyboard.press('Control+a');
    await status().getByText(browse.selected(300, '300')).waitFor();
    await page.keyboard.press('Space');
    await status().getByText(browse.selected(299, '299')).waitFor();
    expect(await rowAt(1).getAttribute('aria-selected')).toBe('false');
    expect(await rowAt(2).getAttribute('aria-selected')).toBe('true');
    await rowAt(4).locator('.cell-select').click();
    await status().getByText(browse.selected(298, '298')).waitFor();
    await head(browse.selectNone).getByRole('checkbox').waitFor();
    await page.getByRole('combobox', { name: browse.sortBy }).selectOption('score');
    expect(await look('8-selected')).toEqual({});
  });

  it('give their addresses to the clipboard, without those that were taken out', async () => {
    await page.getByRole('button', { name: browse.copy }).click();
    await page.getByText(browse.copied(298, '298')).waitFor();
    const copied = await launched.app.evaluate(({ clipboard }) => clipboard.readText());
    const lines = copied.split('\n');
    expect(lines.length).toBe(298);
    expect(lines.slice(0, 3)).toEqual(['no at sign 19', 'no at sign 29', 'no at sign 49']);
  });

  it('are exported, and nothing else is', async () => {
    const savePath = join(userDataDir, 'selected.csv');
    await launched.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, savePath);
    await page.getByRole('button', { name: browse.exportSelection, exact: true }).click();
    const sheet = page.getByRole('dialog');
    expect(await sheet.getByRole('radio', { name: text.export.selected }).isChecked()).toBe(true);
    await sheet.getByText(text.export.rows('298 rows')).waitFor();
    expect(await look('8-export-selection')).toEqual({});
    await sheet.getByRole('button', { name: text.export.choose, exact: true }).click();
    await sheet.getByText(text.export.done('selected.csv', '298 rows')).waitFor();
    await sheet.getByRole('button', { name: text.common.close, exact: true }).last().click();
    const lines = (await readFile(savePath, 'utf8')).trim().split('\n').slice(1);
    expect([lines.length, lines[0]?.split(',')[0], lines[1]?.split(',')[0]]).toEqual([298, 'no at sign 19', 'no at sign 29']);
    // Still selected: what else is to be done with them can be done.
    await status().getByText(browse.selected(298, '298')).waitFor();
  });

  it('are turned round, and forgotten with the filter that they were selected in', async () => {
    await page.getByRole('button', { name: browse.invert }).click();
    await status().getByText(browse.selected(2, '2')).waitFor();
    await page.getByRole('button', { name: text.results.all, exact: true }).click();
    await status().waitFor({ state: 'detached' });
    expect(await rowAt(2).getAttribute('aria-selected')).toBe('false');
  });
});
