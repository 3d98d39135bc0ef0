// Every view of the window in the real app, as a user goes through them with the sample: each does what it is for, can be
// read in both themes and two sizes, and leaves screenshots in dist/screenshots to be looked at.
// One app for the whole file, its views in the order of the work: the tests stand on one another.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { lookAt } from '../lab/views.ts';

const SAMPLE = resolve('test/fixtures/sample-practice.csv');
const { window: text, preferences } = words;

let userDataDir: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

/** The preferences' own window, while it is open. */
function preferencesPage(): Page {
  const own = launched.app.windows().find((window) => window !== page);
  if (own === undefined) throw new Error('the preferences are not open');
  return own;
}

const look = (name: string) => lookAt(launched.app, page, name);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const grid = () => page.getByRole('grid');
const rowOf = (address: string) => grid().getByRole('row').filter({ hasText: address });

/** The open and save dialogs answer with these; what is shown in its folder is kept. */
async function answerDialogs(openPath: string, savePath: string): Promise<void> {
  await launched.app.evaluate(({ dialog, shell }, { openPath, savePath }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [openPath] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: savePath });
    shell.showItemInFolder = (path) => { (globalThis as { shown?: string }).shown = path; };
  }, { openPath, savePath });
}

describe('the start view', () => {
  it('says how to begin', async () => {
    await page.getByRole('heading', { name: text.empty.drop }).waitFor();
    expect(await look('1-start')).toEqual({});
  });

  it('shows an overlay while a file is dragged over it, and takes it away again', async () => {
    const drag = (type: string) => page.evaluate(`{ const data = new DataTransfer(); data.items.add(new File(['a'], 'a.csv')); window.dispatchEvent(new DragEvent('${type}', { dataTransfer: data, cancelable: true })); }`);
    await drag('dragenter');
    await page.getByText(text.drop.title).waitFor();
    expect(await look('1-drop')).toEqual({});
    await drag('dragleave');
    await page.getByText(text.drop.title).waitFor({ state: 'hidden' });
  });
});

describe('the import sheet', () => {
  it('shows the first rows, with the address column found', async () => {
    await answerDialogs(SAMPLE, join(userDataDir, 'clean.csv'));
    await button(text.empty.open).click();
    await page.getByRole('dialog').getByRole('button', { name: 'E-Mail', pressed: true }).waitFor();
    await page.getByText(/^961 rows in the file/).waitFor();
    expect(await look('2-import')).toEqual({});
  });

  it('follows another column, chosen by its name, and back by the field', async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Company' }).click();
    await dialog.getByRole('button', { name: 'Company', pressed: true }).waitFor();
    expect(await dialog.getByRole('combobox', { name: text.import.addressColumn }).inputValue()).toBe('4');
    await dialog.getByRole('combobox', { name: text.import.addressColumn }).selectOption({ label: 'E-Mail' });
    await dialog.getByRole('button', { name: 'E-Mail', pressed: true }).waitFor();
  });

  it('follows the first row and the delimiter', async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: text.import.header }).selectOption('no');
    await dialog.getByRole('cell', { name: 'Customer no.' }).waitFor();
    await dialog.getByRole('combobox', { name: text.import.header }).selectOption('yes');
    await dialog.getByRole('columnheader', { name: 'Customer no.' }).waitFor();
    await dialog.getByRole('combobox', { name: text.import.delimiter }).selectOption(';');
    await dialog.getByRole('columnheader', { name: /Customer no\.,First name/ }).waitFor();
    await dialog.getByRole('combobox', { name: text.import.delimiter }).selectOption(',');
    await dialog.getByRole('button', { name: 'E-Mail', pressed: true }).waitFor();
  });

  it('opens the list when it is imported', async () => {
    await page.getByRole('dialog').getByRole('button', { name: text.import.start, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'sample-practice.csv' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(text.list.start).waitFor();
  });
});

describe('a list that is deleted', () => {
  it('is gone at once, and back by Undo', async () => {
    await button(text.list.deleteHint).click();
    await page.getByRole('heading', { name: text.empty.drop }).waitFor();
    await button(text.deleteList.undo).click();
    await page.getByRole('heading', { level: 1, name: 'sample-practice.csv' }).waitFor();
  });
});

describe('the list page', () => {
  it('opens the sample, marked as practice', async () => {
    await button(text.sideBar.sample).click();
    await page.getByRole('heading', { level: 1, name: 'Sample list' }).waitFor();
    expect(await page.getByRole('main').locator('.practice-badge').allTextContents()).toEqual([text.common.practice]);
    expect(await look('3-list-ready')).toEqual({});
  });

  it('tells while it runs, pauses and goes on', async () => {
    await button(text.list.start).click();
    await button(text.list.pause).click();
    await button(text.list.goOn).waitFor();
    expect(await look('3-list-paused')).toEqual({});
    await button(text.list.goOn).click();
    await page.getByRole('progressbar', { name: text.list.progressLabel }).waitFor();
    expect(await look('3-list-running')).toEqual({});
  });

  it('comes to its end', async () => {
    await page.locator('.progress-state', { hasText: text.states.done }).waitFor({ timeout: 50_000 });
    expect(await look('3-list-done')).toEqual({});
  });
});

describe('the result table', () => {
  const shown = () => page.locator('.shown-count').textContent();

  it('goes to the last row and back by keys', async () => {
    await grid().focus();
    await page.keyboard.press('End');
    await grid().locator('[role=row][aria-rowindex="962"]').getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Home');
    await rowOf('made.up.person@gmail.con').first().waitFor();
    expect(await grid().getAttribute('aria-rowcount')).toBe('962');
  });

  it('filters by status and by reason', async () => {
    await page.getByRole('button', { name: /^Undeliverable/ }).click();
    await page.locator('.shown-count', { hasNotText: '961' }).waitFor();
    await grid().getByText(text.statuses.undeliverable).first().waitFor();
    expect(await grid().getByText(text.statuses.deliverable, { exact: true }).count()).toBe(0);
    await page.getByText(words.browse.more, { exact: true }).click();
    await page.getByRole('checkbox', { name: new RegExp(`^${words.reasons.mailbox_not_found.label}`) }).check();
    await page.keyboard.press('Escape');
    await grid().getByText(words.reasons.mailbox_not_found.label).first().waitFor();
    await grid().getByText(words.reasons.syntax_bad_tld.label).first().waitFor({ state: 'detached' });
    expect(await look('4-filtered')).toEqual({});
    await page.getByRole('button', { name: text.results.all, exact: true }).click();
    await page.locator('.shown-count', { hasText: '961' }).waitFor();
  });

  it('searches, and Escape clears the search', async () => {
    const search = page.getByLabel(text.results.searchHint);
    await search.fill('ivan.castro@fabrikam');
    await rowOf('ivan.castro@fabrikam-tools.test').first().waitFor();
    await rowOf('made.up.person').first().waitFor({ state: 'detached' });
    await search.fill('nobody has this name');
    await page.getByText(text.results.nothing).waitFor();
    expect(await look('4-nothing')).toEqual({});
    await search.press('Escape');
    await rowOf('made.up.person@gmail.con').first().waitFor();
    expect(await search.inputValue()).toBe('');
    expect(await shown()).toBe('961 rows');
  });
});

describe('the detail of a row', () => {
  it('tells the verdict in words, with the conversation that it rests on', async () => {
    await rowOf('ivan.castro@fabrikam-tools.test').first().click();
    const detail = page.getByRole('complementary');
    await detail.getByText(/^The mail server .* was asked whether it takes mail for ivan\.castro@fabrikam-tools\.test\./).waitFor();
    await detail.getByText(/^It answered: “250 .* About the address that cannot exist it answered: “5\d\d/).waitFor();
    await detail.getByText(text.detail.safeYes, { exact: true }).waitFor();
    await detail.getByText(text.detail.scoreStart(words.reasons.accepted.label)).waitFor();
    const lines = await detail.getByRole('region', { name: text.dialogue.title }).getByRole('listitem').allTextContents();
    expect(lines[0]).toContain('RCPT TO:<ivan.castro@fabrikam-tools.test>');
    expect(lines[1]).toMatch(/250/);
    expect(lines[2]).toContain(text.dialogue.random);
    expect(lines[3]).toMatch(/5\d\d/);
    expect(await detail.getByText("O'Brien Tools").count()).toBe(1);
    expect(await look('5-detail')).toEqual({});
    await detail.getByText(text.detail.flags, { exact: true }).scrollIntoViewIfNeeded();
    expect(await look('5-detail-facts')).toEqual({});
  });

  it('goes to the next row and the previous one', async () => {
    const detail = page.getByRole('complementary');
    await detail.getByRole('button', { name: text.detail.next }).click();
    await detail.getByText(words.reasons.syntax_bad_idn.label).waitFor();
    await detail.getByText(text.detail.scoreDead).waitFor();
    await detail.getByRole('button', { name: text.detail.previous }).click();
    await detail.getByRole('heading', { name: 'ivan.castro@fabrikam-tools.test' }).waitFor();
  });

  it('is still there when the page is loaded again, and Escape closes it', async () => {
    await page.reload();
    await page.getByRole('complementary').getByRole('heading', { name: 'ivan.castro@fabrikam-tools.test' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sample list');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await grid().and(page.locator(':focus')).waitFor();
  });
});

describe('the export sheet', () => {
  it('counts the rows of the statuses that are chosen', async () => {
    await button(text.list.export).click();
    const count = page.getByRole('dialog').getByRole('status');
    await count.getByText(/rows will be written/).waitFor();
    const deliverable = await count.textContent();
    await page.getByRole('dialog').getByLabel(new RegExp(`^${text.statuses.risky}`)).check();
    await page.waitForFunction(`document.querySelector('dialog [role=status]').textContent !== ${JSON.stringify(deliverable)}`);
    expect(await look('6-export')).toEqual({});
    await page.getByRole('dialog').getByLabel(new RegExp(`^${text.statuses.risky}`)).uncheck();
    await count.getByText(deliverable ?? '').waitFor();
  });

  it('writes the file where the save dialog said, and shows it there', async () => {
    await answerDialogs(SAMPLE, join(userDataDir, 'clean.csv'));
    const promised = Number((await page.getByRole('dialog').getByRole('status').textContent())?.replaceAll(/\D/g, ''));
    await button(text.export.choose).click();
    await button(text.export.show).click();
    expect(await launched.app.evaluate(() => (globalThis as { shown?: string }).shown)).toBe(join(userDataDir, 'clean.csv'));
    expect(await look('6-exported')).toEqual({});
    const records = parse(await readFile(join(userDataDir, 'clean.csv')), { bom: true, columns: true });
    expect(records.length).toBe(promised);
  });

  it('writes them in the words of another tool, where that is asked for', async () => {
    await answerDialogs(SAMPLE, join(userDataDir, 'kickbox.csv'));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: text.export.again }).click();
    await dialog.getByRole('combobox', { name: text.export.words }).selectOption('kickbox');
    await dialog.getByText(text.export.wordsHint).waitFor();
    expect(await look('6-export-words')).toEqual({});
    await button(text.export.choose).click();
    await button(text.export.show).waitFor();
    const records: Record<string, string>[] = parse(await readFile(join(userDataDir, 'kickbox.csv')), { bom: true, columns: true });
    expect(new Set(records.map((record) => record['result']))).toEqual(new Set(['deliverable']));
    expect(records[0]).not.toHaveProperty('winnow_status');
    await dialog.locator('footer').getByRole('button', { name: text.common.close }).click();
  });
});

describe('a list with messy cells', () => {
  it('tells in its preview, and beside the verdict, what was taken out of them', async () => {
    const messy = join(userDataDir, 'messy.csv');
    await writeFile(messy, 'Name,E-Mail\nAnn,"Ann Fabrikam <ann@fabrikam-tools.test>"\nBob,"mailto:bob@fabrikam-tools.test; carl@fabrikam-tools.test"\nDora,b.o.b+x@gmail.com\nEve,bob@gmail.com\n');
    await answerDialogs(messy, join(userDataDir, 'clean.csv'));
    await button(text.sideBar.open).click();
    await page.getByText(text.import.extracted(2, '2')).waitFor();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: text.import.duplicatesBy }).selectOption('mailbox');
    await dialog.getByText(text.import.duplicates(1, '1')).waitFor();
    expect(await look('2-import-messy')).toEqual({});
    await dialog.getByRole('button', { name: text.import.start, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'messy.csv' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await rowOf('bob@fabrikam-tools.test').first().click();
    const detail = page.getByRole('complementary');
    await detail.getByText(/^bob@fabrikam-tools\.test was read from the cell: the first of several, “mailto:” removed\. The cell holds 1 more/).waitFor();
    expect(await look('5-detail-messy')).toEqual({});
    await page.keyboard.press('Escape');
  });
});

describe('the preferences', () => {
  it('open in a window of their own, tell what is wrong as it is typed, and save what is right', async () => {
    const opened = launched.app.waitForEvent('window');
    await page.evaluate('winnow.preferencesOpen()');
    const own = await opened;
    await own.getByRole('heading', { level: 1, name: preferences.title }).waitFor();
    const helo = own.getByLabel(preferences.fields['identity.heloName'].label);
    await helo.fill('mail..example');
    await own.getByText(preferences.messages.heloName).waitFor();
    expect(await helo.getAttribute('aria-invalid')).toBe('true');
    expect(await lookAt(launched.app, own, '7-preferences')).toEqual({});
    await helo.fill('mail.example.com');
    await own.getByLabel(preferences.fields['smtp.maxConnections'].label).fill('25');
    await own.getByLabel(preferences.fields['smtp.maxConnections'].label).press('Enter');
    await own.getByText(preferences.saved, { exact: true }).waitFor();
    const saved = JSON.parse(await readFile(join(userDataDir, 'settings.json'), 'utf8')) as { identity: unknown; smtp: unknown };
    expect(saved).toMatchObject({ identity: { heloName: 'mail.example.com' }, smtp: { maxConnections: 25 } });
    await own.getByRole('button', { name: preferences.reset }).click();
    await own.getByRole('alertdialog').getByRole('button', { name: preferences.resetConfirm }).click();
    await own.getByLabel(preferences.fields['identity.heloName'].label).and(own.locator('[value="localhost.localdomain"]')).waitFor();
  });

  it('put a file of the user’s in the place of a list, and not without being told of its faulty lines', async () => {
    const own = preferencesPage();
    const { lists } = preferences;
    const chosen = join(userDataDir, 'no-thanks.csv');
    const choose = own.getByRole('button', { name: lists.of(lists.choose, lists.kinds.suppress.title) });
    await writeFile(chosen, 'email\nbob@fabrikam-tools.test\nno address at all\n');
    await answerDialogs(chosen, chosen);
    await choose.click();
    await own.getByText(lists.faulty('no-thanks.csv', '1 line')).waitFor();
    await own.getByText(/^Line 3: “no address at all”/).waitFor();
    await choose.scrollIntoViewIfNeeded();
    expect(await lookAt(launched.app, own, '7-preferences-lists')).toEqual({});
    await own.getByRole('button', { name: lists.takeRest('1 entry') }).click();
    await own.getByText(new RegExp(`^${lists.yours('no-thanks\\.csv')} · 1 entry`)).waitFor();
    expect(await readFile(join(userDataDir, 'lists', 'suppress.txt'), 'utf8')).toContain('bob@fabrikam-tools.test');

    await answerDialogs(join(userDataDir, 'messy.csv'), chosen);
    await button(text.sideBar.open).click();
    await page.getByText(text.import.suppressed(1, '1')).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: text.import.skip }).click();

    await own.getByRole('button', { name: lists.of(lists.remove, lists.kinds.suppress.title) }).click();
    await own.getByText(lists.none).nth(2).waitFor();
  });

  it('change what the score is made of, and take that back', async () => {
    const own = preferencesPage();
    const role = own.getByLabel(preferences.fields['score.flags.role'].label).last();
    await role.fill('101');
    await own.getByText('A whole number from 0 to 100.').waitFor();
    await role.fill('40');
    await role.press('Enter');
    await own.getByText(preferences.saved, { exact: true }).waitFor();
    expect(JSON.parse(await readFile(join(userDataDir, 'settings.json'), 'utf8'))).toMatchObject({ score: { flags: { role: 40 } } });
    await own.getByRole('button', { name: preferences.scoreReset }).scrollIntoViewIfNeeded();
    expect(await lookAt(launched.app, own, '7-preferences-score')).toEqual({});
    await own.getByRole('button', { name: preferences.scoreReset }).click();
    await role.and(own.locator('[value="25"]')).waitFor();
    await own.close();
  });
});

it('wrote nothing worse than a warning to the log', async () => {
  expect((await launched.log()).filter(({ level, area }) => level === 'error' || area === 'security')).toEqual([]);
});
