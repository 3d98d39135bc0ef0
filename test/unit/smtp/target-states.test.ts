// Which targets the pool knows: one state for an IP and port, bounded, and nothing in use is ever forgotten.
import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/engine/smtp/failure.ts';
import { TargetStates } from '../../../electron/engine/smtp/target-states.ts';
import { BREAKER, target } from './fake-session.ts';

function setUp(most = 3) {
  return new TargetStates({ breaker: BREAKER, errorBudget: 200, groupOf: () => 'other', onBreaker: () => undefined }, { most, historyMs: 1_000 });
}

describe('TargetStates', () => {
  it('is the same for an IP and port, whatever names it', () => {
    const targets = setUp();
    const one = target('127.0.0.1', 'mx1.test');
    expect(targets.find(one)).toBeNull();
    const state = targets.of(one, 0);
    expect(targets.of(target('127.0.0.1', 'mx2.test'), 0)).toBe(state);
    expect(targets.find({ ...one })).toBe(state);
    expect(targets.of({ ...one, port: 2_525 }, 0)).not.toBe(state);
    expect(targets.size).toBe(2);
  });

  it('forgets what is not in use, and keeps for a while what tells of the host', () => {
    const targets = setUp();
    const kept = target('127.0.0.2');
    targets.of(target('127.0.0.1'), 0);
    targets.of(kept, 0).breaker.failed(failure('ConnectFailed', 'CONNECT', 'refused'), 0);
    targets.of(target('127.0.0.3'), 0).open = 1;
    targets.prune(999);
    expect([...targets].map(({ key }) => key)).toEqual(['127.0.0.2 25', '127.0.0.3 25']);
    const before = targets.of(kept, 0);
    targets.prune(1_000);
    expect([...targets].map(({ key }) => key)).toEqual(['127.0.0.3 25']);
    // The object that named it is still there; what it named is not.
    expect(targets.find(kept)).toBeNull();
    expect(targets.of(kept, 0)).not.toBe(before);
  });

  it('makes room by forgetting the oldest that is not in use', () => {
    const targets = setUp(2);
    targets.of(target('127.0.0.1'), 0).opening = 1;
    targets.of(target('127.0.0.2'), 0);
    targets.of(target('127.0.0.3'), 0);
    expect([...targets].map(({ key }) => key)).toEqual(['127.0.0.1 25', '127.0.0.3 25']);
  });
});
