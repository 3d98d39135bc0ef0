// The export sheet in the real app: presets, formats, columns, one file a status, the summary as HTML and as PDF; each file
// is what the sheet said. Leaves screenshots in dist/screenshots to be looked at.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { answerFileDialogs, importInWindow } from '../lab/import-in-window.ts';
import { lookAt } from '../lab/views.ts';

const SAMPLE = resolve('test/fixtures/sample-practice.csv');
const { window: text } = words;
const ROWS = 961;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(30_000);
  await importInWindow(launched, SAMPLE);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const look = (name: string) => lookAt(launched.app, page, name);
const sheet = () => page.getByRole('dialog');
const field = (name: string) => sheet().getByRole('combobox', { name, exact: true });

async function answerDialogs(saveName: string): Promise<string> {
  const savePath = join(userDataDir, saveName);
  await answerFileDialogs(launched.app, { open: SAMPLE, save: savePath });
  return savePath;
}

async function openSheet(): Promise<void> {
  await page.getByRole('button', { name: text.list.export, exact: true }).click();
  await field(text.export.format).waitFor();
}

async function save(name: string): Promise<string> {
  const path = await answerDialogs(name);
  await sheet().getByRole('button', { name: text.export.choose, exact: true }).click();
  await sheet().getByRole('button', { name: text.export.show, exact: true }).waitFor();
  await sheet().getByRole('button', { name: text.common.close, exact: true }).last().click();
  await sheet().waitFor({ state: 'detached' });
  return path;
}

describe('the export sheet', () => {
  it('counts live, folds what few need, and offers presets', async () => {
    await openSheet();
    await sheet().getByText(text.export.nothing).waitFor(); // nothing is verified
    await field(text.export.preset).selectOption('everything');
    await sheet().getByText(text.export.rows(`${String(ROWS)} rows`)).waitFor();
    expect(await look('export-sheet')).toEqual({});
    await sheet().getByText(text.export.more).click();
    await sheet().getByText(text.export.columnsHint).waitFor();
    expect(await look('export-more')).toEqual({});
    await sheet().getByLabel(text.export.withoutDuplicates).check();
    await expect.poll(() => sheet().getByRole('status').textContent()).not.toBe(text.export.rows(`${String(ROWS)} rows`));
  });

  it('writes the chosen columns in the chosen order, and keeps the choice as a preset', async () => {
    const columns = sheet().getByRole('list').first();
    await columns.getByRole('checkbox', { name: 'Company' }).uncheck();
    await columns.getByRole('button', { name: text.export.moveDown('Customer no.') }).click();
    await sheet().getByRole('button', { name: text.export.savePreset, exact: true }).click();
    await sheet().getByLabel(text.export.presetName).fill('Ours');
    await sheet().getByRole('button', { name: text.export.savePreset, exact: true }).click();
    await expect.poll(() => field(text.export.preset).inputValue()).toBe('own:Ours');
    const path = await save('chosen.csv');
    const [header = []] = parse(readFileSync(path), { bom: true });
    const [original = []] = parse(readFileSync(SAMPLE), { bom: true });
    const expected = [original[1], original[0], ...original.slice(2)].filter((name) => name !== 'Company');
    expect(header.slice(0, expected.length)).toEqual(expected);
  });

  it('writes a workbook for each status, named as the sheet says', async () => {
    await openSheet();
    await field(text.export.preset).selectOption('spreadsheet');
    await sheet().getByText(/deliverable.xlsx/).waitFor();
    const path = await save('book.xlsx');
    const names = ['deliverable', 'undeliverable', 'risky', 'unknown', 'not-verified'].map((status) => path.replace('.xlsx', `-${status}.xlsx`));
    expect(names.map((name) => existsSync(name))).toEqual(names.map(() => true));
    const books = await Promise.all(names.map((name) => readXlsx(readFileSync(name))));
    expect(books.reduce((sum, book) => sum + (book.sheets[0]?.rows.length ?? 0) - 1, 0)).toBe(ROWS);
  });

  it.each(['html', 'pdf'] as const)('writes the summary as %s', async (kind) => {
    await openSheet();
    await field(text.export.format).selectOption(kind);
    await sheet().getByText(text.export.summaryOf(`${String(ROWS)} rows`)).waitFor();
    if (kind === 'pdf') expect(await look('export-summary')).toEqual({});
    const path = await answerDialogs(`summary.${kind}`);
    await sheet().getByRole('button', { name: text.export.choose, exact: true }).click();
    await sheet().getByText(text.export.pageDone(`summary.${kind}`)).waitFor();
    await sheet().getByRole('button', { name: text.common.close, exact: true }).last().click();
    const content = readFileSync(path);
    if (kind === 'html') expect(content.toString()).toContain('sample-practice.csv');
    else expect([content.subarray(0, 5).toString(), content.length > 5_000]).toEqual(['%PDF-', true]);
  });
});
