// Lists on their way into the window, in the real app: pasted, dropped as files and folders, read another way than they were
// found, cancelled half way, and with a report of what was left out. Real clipboard, real drag and drop, real files.
// One app for the whole file; each test leaves no sheet open.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import type { ListView } from '../../shared/ipc/lists.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, type LaunchedApp } from '../lab/app.ts';
import { ask, snapshotWhere } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';
import { workbookFile } from '../lab/zip-file.ts';

const { import: text, sideBar, common } = words.window;
const { batch } = text;

let userDataDir: string;
let folder: string;
let launched: LaunchedApp;
let page: Page;

beforeAll(async () => {
  userDataDir = await makeUserDataDir();
  folder = join(userDataDir, 'files to import');
  await mkdir(folder, { recursive: true });
  launched = await launchApp({ userDataDir });
  page = launched.page;
  page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await launched.close();
  await removeUserDataDir(userDataDir);
});

const look = (name: string) => lookAt(launched.app, page, name);
const dialog = () => page.getByRole('dialog');
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const combobox = (name: string) => dialog().getByRole('combobox', { name, exact: true });
const copy = (content: string) => launched.app.evaluate(({ clipboard }, content) => clipboard.writeText(content), content);
const closed = () => dialog().waitFor({ state: 'detached' });

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** A real drag and drop, by the DevTools protocol: a file made in the page would have no path behind it. */
async function drop(...paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await session.detach();
}

/** The list that is there once there are so many. */
async function newest(count: number): Promise<ListView> {
  const { lists } = await snapshotWhere(page, `s.lists.length === ${String(count)}`);
  const list = [...lists].sort((a, b) => b.id - a.id)[0];
  if (list === undefined) throw new Error('no list');
  return list;
}

async function cellsOf(listId: number, row: number): Promise<Readonly<Record<string, string>>> {
  const { cells } = await ask(page, 'resultsDetail', { listId, row });
  return Object.fromEntries(cells.map(({ column, value }) => [column, value]));
}

const sheetRow = (...cells: string[]) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`).join('')}</row>`;

describe('what is pasted', () => {
  it('becomes a list by Ctrl+V, its cells kept exactly', async () => {
    await copy('Name\tE-Mail\tNote\r\n Ann \tann@one.example\t"a, b"\r\nBéa\tbea@two.example\t\r\n');
    await page.keyboard.press('Control+V');
    await dialog().getByText('bea@two.example').waitFor();
    expect(await dialog().getByRole('heading').textContent()).toMatch(/^Import Pasted, /);
    expect(await combobox(text.delimiter).inputValue()).toBe('\t');
    expect(await combobox(text.encoding).count()).toBe(0);
    expect(await look('8-paste')).toEqual({});
    await button(text.start).click();
    const list = await newest(1);
    await closed();
    expect(list).toMatchObject({ name: expect.stringMatching(/^Pasted, /) as string, counters: { rows: 2 } });
    expect(await cellsOf(list.id, 1)).toEqual({ Name: ' Ann ', 'E-Mail': 'ann@one.example', Note: 'a, b' });
    expect(await cellsOf(list.id, 2)).toEqual({ Name: 'Béa', 'E-Mail': 'bea@two.example', Note: '' });
  });

  it('comes by the button and by the menu too, several addresses a line', async () => {
    await copy('ann@one.example; Bob <bob@two.example>, cid@three.example');
    await page.getByRole('button', { name: sideBar.paste, exact: true }).click();
    await dialog().getByText(text.sampledWhole('3 rows')).waitFor();
    await button(text.skip).click();
    await closed();
    await launched.app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('paste-addresses')?.click(); });
    await dialog().getByText(text.sampledWhole('3 rows')).waitFor();
    await page.keyboard.press('Escape');
    await closed();
  });

  it('goes into a field that has the focus, and nowhere else', async () => {
    await copy('who@one.example');
    const search = page.getByLabel(words.window.results.searchHint);
    await search.focus();
    await page.keyboard.press('Control+V');
    await page.waitForFunction('document.activeElement.value === "who@one.example"');
    expect(await dialog().count()).toBe(0);
    await search.fill('');
    await search.press('Enter');
    await search.blur();
  });

  it('is refused where it has no address, and nothing of it is shown', async () => {
    await copy('correct horse battery staple');
    await page.keyboard.press('Control+V');
    await page.getByText('There is no e-mail address in the text on the clipboard.').waitFor();
    expect(await dialog().count()).toBe(0);
    expect(await page.getByText('battery').count()).toBe(0);
  });
});

describe('several files', () => {
  let paths: string[];

  beforeAll(async () => {
    await put('dropped/customers.csv', 'Name;E-Mail\nAnn;ann@one.example\nBob;bob@one.example\n');
    await put('dropped/deep/people.xlsx', workbookFile({ sheets: [['Notes', sheetRow('nothing')], ['People', sheetRow('email', 'work') + sheetRow('cid@three.example', 'c')]] }));
    await put('dropped/.hidden.csv', 'email\nno@one.example\n');
    await put('dropped/picture.png', 'x');
    paths = [
      join(folder, 'dropped'),
      await put('russian.txt', Buffer.concat([Buffer.from('email,'), Buffer.from([0xc9, 0xcd, 0xd1]), Buffer.from('\ndora@four.example,x\n')])),
      await put('records.jsonl', '{"email":"eve@five.example"}\nbroken {\n{"email":"fay@five.example"}\n'),
      await put('numbers.csv', 'a,b\n1,2\n3,4\n'),
      await put('really-a-picture.csv', Buffer.from('89504e470d0a1a0a0000000d4948445200000010', 'hex')),
      join(folder, 'gone.csv'),
    ];
  });

  const row = (name: string) => dialog().getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

  it('are shown in one table: how each is read, and what is wrong with some', async () => {
    await drop(...paths);
    await row('customers.csv').getByText('Text, semicolon').waitFor();
    await row('people.xlsx').getByText('Excel, “People”').waitFor();
    await row('records.jsonl').getByText('JSON Lines').waitFor();
    await row('really-a-picture.csv').getByText('is no text file').waitFor();
    await dialog().getByRole('status').getByText('4 files').waitFor();
    expect(await row('customers.csv').getByRole('combobox').locator('option:checked').textContent()).toBe('E-Mail');
    expect(await row('numbers.csv').getByRole('combobox').getAttribute('aria-invalid')).toBe('true');
    expect(await row('really-a-picture.csv').getByRole('checkbox').isDisabled()).toBe(true);
    await dialog().getByText(batch.passedOver(3, '3')).click();
    const passed = await dialog().getByRole('listitem').allTextContents();
    expect(passed).toEqual(['dropped/.hidden.csv: hidden or temporary', 'dropped/picture.png: no list by its name', 'gone.csv: gone.csv is not there any more.']);
    expect(await page.content()).not.toContain(folder);
    expect(await look('8-batch')).toEqual({});
  });

  it('are previewed one by one and read as is said there; the focus comes back', async () => {
    await row('russian.txt').getByRole('button').click();
    await combobox(text.encoding).selectOption('koi8-r');
    await dialog().getByRole('columnheader', { name: 'имя' }).waitFor();
    expect(await look('8-batch-preview')).toEqual({});
    await button(batch.back).click();
    await row('russian.txt').getByText('koi8-r').waitFor();
    await row('russian.txt').getByRole('button').and(page.locator(':focus')).waitFor();
  });

  it('become a list each, and what became of each is told', async () => {
    await row('customers.csv').getByRole('checkbox').uncheck();
    await dialog().getByRole('status').getByText('3 files').waitFor();
    const before = (await ask(page, 'listsSnapshot')).lists.length;
    await button(batch.start).click();
    await dialog().getByText(batch.running('3', '3')).waitFor();
    const { lists } = await snapshotWhere(page, `s.lists.length === ${String(before + 3)}`);
    expect(lists.map(({ name, counters }) => `${name} ${String(counters.rows)}`).sort().filter((name) => !name.startsWith('Pasted'))).toEqual(['people.xlsx 1', 'records.jsonl 2', 'russian.txt 1']);
    await row('records.jsonl').getByText('1 record was left out').waitFor();
    expect(await look('8-batch-outcome')).toEqual({});
    await row('records.jsonl').getByRole('button', { name: batch.reportOf('records.jsonl') }).click();
    await dialog().getByRole('cell', { name: /no JSON/ }).waitFor();
    await page.keyboard.press('Escape');
    await row('records.jsonl').getByRole('button').and(page.locator(':focus')).waitFor();
    await button(common.close).last().click();
    await closed();
  });

  it('become one list together, each with its own columns', async () => {
    const before = (await ask(page, 'listsSnapshot')).lists.length;
    await launched.app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    }, [join(folder, 'dropped/customers.csv'), join(folder, 'russian.txt')]);
    await page.getByRole('button', { name: sideBar.open, exact: true }).click();
    await dialog().getByRole('radio', { name: batch.together }).check();
    await row('customers.csv').getByRole('combobox').selectOption({ label: 'Name' });
    await dialog().getByRole('status').getByText('2 files').waitFor();
    expect(await look('8-batch-together')).toEqual({});
    await button(batch.start).click();
    const list = await newest(before + 1);
    await closed();
    expect(list).toMatchObject({ name: 'customers.csv and 1 more', columns: ['Name', 'E-Mail', 'email', 'ÉÍÑ', 'address', 'source_file'], counters: { rows: 3 } });
    expect(await cellsOf(list.id, 1)).toMatchObject({ 'E-Mail': 'ann@one.example', address: 'Ann', source_file: 'customers.csv' });
    expect(await cellsOf(list.id, 3)).toMatchObject({ address: 'dora@four.example', source_file: 'russian.txt' });
    await page.getByRole('heading', { level: 1, name: 'customers.csv and 1 more' }).waitFor();
  });

  it('of which none can be read are told all the same', async () => {
    await drop(join(folder, 'gone.csv'), join(folder, 'gone too.csv'));
    await dialog().getByText(batch.none).waitFor();
    await dialog().getByText('gone too.csv is not there any more.').waitFor();
    expect(await look('8-batch-none')).toEqual({});
    await button(common.close).last().click();
    await closed();
  });
});

describe('the ways to read one file', () => {
  it('let another sheet of a workbook be chosen', async () => {
    await drop(await put('book.xlsx', workbookFile({ sheets: [['First', sheetRow('email') + sheetRow('a@one.example')], ['Second', sheetRow('who', 'mail') + sheetRow('x', 'b@two.example') + sheetRow('y', 'c@two.example')]] })));
    await dialog().getByRole('cell', { name: 'a@one.example' }).waitFor();
    await combobox(text.sheet).selectOption('Second');
    await dialog().getByRole('cell', { name: 'c@two.example' }).waitFor();
    expect(await combobox(text.addressColumn).locator('option:checked').textContent()).toBe('mail');
    expect(await combobox(text.delimiter).count()).toBe(0);
    expect(await look('8-sheet')).toEqual({});
    await button(text.skip).click();
    await closed();
  });

  it('take each address of several columns', async () => {
    const before = (await ask(page, 'listsSnapshot')).lists.length;
    await drop(await put('several.csv', 'name,private,work,note\nAnn,ann@one.example,ann@work.example,x\nBob,,bob@work.example,y\n'));
    await dialog().getByText(text.othersToo).waitFor();
    await combobox(text.addressColumn).selectOption({ label: text.several });
    await dialog().getByText(text.sampledWhole('3 rows')).waitFor();
    await dialog().getByRole('checkbox', { name: 'work' }).uncheck();
    await dialog().getByText(text.sampledWhole('2 rows')).waitFor();
    expect(await dialog().getByRole('checkbox', { name: 'private' }).isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'work', exact: true, pressed: false }).click();
    await dialog().getByText(text.sampledWhole('3 rows')).waitFor();
    expect(await look('8-several-columns')).toEqual({});
    await button(text.start).click();
    const list = await newest(before + 1);
    await closed();
    expect(list.columns).toEqual(['name', 'private', 'work', 'note', 'address', 'address_column']);
    expect(await cellsOf(list.id, 2)).toMatchObject({ name: 'Ann', address: 'ann@work.example', address_column: 'work' });
  });
});

describe('what another list has', () => {
  it('is kept and not asked, where that is wished', async () => {
    const before = (await ask(page, 'listsSnapshot')).lists.length;
    await drop(await put('again.csv', 'email\nann@one.example\nnew@nine.example\n'));
    await dialog().getByText(text.notIn).click();
    await dialog().getByRole('checkbox', { name: /^several\.csv/ }).check();
    await dialog().getByText(text.notInChosen(text.notInLists(1, '1'))).waitFor();
    expect(await look('8-not-in')).toEqual({});
    await button(text.start).click();
    const list = await newest(before + 1);
    await closed();
    expect(list.counters.byState).toMatchObject({ pending: 1 });
    await page.getByText(text.report.notice('again.csv', text.report.elsewhereRemark(1, '1'))).waitFor();
    await page.getByRole('button', { name: text.report.show }).click();
    await dialog().getByText(text.report.elsewhere('1 row', 'several.csv')).waitFor();
    expect(await look('8-report-elsewhere')).toEqual({});
    await button(common.close).last().click();
    await closed();
  });
});

describe('an import under way', () => {
  it('tells bytes, rate and time left; cancelled, it leaves nothing behind', async () => {
    const lines = Array.from({ length: 1_500_000 }, (_, i) => `person number ${String(i)},user${String(i)}@d${String(i % 5_000)}.example`);
    const path = await put('large.csv', `name,email\n${lines.join('\n')}\n`);
    const before = await readdir(join(userDataDir, 'store'), { recursive: true });
    await drop(path);
    await button(text.start).click();
    await dialog().getByText(/Importing: [\d,]+ rows so far · .* MB of .* MB · .* MB a second · .* left/).waitFor();
    expect(await dialog().getByRole('progressbar').getAttribute('max')).toBe(String((await readFile(path)).length));
    await button(common.cancel).click();
    await dialog().getByText(text.cancelled).waitFor();
    expect(await readdir(join(userDataDir, 'store'), { recursive: true })).toEqual(before);
    expect((await ask(page, 'listsSnapshot')).lists.map(({ name }) => name)).not.toContain('large.csv');
    expect(await look('8-cancelled')).toEqual({});
    await button(text.skip).click();
    await closed();
  });

  it('shows what was left out, with row, line and reason, to be copied and saved', async () => {
    await drop(await put('faulty.jsonl', '{"email":"a@one.example"}\nbroken {\n{"email":"b@one.example"}\n[1,\n'));
    await button(text.start).click();
    await dialog().getByRole('heading', { name: text.report.title('faulty.jsonl') }).waitFor();
    const shown = await dialog().getByRole('row').allTextContents();
    expect(shown).toHaveLength(3);
    expect(shown[1]).toMatch(/^22Left outthis is no JSON/);
    expect(await look('8-report')).toEqual({});
    await button(text.report.copy).click();
    await dialog().getByText(text.report.copied).waitFor();
    expect(await launched.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^Row\tLine\tRecord\tWhy\n2\t2\tLeft out\tthis is no JSON/);
    const saved = join(userDataDir, 'report.csv');
    await launched.app.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }); }, saved);
    await button(text.report.save).click();
    await dialog().getByText(text.report.saved('report.csv')).waitFor();
    expect(parse(await readFile(saved), { bom: true })).toMatchObject([['Row', 'Line', 'Record', 'Why'], ['2', '2', 'Left out', expect.stringContaining('no JSON')], ['3', '4', 'Left out', expect.stringContaining('no JSON')]]);
    await button(common.close).last().click();
    await closed();
    await page.getByRole('heading', { level: 1, name: 'faulty.jsonl' }).waitFor();
  });
});

it('wrote nothing worse than a warning to the log', async () => {
  expect((await launched.log()).filter(({ level, area }) => level === 'error' || area === 'security')).toEqual([]);
});
