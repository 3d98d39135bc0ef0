// Which runs may keep DNS answers in the library: those that ask the Internet, and only if the settings say so.
import { describe, expect, it } from 'vitest';
import { openNetwork, type NetworkStore } from '../../../electron/host/open-network.ts';
import type { PracticeWorld } from '../../../electron/practice/types.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';

const INTERNET = { dns: undefined, port: undefined, allowLoopback: false };
const DNS = { host: '127.0.0.1', port: 1 };
const PRACTICE = { dns: DNS, smtpPort: 1, timeScale: 1 } as unknown as PracticeWorld;

function opened(lab: typeof INTERNET | { dns: typeof DNS | undefined; port: undefined; allowLoopback: boolean }, practice: PracticeWorld | null, persistCache: boolean) {
  const calls: string[] = [];
  const store: NetworkStore = {
    dnsCacheGet: (keys) => { calls.push('get'); return Promise.resolve(keys.map(() => null)); },
    dnsCacheSet: () => { calls.push('set'); return Promise.resolve(); },
    dnsCacheClear: () => { calls.push('clear'); return Promise.resolve(); },
  };
  const network = openNetwork({ lab, practice, dnsStore: store }, settingsSchema.parse({ dns: { servers: ['127.0.0.1:1'], persistCache } }));
  const levels = Object.keys(network.resolver.stats().sizes);
  return { calls, levels, network };
}

describe('openNetwork', () => {
  it('keeps DNS answers for later runs where the Internet is asked', async () => {
    const { levels, calls, network } = opened(INTERNET, null, true);
    expect(levels).toEqual(['memory', 'library']);
    await network.resolver.lookup('firm.test');
    expect(calls).toContain('get');
    await network.close();
  });

  it('forgets them where that is switched off', async () => {
    const { levels, calls, network } = opened(INTERNET, null, false);
    expect([levels, calls]).toEqual([['memory'], ['clear']]);
    await network.close();
  });

  it.each([
    ['a DNS server of the command line', { ...INTERNET, dns: DNS }, null],
    ['loopback', { ...INTERNET, allowLoopback: true }, null],
    ['a practice world', INTERNET, PRACTICE],
  ])('neither reads nor writes nor clears them for a run that asks %s', async (_, lab, practice) => {
    for (const persistCache of [true, false]) {
      const { levels, calls, network } = opened(lab, practice, persistCache);
      expect(levels).toEqual(['memory']);
      await network.resolver.lookup('firm.test');
      await network.close();
      expect(calls).toEqual([]);
    }
  });
});
