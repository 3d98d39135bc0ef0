// Which verdicts pass from run to run: by world, settings and lists; off where the user says so.
import { describe, expect, it } from 'vitest';
import { reuseVerdicts, scopeOf, type ReusableRun } from '../../../electron/host/reuse-verdicts.ts';
import type { KnownSlice } from '../../../electron/worker/store-care.ts';
import { BUILT_IN_LISTS, createAddressLists } from '../../../shared/lists/address-lists.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';

const run = (settings: SettingsInput = {}, options: Partial<ReusableRun> = {}): ReusableRun => ({
  listId: 7, settings: settingsSchema.parse(settings), lists: BUILT_IN_LISTS, scope: 'real', nowMs: 1_000, ...options,
});

async function slicesOf(reusable: ReusableRun, ends: readonly (number | null)[] = [null]): Promise<KnownSlice[]> {
  const slices: KnownSlice[] = [];
  await reuseVerdicts({ reuseVerdicts: (slice) => Promise.resolve({ nextRow: ends[slices.push(slice) - 1] ?? null, rows: 1, oldestAtMs: 5 }) }, reusable);
  return slices;
}

const fitOf = async (...args: Parameters<typeof run>): Promise<string | undefined> => (await slicesOf(run(...args)))[0]?.fit;

describe('reuseVerdicts', () => {
  it('goes through the list and adds up', async () => {
    const oldest = [30, null, 20];
    const seen: number[] = [];
    const reused = await reuseVerdicts({
      reuseVerdicts: ({ afterRow, maxAgeMs }) => {
        expect(maxAgeMs).toBe(7 * 86_400_000);
        seen.push(afterRow);
        return Promise.resolve({ nextRow: [50, 90, null][seen.length - 1] ?? null, rows: 2, oldestAtMs: oldest[seen.length - 1] ?? null });
      },
    }, run());
    expect(seen).toEqual([0, 50, 90]);
    expect(reused).toEqual({ rows: 6, oldestAtMs: 20 });
  });

  it('asks for nothing where it is switched off, and stops with the signal', async () => {
    expect(await slicesOf(run({ storage: { reuseDays: 0 } }))).toEqual([]);
    expect(await slicesOf(run({}, { signal: AbortSignal.abort() }))).toEqual([]);
  });

  it('takes verdicts only of settings and lists that judge alike', async () => {
    const fit = await fitOf();
    expect(fit).toMatch(/^[0-9a-f]{16}$/);
    // What changes how servers are asked changes no verdict.
    expect(await fitOf({ smtp: { maxConnections: 7 } })).toBe(fit);
    expect(await fitOf({ verdict: { riskyRole: false } })).not.toBe(fit);
    expect(await fitOf({ score: { flags: { role: 7 } } })).not.toBe(fit);
    expect(await fitOf({}, { lists: createAddressLists({ role: ['chef'] }) })).not.toBe(fit);
  });
});

describe('scopeOf', () => {
  it('keeps the Internet and each lab apart', () => {
    const lab = (options: Partial<Parameters<typeof scopeOf>[0]>) => scopeOf({ dns: undefined, port: undefined, allowLoopback: false, ...options });
    const scopes = [lab({}), lab({ allowLoopback: true }), lab({ port: 2_525 }), lab({ dns: { host: '127.0.0.1', port: 53 } }), lab({ dns: { host: '127.0.0.1', port: 54 } })];
    expect(scopes[0]).toBe('real');
    expect(new Set(scopes).size).toBe(scopes.length);
  });
});
