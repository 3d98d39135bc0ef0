// What the list page says in numbers and words: shares that add up, honest times, what is waited for, which commands.
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../renderer/features/list/list-actions.ts';
import { sharesOf } from '../../../renderer/features/list/shares.ts';
import { timeLeft } from '../../../renderer/features/list/time-left.ts';
import { waitingWords } from '../../../renderer/features/list/waiting-words.ts';
import { formatAhead, formatBytes, formatShare } from '../../../renderer/format.ts';
import { fakeList } from '../../lab/fake-results.ts';

describe('the time left', () => {
  it.each([
    [null, 'time left: not known yet'],
    [3, 'a few seconds left'],
    [50, 'about a minute left'],
    [130, 'about 3 minutes left'],
    [3_600, 'about an hour left'],
    [7_201, 'about 3 hours left'],
    [200_000, 'about 3 days left'],
  ])('of %s s', (seconds, words) => {
    expect(timeLeft(seconds)).toBe(words);
  });
});

describe('what is waited for', () => {
  const at = new Date(2026, 4, 11, 14, 32).getTime();

  it('names how many for which reason, and when each kind is asked, the soonest first', () => {
    const byReason = [
      { reason: 'rate_limited' as const, count: 20, nextAtMs: at + 29 * 60_000 },
      { reason: 'greylisted' as const, count: 1_204, nextAtMs: at },
      { reason: 'timeout' as const, count: 2, nextAtMs: at + 60_000 },
      { reason: 'dropped' as const, count: 1, nextAtMs: at },
    ];
    const hourAgo = at - 3_600_000;
    expect(waitingWords({ byReason: byReason.slice(0, 2), nextAtMs: at }, hourAgo)).toBe('1,204 greylisted, next at 14:32; 20 throttled, next at 15:01');
    expect(waitingWords({ byReason, nextAtMs: at }, hourAgo)).toBe('1,204 greylisted, 3 not reached, next at 14:32; 20 throttled, next at 15:01');
    expect(waitingWords({ byReason: byReason.slice(1, 2), nextAtMs: at }, at)).toBe('1,204 greylisted, due now');
  });

  it('names no time where nothing will be asked by itself', () => {
    expect(waitingWords({ byReason: [{ reason: 'greylisted', count: 5, nextAtMs: at }, { reason: 'server_error', count: 1, nextAtMs: at }], nextAtMs: null }, at - 1)).toBe('5 greylisted, 1 to be asked again');
  });

  it('is silent when nothing is', () => {
    expect(waitingWords({ byReason: [], nextAtMs: null }, at)).toBeNull();
    expect(waitingWords({ byReason: [{ reason: 'greylisted', count: 0, nextAtMs: at }], nextAtMs: at }, at)).toBeNull();
  });

  it('is told to the second where it is near, and with the day where it is far', () => {
    expect(formatAhead(at, at - 60_000)).toBe('14:32:00');
    expect(formatAhead(at, at - 86_400_000)).toBe('Mon 14:32');
  });
});

describe('the parts of the bar', () => {
  it('have each address in exactly one part; one that is asked again is not settled', () => {
    const list = fakeList(1, 1_300, {
      counters: {
        rows: 1_300,
        byState: { pending: 200, scheduled: 50, done: 950, duplicate: 90, suppressed: 0, empty: 10 },
        byStatus: { deliverable: 600, undeliverable: 200, risky: 50, unknown: 150 },
        byReason: {},
      },
      scheduled: { byReason: [{ reason: 'greylisted', count: 40, nextAtMs: 5 }, { reason: 'rate_limited', count: 10, nextAtMs: 6 }], nextAtMs: 5 },
    });
    const { parts, total, settled } = sharesOf(list);
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    expect([total, settled]).toEqual([1_200, 950]);
    expect(parts.find(({ name }) => name === 'unknown')?.count).toBe(100);
  });

  it('tell what a DNS-only run left open from what is asked again by itself', () => {
    const list = fakeList(1, 100, {
      counters: {
        rows: 100,
        byState: { pending: 0, scheduled: 90, done: 10, duplicate: 0, suppressed: 0, empty: 0 },
        byStatus: { deliverable: 0, undeliverable: 10, risky: 0, unknown: 90 },
        byReason: {},
      },
      scheduled: { byReason: [{ reason: 'not_probed', count: 80, nextAtMs: 5 }, { reason: 'dns_temporary', count: 10, nextAtMs: 6 }], nextAtMs: 5 },
    });
    const { parts, total } = sharesOf(list);
    expect(parts.filter(({ count }) => count > 0)).toEqual([{ name: 'undeliverable', count: 10 }, { name: 'scheduled', count: 10 }, { name: 'not_probed', count: 80 }]);
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  });
});

describe('a share', () => {
  it.each([[0, 0, '100%'], [0, 5, '0.0%'], [1, 100_000, '<0.1%'], [99_999, 100_000, '99.9%'], [1, 3, '33%'], [5, 5, '100%'], [995, 1_000, '99.5%']])('%d of %d', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });
});

it('tells sizes in units that people use', () => {
  expect([0, 999, 48_213, 1_500_000].map(formatBytes)).toEqual(['0 bytes', '999 bytes', '48.2 kB', '1.5 MB']);
});

describe('the commands', () => {
  it.each([
    ['ready', { start: 'start', pause: false, cancel: false }],
    ['running', { start: null, pause: true, cancel: true }],
    ['waiting', { start: null, pause: true, cancel: true }],
    ['pausing', { start: null, pause: false, cancel: false }],
    ['paused', { start: 'goOn', pause: false, cancel: true }],
    ['failed', { start: 'goOn', pause: false, cancel: true }],
  ] as const)('of a list that is %s', (state, expected) => {
    expect(actionsOf(fakeList(1, 100, { state }))).toMatchObject(expected);
  });

  it('offer the rest of a finished list only where there is a rest', () => {
    const done = fakeList(1, 100, { state: 'done' });
    const { counters } = done;
    expect(actionsOf(done).start).toBe('again');
    expect(actionsOf({ ...done, counters: { ...counters, byState: { ...counters.byState, scheduled: 0, pending: 0 } } }).start).toBeNull();
  });
});
