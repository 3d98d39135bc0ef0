import { describe, expect, it } from 'vitest';
import { JobSigns, type Notice } from '../../../electron/main/job-signs.ts';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { fakeList } from '../../lab/fake-results.ts';

function bench() {
  const notices: Notice[] = [];
  const shown: [number | null, boolean][] = [];
  const desk = { focused: false, wished: true };
  const signs = new JobSigns({
    isFocused: () => desk.focused,
    mayNotify: () => desk.wished,
    notify: (notice) => notices.push(notice),
    progress: (share, waiting) => shown.push([share, waiting]),
  });
  return { signs, notices, shown, desk, take: (...lists: readonly ListView[]) => { signs.take({ lists: [...lists] }); } };
}

const list = (state: ListView['state'], change: Partial<ListView> = {}): ListView => fakeList(1, 100, { state, ...change });

describe('a notice', () => {
  it('is given once when a list that was under way is finished, with figures and no address', () => {
    const { take, notices } = bench();
    take(list('running'));
    take(list('done'));
    take(list('done'));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.title).toBe('customers-1.csv is verified');
    expect(notices[0]?.body).toMatch(/^\d+ deliverable, \d+ undeliverable, \d+ risky or unknown\.$/);
    expect(notices[0]?.listId).toBe(1);
  });

  it('is given when a list was stopped, and not for one that the user has paused', () => {
    const { take, notices } = bench();
    take(list('running'));
    take(list('failed'));
    take(list('waiting'));
    take(list('paused'));
    expect(notices.map(({ title }) => title)).toEqual(['customers-1.csv was stopped']);
  });

  it('is not given at the start, to somebody who looks, nor to somebody who wants none', () => {
    const { take, notices, desk } = bench();
    take(list('done'));
    desk.focused = true;
    take(list('running'));
    take(list('done'));
    desk.focused = false;
    desk.wished = false;
    take(list('running'));
    take(list('done'));
    expect(notices).toEqual([]);
  });

  it('does not name a list whose name is an address', () => {
    const { take, notices } = bench();
    take(list('running', { name: 'jane.doe@example.com.csv' }));
    take(list('done', { name: 'jane.doe@example.com.csv' }));
    expect(JSON.stringify(notices)).not.toContain('@');
    expect(notices[0]?.title).toBe('A list is verified');
  });
});

describe('the progress', () => {
  const counters = (done: number, pending: number): ListView['counters'] => {
    const { counters: some } = list('running');
    return { ...some, byState: { ...some.byState, done, pending, scheduled: 0 } };
  };

  it('is that of all lists under way, told when it changes, and taken away at the end', () => {
    const { take, shown } = bench();
    take(list('running', { counters: counters(50, 50) }), fakeList(2, 100, { state: 'waiting', counters: counters(0, 100) }));
    take(list('running', { counters: counters(50, 50) }), fakeList(2, 100, { state: 'waiting', counters: counters(0, 100) }));
    take(list('waiting', { counters: counters(90, 10) }));
    take(list('done', { counters: counters(100, 0) }));
    expect(shown).toEqual([[0.25, false], [0.9, true], [null, false]]);
  });

  it('is none for a list that is not under way', () => {
    const { take, shown } = bench();
    take(list('paused'));
    expect(shown).toEqual([[null, false]]);
  });
});
