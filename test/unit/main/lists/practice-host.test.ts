import { describe, expect, it } from 'vitest';
import { PracticeHost } from '../../../../electron/main/lists/practice-host.ts';
import type { PracticeWorld } from '../../../../electron/practice/types.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

function bench() {
  const worlds: { stopped: boolean }[] = [];
  const state = { fail: false };
  const log = createSilentLog();
  const host = new PracticeHost({
    log,
    async start(): Promise<PracticeWorld> {
      if (state.fail) throw new Error('EADDRNOTAVAIL 127.77.0.1');
      const world = { stopped: false };
      worlds.push(world);
      return {
        dns: { host: '127.77.0.1', port: 5_353 },
        smtpPort: 2_525,
        record: () => ({ violations: [], heloNames: [], sessions: 3, recipients: 9, refused: 0, closedWith421: 0, dnsQueries: 0, peakSessions: {}, askedByRecipient: {} }),
        stop: async () => { world.stopped = true; },
      };
    },
  });
  return { host, worlds, state, log };
}

describe('the practice world', () => {
  it('is one for all practice lists, kept until the last one lets go of it', async () => {
    const { host, worlds, log } = bench();
    const [first, again] = await Promise.all([host.hold(1), host.hold(2)]);
    expect(again).toBe(first);
    expect(await host.hold(1)).toBe(first); // after a pause: the greylister remembers
    await host.letGo(1);
    expect(worlds).toEqual([{ stopped: false }]);
    await host.letGo(2);
    expect(worlds).toEqual([{ stopped: true }]);
    expect(log.lines).toMatchObject([{ level: 'info', area: 'practice', fields: { sessions: 3, recipients: 9, heloNames: [], violations: [] } }]);
    await host.hold(1);
    expect(worlds).toEqual([{ stopped: true }, { stopped: false }]);
  });

  it('is not there before it is needed, and letting go of nothing does nothing', async () => {
    const { host, worlds } = bench();
    await host.letGo(1);
    await host.close();
    expect(worlds).toEqual([]);
  });

  it('that cannot start is told in words, and is tried again the next time', async () => {
    const { host, worlds, state } = bench();
    state.fail = true;
    await expect(host.hold(1)).rejects.toThrow('The practice world could not be started on this machine.');
    state.fail = false;
    await host.hold(1);
    expect(worlds).toHaveLength(1);
  });
});
