import { describe, expect, it } from 'vitest';
import { moveBy, movedBefore } from '../../../renderer/features/jobs/queue-order.ts';

describe('a list that is moved by one place', () => {
  it('goes in front of the one before it, or of the one after the next', () => {
    expect(movedBefore([1, 2, 3], 3, moveBy([1, 2, 3], 3, -1) ?? null)).toEqual([1, 3, 2]);
    expect(movedBefore([1, 2, 3], 1, moveBy([1, 2, 3], 1, 1) ?? null)).toEqual([2, 1, 3]);
    expect(movedBefore([1, 2, 3], 2, moveBy([1, 2, 3], 2, 1) ?? null)).toEqual([1, 3, 2]);
  });

  it('stays at the ends, and does not move where it does not wait', () => {
    expect(moveBy([1, 2, 3], 1, -1)).toBeUndefined();
    expect(moveBy([1, 2, 3], 3, 1)).toBeUndefined();
    expect(moveBy([1, 2, 3], 9, 1)).toBeUndefined();
  });
});
