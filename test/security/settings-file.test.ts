// A settings file that is broken, hostile or no file at all: the app starts with defaults, keeps the file under another
// name and says so; nothing in it reaches a prototype. What is saved is there again after a restart.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/settings/schema.ts';
import { launchApp, makeUserDataDir, removeUserDataDir, runInPage } from '../lab/app.ts';

let userDataDir: string;

beforeEach(async () => {
  userDataDir = await makeUserDataDir();
});

afterEach(async () => {
  await removeUserDataDir(userDataDir);
});

it('sets a broken file aside and tells the user', async () => {
  await writeFile(join(userDataDir, 'settings.json'), '{"smtp": {"port": 25');
  const launched = await launchApp({ userDataDir });
  try {
    const kept = (await readdir(userDataDir)).filter((name) => name.startsWith('settings'));
    expect(kept).toEqual([expect.stringMatching(/^settings\.broken-\d{8}T\d{9}Z\.json$/)]);
    expect(await readFile(join(userDataDir, kept[0] ?? ''), 'utf8')).toBe('{"smtp": {"port": 25');
    expect(await launched.page.getByRole('status').textContent()).toContain(kept[0]);
    expect(await runInPage(launched.page, 'return winnow.settingsGet()')).toEqual({
      ok: true,
      value: { settings: DEFAULT_SETTINGS, setAsideAs: kept[0] },
    });
    expect(await launched.log()).toContainEqual(expect.objectContaining({ level: 'error', area: 'settings' }));
  } finally {
    await launched.close();
  }
});

it('starts where a folder stands in the place of the file', async () => {
  await mkdir(join(userDataDir, 'settings.json'));
  const launched = await launchApp({ userDataDir });
  try {
    expect(await launched.page.getByRole('status').count()).toBe(1);
  } finally {
    await launched.close();
  }
});

it('lets no file reach a prototype', async () => {
  await writeFile(join(userDataDir, 'settings.json'), '{"__proto__": {"polluted": 1}, "smtp": {"__proto__": {"port": 26}}}');
  const launched = await launchApp({ userDataDir });
  try {
    expect(await launched.app.evaluate(() => 'polluted' in {})).toBe(false);
    const answer = await runInPage<{ value: { settings: unknown } }>(launched.page, 'return winnow.settingsGet()');
    expect(answer.value.settings).toEqual(DEFAULT_SETTINGS);
  } finally {
    await launched.close();
  }
});

it('finds again after a restart what was saved', async () => {
  const first = await launchApp({ userDataDir });
  try {
    const saved = await runInPage(first.page, `return winnow.settingsSet({ identity: { heloName: 'mail.example.com' } })`);
    expect(saved).toMatchObject({ ok: true, value: { identity: { heloName: 'mail.example.com' } } });
  } finally {
    await first.close();
  }
  const second = await launchApp({ userDataDir });
  try {
    expect(await runInPage(second.page, 'return winnow.settingsGet()')).toMatchObject({
      ok: true,
      value: { settings: { identity: { heloName: 'mail.example.com' } }, setAsideAs: null },
    });
    expect(await second.page.getByRole('status').count()).toBe(0);
  } finally {
    await second.close();
  }
});
