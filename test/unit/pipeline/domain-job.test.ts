import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainJob, type JobRecipient } from '../../../electron/engine/pipeline/domain-job.ts';
import type { Outcome } from '../../../electron/engine/pipeline/outcome.ts';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import type { DomainClaim } from '../../../electron/worker/interface.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

function claimOf(count: number, catchAll: DomainClaim['facts']['catchAll'] = 'not_run'): DomainClaim {
  const addresses = Array.from({ length: count }, (_, index) => ({ rowId: index + 1, address: `user${String(index)}@a.test`, attempt: 1 }));
  return { listId: 1, domainId: 1, domain: 'a.test', facts: { catchAll, acceptedAny: false }, addresses };
}

function replied(text: string): Outcome {
  const reply = replyFromText(text);
  if (reply === null) throw new Error(`not a reply: ${text}`);
  const classification = classifyReply({ reply, stage: 'RCPT' });
  return { result: { kind: 'reply', reply, classification }, target: null, tls: 'none', atMs: 0 };
}

const dropped: Outcome = {
  result: { kind: 'failure', failure: { code: 'Dropped', stage: 'RCPT', reply: null, detail: 'reset' } },
  target: null,
  tls: 'none',
  atMs: 0,
};

function watch(claim: DomainClaim, options = { probeCatchAll: true }) {
  const judged: { rowId: number; kind: string; catchAll: string; acceptedAny: boolean }[] = [];
  let ended = 0;
  const job = new DomainJob(
    claim,
    {
      judged: (from, address, outcome) =>
        judged.push({ rowId: address.rowId, kind: outcome.result.kind, catchAll: from.catchAll, acceptedAny: from.acceptedAny }),
      ended: () => {
        ended += 1;
      },
    },
    options,
  );
  return { job, judged, endings: () => ended };
}

describe('DomainJob', () => {
  it('puts the random recipient first, and only once', () => {
    const { job } = watch(claimOf(3));
    expect(job.take(2)).toEqual([null, expect.objectContaining({ rowId: 1 })]);
    expect(job.take(5).map((recipient) => recipient?.rowId)).toEqual([2, 3]);
  });

  it('does not ask the random recipient where the answer is known already', () => {
    expect(watch(claimOf(1, 'refused')).job.take(5)).toHaveLength(1);
    expect(watch(claimOf(1, 'inconclusive')).job.take(5)).toHaveLength(2);
    expect(watch(claimOf(1), { probeCatchAll: false }).job.take(5)).toHaveLength(1);
  });

  it('holds every outcome until the random recipient is answered, then judges with what it said', () => {
    const { job, judged, endings } = watch(claimOf(1));
    const [random, address] = job.take(2);
    job.settle(address ?? null, replied('250 2.1.5 Ok'));
    expect(judged).toEqual([]);
    job.settle(random ?? null, replied('550 5.1.1 User unknown'));
    expect(judged).toEqual([{ rowId: 1, kind: 'reply', catchAll: 'refused', acceptedAny: true }]);
    expect(endings()).toBe(1);
  });

  it('gives a cut-off address back once, and calls it dropped the second time; the others are not charged', () => {
    const { job, judged, endings } = watch(claimOf(2, 'refused'));
    job.giveBack(job.take(2), dropped);
    expect(job.waiting).toBe(2);
    job.giveBack(job.take(2), dropped);
    expect(judged.map((verdict) => verdict.rowId)).toEqual([1]);
    expect(job.waiting).toBe(1);
    const [last] = job.take(2);
    job.settle(last ?? null, replied('250 Ok'));
    expect(judged.map((verdict) => verdict.rowId)).toEqual([1, 2]);
    expect(endings()).toBe(1);
  });

  it('gives every address exactly one outcome, in whatever order things happen', () => {
    const step = fc.record({
      take: fc.integer({ min: 1, max: 4 }),
      fate: fc.constantFrom('answer', 'cut', 'half', 'fail'),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.boolean(), fc.array(step, { maxLength: 60 }), (count, probeCatchAll, steps) => {
        const { job, judged, endings } = watch(claimOf(count), { probeCatchAll });
        const answer = (recipients: readonly JobRecipient[]) => {
          for (const recipient of recipients) job.settle(recipient, replied(recipient === null ? '550 5.1.1 User unknown' : '250 2.1.5 Ok'));
        };
        for (const { take, fate } of steps) {
          const flight = job.take(take);
          if (fate === 'answer') answer(flight);
          else if (fate === 'cut') job.giveBack(flight, dropped);
          else if (fate === 'fail') { job.giveBack(flight, null); job.failWaiting(dropped); }
          else { answer(flight.slice(0, 1)); if (flight.length > 1) job.giveBack(flight.slice(1), dropped); }
        }
        // Whatever happened: asking on to the end always ends.
        for (let left = count * 4 + 4; left > 0 && job.waiting > 0; left -= 1) answer(job.take(9));
        expect(job.waiting).toBe(0);
        expect(judged.map((verdict) => verdict.rowId).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        expect(endings()).toBe(1);
      }),
    );
  });
});
