// The preferences in the real app beyond the first fields (views.test.ts): what is folded, the search, and the rules for
// single servers, each as a user comes to them; what is saved is read from the settings file itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../shared/settings/schema.ts';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { lookAt } from '../lab/views.ts';

const { preferences: text } = words;
const { rules } = text;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  const opened = launched.app.waitForEvent('window');
  await launched.page.evaluate('winnow.preferencesOpen()');
  page = await opened;
  page.setDefaultTimeout(20_000);
  await page.getByRole('heading', { level: 1, name: text.title }).waitFor();
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const settings = async (): Promise<Settings> => JSON.parse(await readFile(join(userDataDir, 'settings.json'), 'utf8')) as Settings;
const saved = () => page.getByText(text.saved, { exact: true }).waitFor();
const section = (name: keyof typeof text.sections): Locator => page.getByRole('region', { name: text.sections[name].title, exact: true });
const rule = (number: number): Locator => page.getByRole('group', { name: rules.title(String(number)), exact: true });
/** The note goes to "saving" and comes back with each save: what was saved before must not be taken for the new one. */
const changed = async (change: () => Promise<void>, wanted: (settings: Settings) => boolean): Promise<void> => {
  await change();
  await saved();
  await expect.poll(async () => wanted(await settings())).toBe(true);
};

describe('what few will ever touch', () => {
  it('is folded until it is opened, by mouse or key, and says how much of it was changed', async () => {
    const field = page.getByLabel(text.fields['smtp.breakerFailures'].label);
    expect(await field.isVisible()).toBe(false);
    const fold = section('connections').locator('summary');
    await fold.focus();
    await page.keyboard.press('Enter');
    await field.waitFor();
    await field.fill('7');
    await changed(() => field.press('Enter'), ({ smtp }) => smtp.breakerFailures === 7);
    await fold.getByText(text.advancedChanged(1, '1')).waitFor();
    await fold.scrollIntoViewIfNeeded();
    expect(await lookAt(launched.app, page, '7-preferences-advanced')).toEqual({});
  });
});

describe('the search', () => {
  it('leaves what fits, folded or not, and Escape takes it back', async () => {
    const search = page.getByRole('searchbox', { name: text.search });
    await search.fill('socks5');
    await page.getByLabel(text.fields['smtp.proxy'].label).waitFor();
    expect(await page.getByRole('region').count()).toBe(1);
    await search.fill('rset');
    await page.getByLabel(text.fields['smtp.healthCheck'].label).waitFor();
    expect(await lookAt(launched.app, page, '7-preferences-search')).toEqual({});
    await search.fill('xyzzy');
    await page.getByText(text.nothingFound('xyzzy')).waitFor();
    await search.press('Escape');
    await section('identity').waitFor();
  });
});

describe('a text that is refused', () => {
  it('is told at its field, and never saved', async () => {
    const proxy = page.getByLabel(text.fields['smtp.proxy'].label);
    await proxy.fill('http://127.0.0.1:8080');
    await page.getByText(text.messages.proxy).waitFor();
    await proxy.press('Enter');
    await proxy.press('Escape');
    expect((await settings()).smtp.proxy).toBe('');
  });
});

describe('the rules for single servers', () => {
  it('begin with none; a new one is told what it lacks, and is saved when it is right', async () => {
    const part = section('destinations');
    await part.getByText(rules.none).waitFor();
    await part.getByRole('button', { name: rules.add }).click();
    const pattern = rule(1).getByLabel(rules.pattern);
    await pattern.and(page.locator(':focus')).waitFor();
    await part.getByText(rules.notSaved).waitFor();
    await pattern.fill('not a host');
    await part.getByText(rules.patternFault).waitFor();
    expect(await pattern.getAttribute('aria-invalid')).toBe('true');
    await pattern.fill('*.fabrikam.example');
    await changed(() => rule(1).getByLabel(rules.limits.dailyCap).fill('5000'), ({ destinations }) => destinations[0]?.dailyCap === 5_000);
    expect((await settings()).destinations).toEqual([{ mxPattern: '*.fabrikam.example', dailyCap: 5_000 }]);
  });

  it('warn where a rule is wider than the settings, tell faults by row, and keep what was in force', async () => {
    const part = section('destinations');
    await changed(() => rule(1).getByLabel(rules.limits.maxConnections).fill('40'), ({ destinations }) => destinations[0]?.maxConnections === 40);
    await part.getByText(rules.wider(rules.limits.maxConnections.toLowerCase())).waitFor();
    await part.getByRole('button', { name: rules.add }).click();
    await rule(2).getByLabel(rules.pattern).fill('mx.fabrikam.example');
    await part.getByText(rules.twice).waitFor();
    await rule(2).getByLabel(rules.limits.errorBudget).fill('0');
    await rule(2).getByText(text.messages.whole('1', '1,000')).waitFor();
    await rule(1).getByLabel(rules.limits.maxConnections).fill('many');
    await rule(1).getByText(text.messages.whole('1', '50')).waitFor();
    await rule(2).scrollIntoViewIfNeeded();
    expect(await lookAt(launched.app, page, '7-preferences-rules')).toEqual({});
    expect((await settings()).destinations).toEqual([
      { mxPattern: '*.fabrikam.example', maxConnections: 40, dailyCap: 5_000 },
      { mxPattern: 'mx.fabrikam.example' },
    ]);
  });

  it('go by their button, and all of them by a reset', async () => {
    await changed(() => page.getByRole('button', { name: rules.removeOf('mx.fabrikam.example') }).click(), ({ destinations }) => destinations.length === 1);
    await page.getByRole('button', { name: text.reset }).click();
    await changed(() => page.getByRole('alertdialog').getByRole('button', { name: text.resetConfirm }).click(), ({ destinations }) => destinations.length === 0);
    await section('destinations').getByText(rules.none).waitFor();
  });
});
