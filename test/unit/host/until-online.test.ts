import { describe, expect, it } from 'vitest';
import { localAddresses } from '../../../electron/host/local-addresses.ts';
import { untilOnline } from '../../../electron/host/until-online.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe('untilOnline', () => {
  it('waits as long as there is no address, and a moment in any case', async () => {
    const clock = createManualClock();
    let addresses = '';
    let online = false;
    const done = untilOnline({ clock, localAddresses: () => addresses }).then(() => { online = true; });
    for (let look = 0; look < 3; look += 1) {
      clock.advance(2_000);
      await turns();
      expect(online).toBe(false);
    }
    addresses = '192.0.2.10';
    await turns();
    expect(online).toBe(false);
    clock.advance(2_000);
    await done;
    expect(clock.timers).toBe(0);
  });

  it('waits for the moment only where no network is watched', async () => {
    const clock = createManualClock();
    const done = untilOnline({ clock, localAddresses: undefined });
    clock.advance(2_000);
    await done;
  });

  it('ends with the signal, before and during the wait', async () => {
    const clock = createManualClock();
    await untilOnline({ clock, localAddresses: () => '', signal: AbortSignal.abort() });
    const stopping = new AbortController();
    const done = untilOnline({ clock, localAddresses: () => '', signal: stopping.signal });
    stopping.abort();
    await done;
    expect(clock.timers).toBe(0);
  });
});

describe('localAddresses', () => {
  it('is the same text as long as nothing changes, without loopback', () => {
    expect(localAddresses()).toBe(localAddresses());
    expect(localAddresses()).not.toMatch(/(?:^| )(?:127\.|::1(?: |$)|fe80)/);
  });
});
