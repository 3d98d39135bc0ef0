import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../../shared/verdict/score.ts';
import { FLAGS, REASONS, statusOf } from '../../../shared/verdict/verdict.ts';

describe('scoreOf', () => {
  it('is 0 for undeliverable and for nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.subarray([...FLAGS]), (reason, flags) => {
        const score = scoreOf(reason, flags);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeLessThanOrEqual(100);
        expect(score === 0).toBe(statusOf(reason) === 'undeliverable');
        expect(score).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('never rises with a flag, and counts each flag once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.subarray([...FLAGS]), fc.constantFrom(...FLAGS), (reason, flags, more) => {
        expect(scoreOf(reason, [...flags, more])).toBeLessThanOrEqual(scoreOf(reason, flags));
        expect(scoreOf(reason, [...flags, ...flags])).toBe(scoreOf(reason, flags));
      }),
    );
  });

  it('orders the verdicts as people would', () => {
    const scores = [
      scoreOf('accepted', []),
      scoreOf('accepted_unproven', []),
      scoreOf('accept_all', []),
      scoreOf('timeout', []),
      scoreOf('mailbox_full', []),
      scoreOf('mailbox_not_found', []),
    ];
    expect(scores).toEqual([100, 70, 60, 45, 35, 0]);
    expect(scoreOf('role', ['role'])).toBe(70);
    expect(scoreOf('disposable', ['disposable'])).toBe(35);
  });
});
