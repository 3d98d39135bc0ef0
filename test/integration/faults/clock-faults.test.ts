// Faults row 65: the clock of this machine jumps by 400 days between two runs, or in the middle of one. No row is lost to
// a time that never comes, no deadline moves, and a greylisted address is asked again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../electron/engine/clock.ts';
import { startRun, type RunOptions, type RunOutcome, type RunStore } from '../../../electron/engine/run/run.ts';
import { a, mx, zoneScript } from '../../lab/dns-server.ts';
import { knowsUsers, startNetworkWorld, type NetworkWorld } from '../../lab/faults/network-world.ts';
import { TemporaryStore } from '../worker/store/temporary-store.ts';

const FAR_MS = 400 * 86_400_000;

let temporary: TemporaryStore;
let world: NetworkWorld;
let greylists: boolean;
let aheadMs: number;
const clock: Clock = { ...systemClock, epochMs: () => systemClock.epochMs() + aheadMs };

beforeEach(async () => {
  greylists = true;
  aheadMs = 0;
  temporary = new TemporaryStore();
  world = await startNetworkWorld({
    clock,
    dns: zoneScript([mx('firm.test', 'mx.test'), a('mx.test', '127.0.0.1')]),
    smtp: { answer: (command) => (greylists && command.startsWith('RCPT') ? '450 4.7.1 Greylisted, come back later\r\n' : knowsUsers(command)) },
  });
});
afterEach(async () => {
  await world.stop();
  temporary.remove();
});

/** The real store, in this thread. */
function runStore(): RunStore {
  const { store } = temporary;
  const later = <A extends unknown[], R>(call: (...args: A) => R) => (...args: A): Promise<R> => new Promise((resolve) => { resolve(call(...args)); });
  return {
    claim: later((...args: Parameters<typeof store.claim>) => store.claim(...args)),
    commit: later((...args: Parameters<typeof store.commit>) => store.commit(...args)),
    schedule: later((...args: Parameters<typeof store.schedule>) => store.schedule(...args)),
    counters: later((...args: Parameters<typeof store.counters>) => store.counters(...args)),
  };
}

async function run(listId: number, more: Partial<RunOptions> = {}): Promise<RunOutcome> {
  temporary.store.lock(listId);
  const outcome = await startRun({ store: runStore(), listId, settings: world.settings, clock, ...world.open(), wait: false, ...more }).done;
  temporary.store.unlock(listId);
  return outcome;
}

describe('a clock that jumps by 400 days', () => {
  it.each([
    ['forwards', FAR_MS],
    ['back', -FAR_MS],
  ])('%s between two runs: what is scheduled is asked again', async (_, byMs) => {
    const listId = temporary.importAddresses(['user1@firm.test', 'user2@firm.test']);
    await run(listId);
    expect(temporary.store.list(listId).counters.byState.scheduled).toBe(2);
    greylists = false;
    aheadMs = byMs;
    await run(listId);
    expect(temporary.store.list(listId).counters).toMatchObject({ byState: { scheduled: 0, done: 2 }, byReason: { accepted: 2 } });
  });

  it.each([
    ['forwards', FAR_MS],
    ['back', -FAR_MS],
  ])('%s in the middle of a session: no deadline moves, and every row is judged', async (_, byMs) => {
    greylists = false;
    const listId = temporary.importAddresses(Array.from({ length: 30 }, (_row, index) => `user${String(index)}@firm.test`));
    const done = run(listId);
    await world.smtp.session(0);
    aheadMs = byMs;
    expect((await done).kind).toBe('done');
    expect(temporary.store.list(listId).counters.byReason).toEqual({ accepted: 30 });
  });

  it('back before a schedule was made: what is scheduled lies no further ahead than a retry may', async () => {
    aheadMs = FAR_MS;
    const listId = temporary.importAddresses(['user1@firm.test']);
    await run(listId);
    aheadMs = 0;
    greylists = false;
    // A run that stays until nothing is scheduled is not kept for 400 days.
    expect((await run(listId, { wait: true })).kind).toBe('done');
    expect(temporary.store.list(listId).counters.byReason).toEqual({ accepted: 1 });
  });
});
