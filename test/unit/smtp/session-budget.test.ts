// The budget of a session: what may still be asked, so that no server is ever brought to slow down or hang up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusalShare } from '../../../electron/engine/smtp/refusal-share.ts';
import { SessionBudget, type SessionLimits } from '../../../electron/engine/smtp/session-budget.ts';

const LIMITS: SessionLimits = {
  errorBudget: 9,
  maxRecipientsPerTransaction: 100,
  maxTransactionsPerSession: 10,
  maxRecipientsPerSession: 1_000,
  maxSessionMs: 300_000,
  maxFlight: 50,
};

describe('SessionBudget', () => {
  it('never lets a flight hold more than the errors that are left', () => {
    const budget = new SessionBudget(LIMITS, 0, 0);
    expect(budget.room(false)).toBe(9);
    budget.countFlight(1, 9);
    for (let i = 0; i < 3; i += 1) budget.countError();
    expect(budget.room(false)).toBe(6);
    for (let i = 0; i < 6; i += 1) budget.countError();
    expect(budget.room(false)).toBe(0);
    expect(budget.errors).toBe(9);
  });

  it('counts what was refused while greeting', () => {
    expect(new SessionBudget(LIMITS, 0, 1).room(false)).toBe(8);
  });

  it('is spent after its transactions', () => {
    const budget = new SessionBudget(LIMITS, 0, 0);
    budget.countFlight(10, 10);
    expect(budget.room(false)).toBe(0);
  });

  it('is spent after its recipients', () => {
    const budget = new SessionBudget(LIMITS, 0, 0);
    budget.countFlight(1, 997);
    expect(budget.room(false)).toBe(3);
    budget.countFlight(0, 3);
    expect(budget.room(false)).toBe(0);
  });

  it('keeps to maxFlight where errors allow more', () => {
    expect(new SessionBudget({ ...LIMITS, maxFlight: 4 }, 0, 0).room(false)).toBe(4);
  });

  it('gives the null reverse-path one recipient a transaction', () => {
    const budget = new SessionBudget(LIMITS, 0, 0);
    expect(budget.perTransaction(true)).toBe(1);
    budget.countFlight(7, 7);
    expect(budget.room(true)).toBe(3);
  });

  it('grows old', () => {
    const budget = new SessionBudget(LIMITS, 1_000, 0);
    expect(budget.tooOld(300_999)).toBe(false);
    expect(budget.tooOld(301_000)).toBe(true);
  });

  it('risks nothing for a host that has refused nobody so far: the next domain there may be gone', () => {
    const budget = new SessionBudget(LIMITS, 0, 0, knownHost(1_000, 0));
    expect(budget.room(false)).toBe(9);
    for (let i = 0; i < 7; i += 1) budget.countError();
    expect(budget.room(false)).toBe(2);
  });

  it('goes by what a host refuses only where a rule of the user lets it be asked for more errors', () => {
    expect(new SessionBudget({ ...LIMITS, errorBudget: 20 }, 0, 0, knownHost(1_000, 10)).room(false)).toBe(50);
    expect(new SessionBudget({ ...LIMITS, errorBudget: 20 }, 0, 0, knownHost(1_000, 1_000)).room(false)).toBe(20);
  });

  it('can never be overdrawn by flights that keep to its room, were every recipient refused (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 60 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), fc.nat({ max: 1_000 }), (sizes, refusals, refused) => {
        const budget = new SessionBudget(LIMITS, 0, 0, knownHost(1_000, refused));
        let asked = 0;
        for (const size of sizes) {
          const n = Math.min(size, budget.room(false));
          if (n === 0) continue;
          budget.countFlight(0, n);
          for (let i = 0; i < n; i += 1) {
            if (refusals[asked % refusals.length] === true) budget.countError();
            asked += 1;
          }
        }
        expect(budget.errors).toBeLessThanOrEqual(LIMITS.errorBudget);
        expect(asked).toBeLessThanOrEqual(LIMITS.maxRecipientsPerSession);
      }),
    );
  });
});

function knownHost(answered: number, refused: number): RefusalShare {
  const share = new RefusalShare();
  share.count(answered, refused);
  return share;
}
