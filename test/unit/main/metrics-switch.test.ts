import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsHandlers } from '../../../electron/main/ipc/handlers/settings-handlers.ts';
import { MetricsSwitch } from '../../../electron/main/metrics-switch.ts';
import { UserError } from '../../../shared/errors.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings/schema.ts';
import { createSilentLog } from '../../lab/silent-log.ts';

const off = { enabled: false, port: 9464 };
/** A port that nobody else is given while it is held. */
const taken = createServer();
let takenPort = 0;
let metrics: MetricsSwitch;

beforeEach(async () => {
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
  metrics = new MetricsSwitch({ metrics: { text: () => Promise.resolve({ contentType: 'text/plain', body: 'it works\n' }) }, log: createSilentLog() });
});

afterEach(async () => {
  await metrics.close();
  await new Promise((resolve) => taken.close(resolve));
});

const read = async (): Promise<string> => (await fetch(metrics.url!)).text();
const portUnusable = expect.objectContaining({ code: 'PortUnusable', message: expect.stringContaining(String(takenPort)) as string }) as UserError;

describe('the preference', () => {
  it('switches the server on, to another port, and off, while the app runs', async () => {
    expect(metrics.url).toBeNull();
    await metrics.apply({ enabled: true, port: 0 });
    const first = metrics.url!;
    expect(await read()).toBe('it works\n');
    await metrics.apply({ enabled: true, port: 0 });
    expect(metrics.url).not.toBe(first);
    expect(await read()).toBe('it works\n');
    await expect(fetch(first)).rejects.toThrow();
    const second = metrics.url!;
    await metrics.apply(off);
    expect(metrics.url).toBeNull();
    await expect(fetch(second)).rejects.toThrow();
  });

  it('leaves what was served as it was where the new port cannot be had', async () => {
    await metrics.apply({ enabled: true, port: 0 });
    await expect(metrics.apply({ enabled: true, port: takenPort })).rejects.toEqual(portUnusable);
    expect(await read()).toBe('it works\n');
  });

  it('does not keep the app from starting', async () => {
    await metrics.start({ enabled: true, port: takenPort }, undefined);
    expect(metrics.url).toBeNull();
    await metrics.start(off, 0);
    expect(await read()).toBe('it works\n');
  });
});

describe('saving the settings', () => {
  const settings: Settings = { ...DEFAULT_SETTINGS, metrics: off };

  function handlers(save: (settings: unknown) => Promise<Settings>) {
    const asked: Settings['metrics'][] = [];
    const applied = settingsHandlers({
      store: { state: { settings, setAsideAs: null }, save },
      metrics: { apply: async (preference) => { asked.push(preference); await metrics.apply(preference); } },
      openPreferences: () => undefined,
    });
    return { asked, set: (next: Settings) => applied['settings.set'](next) };
  }

  it('saves nothing where the port cannot be had', async () => {
    const saved: unknown[] = [];
    const { set } = handlers(async (next) => { saved.push(next); return settings; });
    await expect(set({ ...settings, metrics: { enabled: true, port: takenPort } })).rejects.toEqual(portUnusable);
    expect(saved).toEqual([]);
  });

  it('goes back where the settings cannot be saved', async () => {
    const { set, asked } = handlers(async () => { throw new UserError('DiskFull', 'full'); });
    await expect(set({ ...settings, metrics: { enabled: true, port: 0 } })).rejects.toThrow('full');
    expect(asked.at(-1)).toEqual(off);
    expect(metrics.url).toBeNull();
  });

  it('leaves the server alone where another preference is changed', async () => {
    const { set, asked } = handlers(async () => settings);
    await set({ ...settings, identity: { heloName: 'a.example.com', mailFrom: '' } });
    expect(asked).toEqual([]);
  });
});
