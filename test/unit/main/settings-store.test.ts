import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/main/log.ts';
import { SettingsStore } from '../../../electron/main/settings-store.ts';
import { UserError } from '../../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const BROKEN_NAME = 'settings.broken-20260102T030405678Z.json';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-settings-'));
  path = join(folder, 'settings.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function make(): SettingsStore {
  return new SettingsStore({ folder, log: createLog({ folder: join(folder, 'logs') }), now: () => NOW_MS });
}

describe('loading', () => {
  it('gives the defaults where there is no file, and makes none', async () => {
    expect(await make().load()).toEqual({ settings: DEFAULT_SETTINGS, setAsideAs: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fills in what the file leaves out, and takes a byte order mark', async () => {
    writeFileSync(path, '\uFEFF{"identity": {"heloName": "mail.example.com"}}');
    const { settings, setAsideAs } = await make().load();
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, identity: { heloName: 'mail.example.com', mailFrom: '' } });
    expect(setAsideAs).toBeNull();
  });

  const broken: readonly (readonly [name: string, content: string | Buffer])[] = [
    ['is empty', ''],
    ['is cut off', '{"smtp": {"port": 2'],
    ['is no JSON', 'port = 25'],
    ['is not an object', '[]'],
    ['is null', 'null'],
    ['has an unknown setting', '{"smpt": {}}'],
    ['has a value out of bounds', '{"smtp": {"port": 70000}}'],
    ['has a value of the wrong kind', '{"smtp": {"port": "25"}}'],
    ['has a line break in a name', '{"identity": {"heloName": "a.b\\r\\nMAIL FROM:<>"}}'],
    ['is binary', Buffer.from([0, 159, 146, 150, 255])],
    ['is far too large', ' '.repeat(1_000_001)],
    ['nests too deeply', '['.repeat(100_000)],
  ];
  for (const [name, content] of broken) {
    it(`sets a file aside that ${name}, whole, and uses the defaults`, async () => {
      writeFileSync(path, content);
      const store = make();
      expect(await store.load()).toEqual({ settings: DEFAULT_SETTINGS, setAsideAs: BROKEN_NAME });
      expect(store.state.setAsideAs).toBe(BROKEN_NAME);
      expect(readdirSync(folder).filter((entry) => entry !== 'logs')).toEqual([BROKEN_NAME]);
      expect(readFileSync(join(folder, BROKEN_NAME)).equals(Buffer.from(content))).toBe(true);
      expect(readFileSync(join(folder, 'logs', 'winnow.log'), 'utf8')).toContain(BROKEN_NAME);
    });
  }

  it('sets a folder aside that stands in the place of the file', async () => {
    mkdirSync(path);
    expect(await make().load()).toEqual({ settings: DEFAULT_SETTINGS, setAsideAs: BROKEN_NAME });
  });

  it('lets nothing reach a prototype', async () => {
    writeFileSync(path, '{"__proto__": {"polluted": 1}, "smtp": {"__proto__": {"port": 26}}}');
    const { settings } = await make().load();
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(settings.smtp.port).toBe(25);
    expect('polluted' in {}).toBe(false);
  });
});

describe('saving', () => {
  it('writes what a new start reads', async () => {
    const store = make();
    const saved = await store.save({ smtp: { maxConnections: 7 } });
    expect(saved.smtp.maxConnections).toBe(7);
    expect(store.state.settings).toEqual(saved);
    expect((await make().load()).settings).toEqual(saved);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('refuses what is not valid, and changes nothing', async () => {
    const store = make();
    await store.save({ smtp: { port: 26 } });
    const attempt = store.save({ smtp: { port: -1 } });
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toMatchObject({ code: 'SettingsInvalid' });
    expect(store.state.settings.smtp.port).toBe(26);
    expect((await make().load()).settings.smtp.port).toBe(26);
  });

  it('does calls one after the other: the last one wins, whole', async () => {
    const store = make();
    const ports = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(ports.map((port) => store.save({ smtp: { port } })));
    expect(store.state.settings.smtp.port).toBe(20);
    expect((await make().load()).settings.smtp.port).toBe(20);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('goes on after a save that failed', async () => {
    const store = make();
    const failed = store.save({ smtp: { port: -1 } });
    const good = store.save({ smtp: { port: 26 } });
    await expect(failed).rejects.toThrow();
    expect((await good).smtp.port).toBe(26);
  });

  it('says so where it cannot write, and keeps what is in force', async () => {
    const store = make();
    rmSync(folder, { recursive: true });
    await expect(store.save({ smtp: { port: 26 } })).rejects.toMatchObject({ code: 'StoreUnwritable', retryable: true });
    expect(store.state.settings.smtp.port).toBe(25);
  });

  it('leaves the old file whole where the new one cannot take its place', async () => {
    mkdirSync(path); // a rename over a folder fails
    writeFileSync(join(path, 'keep'), '');
    await expect(make().save({ smtp: { port: 26 } })).rejects.toMatchObject({ code: 'StoreUnwritable' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(readdirSync(path)).toEqual(['keep']);
  });
});
