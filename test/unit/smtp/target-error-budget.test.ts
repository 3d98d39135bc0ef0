// The refusals in a row that a target may give over all of its sessions.
import { describe, expect, it } from 'vitest';
import { TargetErrorBudget } from '../../../electron/engine/smtp/target-error-budget.ts';

const refused = (recipients: number) => ({ recipients, errors: recipients, failed: false });

describe('TargetErrorBudget', () => {
  it('is spent by refusals in a row, and then by each further session that is refused', () => {
    const budget = new TargetErrorBudget(20);
    expect([refused(9), refused(9), refused(9), refused(1)].map((each) => budget.ended(each))).toEqual(['neither', 'neither', 'spent', 'spent']);
  });

  it('is new after one acceptance', () => {
    const budget = new TargetErrorBudget(20);
    budget.ended(refused(19));
    expect(budget.ended({ recipients: 9, errors: 8, failed: false })).toBe('served');
    expect(budget.isNew).toBe(true);
    expect(budget.ended(refused(19))).toBe('neither');
  });

  it('takes silence for neither', () => {
    const budget = new TargetErrorBudget(20);
    budget.ended(refused(19));
    expect(budget.ended({ recipients: 9, errors: 2, failed: true })).toBe('neither');
    expect(budget.ended({ recipients: 0, errors: 0, failed: true })).toBe('neither');
    expect(budget.ended(refused(1))).toBe('spent');
  });
});
