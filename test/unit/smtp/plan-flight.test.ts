// Which commands a flight becomes: transactions opened, changed and full, in every combination.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandAt, MAIL_STEP, planFlight, RSET_STEP, wholeFlight, type OpenTransaction } from '../../../electron/engine/smtp/plan-flight.ts';

const FROM = 'v@me.test';
const OPEN: OpenTransaction = { from: FROM, smtputf8: false, recipients: 2 };

/** The commands, which must be the same one by one and all at once. */
function lines(plan: ReturnType<typeof planFlight>): string[] {
  const oneByOne = plan.steps.map((_, place): string => commandAt(plan, place));
  expect(wholeFlight(plan)).toBe(oneByOne.map((line) => `${line}\r\n`).join(''));
  return oneByOne;
}

describe('planFlight', () => {
  it('opens the first transaction without RSET', () => {
    const plan = planFlight({ from: FROM, recipients: ['a@x.test', 'b@x.test'], newTransaction: true }, null, 100);
    expect(lines(plan)).toEqual(['MAIL FROM:<v@me.test>', 'RCPT TO:<a@x.test>', 'RCPT TO:<b@x.test>']);
    expect(plan).toMatchObject({ transactions: 1, open: { recipients: 2 } });
  });

  it('goes on in the open transaction', () => {
    const plan = planFlight({ from: FROM, recipients: ['c@x.test'], newTransaction: false }, OPEN, 100);
    expect(lines(plan)).toEqual(['RCPT TO:<c@x.test>']);
    expect(plan).toMatchObject({ transactions: 0, open: { recipients: 3 } });
  });

  it.each([
    ['is asked for', { from: FROM, recipients: ['c@y.test'], newTransaction: true }, 'MAIL FROM:<v@me.test>'],
    ['is needed for another reverse-path', { from: 'w@me.test', recipients: ['c@x.test'], newTransaction: false }, 'MAIL FROM:<w@me.test>'],
    ['is needed for SMTPUTF8', { from: FROM, recipients: ['ü@x.test'], newTransaction: false }, 'MAIL FROM:<v@me.test> SMTPUTF8'],
  ])('opens a new transaction with RSET where one %s', (_name, request, mail) => {
    expect(lines(planFlight(request, OPEN, 100)).slice(0, 2)).toEqual(['RSET', mail]);
  });

  it('fills the open transaction and opens another in the same flight', () => {
    const plan = planFlight({ from: FROM, recipients: ['c@x.test', 'd@x.test'], newTransaction: false }, OPEN, 3);
    expect(lines(plan)).toEqual(['RCPT TO:<c@x.test>', 'RSET', 'MAIL FROM:<v@me.test>', 'RCPT TO:<d@x.test>']);
    expect(plan).toMatchObject({ transactions: 1, open: { recipients: 1 } });
  });

  it('gives each recipient its own transaction where one is all it may hold', () => {
    const plan = planFlight({ from: '', recipients: ['a@x.test', 'b@x.test'], newTransaction: false }, null, 1);
    expect(lines(plan)).toEqual(['MAIL FROM:<>', 'RCPT TO:<a@x.test>', 'RSET', 'MAIL FROM:<>', 'RCPT TO:<b@x.test>']);
  });

  it('opens a transaction at each break, in the same flight', () => {
    const recipients = ['a@x.test', 'b@x.test', 'c@y.test', 'd@z.test'];
    const plan = planFlight({ from: FROM, recipients, newTransaction: false, breaks: [2, 3] }, OPEN, 100);
    expect(lines(plan)).toEqual([
      'RCPT TO:<a@x.test>', 'RCPT TO:<b@x.test>', 'RSET', 'MAIL FROM:<v@me.test>', 'RCPT TO:<c@y.test>', 'RSET', 'MAIL FROM:<v@me.test>', 'RCPT TO:<d@z.test>',
    ]);
    expect(plan).toMatchObject({ transactions: 2, open: { recipients: 1 } });
  });

  it('opens one transaction where a break falls on a full one', () => {
    const plan = planFlight({ from: FROM, recipients: ['c@x.test', 'd@y.test'], newTransaction: false, breaks: [1] }, OPEN, 3);
    expect(lines(plan)).toEqual(['RCPT TO:<c@x.test>', 'RSET', 'MAIL FROM:<v@me.test>', 'RCPT TO:<d@y.test>']);
    expect(plan.transactions).toBe(1);
  });

  it.each([[[0]], [[2]], [[1, 1]], [[-1]], [[0.5]]])('throws for breaks that are none: %j', (breaks) => {
    expect(() => planFlight({ from: FROM, recipients: ['a@x.test', 'b@x.test'], newTransaction: true, breaks }, null, 100)).toThrow(RangeError);
  });

  it('stays the SMTPUTF8 transaction that it was where it is gone on with', () => {
    const open = { ...OPEN, smtputf8: true };
    expect(planFlight({ from: FROM, recipients: ['c@x.test'], newTransaction: false }, open, 100).open?.smtputf8).toBe(true);
    expect(planFlight({ from: FROM, recipients: ['c@x.test'], newTransaction: true }, open, 100).open?.smtputf8).toBe(false);
  });

  it('throws for an address that no command may hold', () => {
    expect(() => planFlight({ from: FROM, recipients: ['a@x.test\r\nDATA'], newTransaction: false }, null, 100)).toThrow(TypeError);
    expect(() => planFlight({ from: 'a\n', recipients: ['a@x.test'], newTransaction: false }, null, 100)).toThrow(TypeError);
  });

  it('asks each recipient once, in order, in transactions that are never over-full (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10 }), fc.boolean(), fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }), (n, per, fresh, opened) => {
        const recipients = Array.from({ length: n }, (_, i) => `u${String(i)}@x.test`);
        const open = opened === null ? null : { ...OPEN, recipients: opened };
        const plan = planFlight({ from: FROM, recipients, newTransaction: fresh }, open, per);
        expect(plan.steps.filter((step) => step >= 0)).toEqual(recipients.map((_, i) => i));
        let inTransaction = fresh || open === null ? null : open.recipients;
        let resets = 0;
        const commands = lines(plan);
        for (const [i, step] of plan.steps.entries()) {
          expect(commands[i]?.slice(0, 4)).toBe(step === RSET_STEP ? 'RSET' : step === MAIL_STEP ? 'MAIL' : 'RCPT');
          if (step === RSET_STEP) {
            resets += 1;
            expect(plan.steps[i + 1]).toBe(MAIL_STEP);
          } else if (step === MAIL_STEP) inTransaction = 0;
          else {
            expect(inTransaction).not.toBeNull();
            inTransaction = (inTransaction ?? 0) + 1;
            expect(inTransaction).toBeLessThanOrEqual(Math.max(per, open?.recipients ?? 0));
          }
        }
        expect(plan.open?.recipients).toBe(inTransaction);
        expect(resets).toBe(plan.transactions - (open === null ? 1 : 0));
        expect(plan.transactions).toBeLessThanOrEqual(Math.ceil(n / per));
      }),
    );
  });
});
