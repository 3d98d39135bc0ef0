import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainJob, type JobRecipient } from '../../../electron/engine/pipeline/domain-job.ts';
import type { Outcome } from '../../../electron/engine/pipeline/outcome.ts';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import type { DomainClaim } from '../../../electron/worker/interface.ts';
import type { DestinationTarget } from '../../../electron/engine/destinations/destination.ts';
import type { CatchAll, RandomFact } from '../../../shared/verdict/evidence.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

const NOW_MS = 1_760_000_000_000;
const MX1: DestinationTarget = { mxHost: 'mx1.a.test', ip: '127.0.0.1' };
const MX2: DestinationTarget = { mxHost: 'mx2.a.test', ip: '127.0.0.2' };

function claimOf(count: number, catchAll: DomainClaim['facts']['catchAll'] = 'not_run'): DomainClaim {
  const addresses = Array.from({ length: count }, (_, index) => ({ rowId: index + 1, address: `user${String(index)}@a.test`, attempt: 1, earlier: null }));
  const random = catchAll === 'not_run' ? null : randomFact(catchAll === 'refused' ? '550 5.1.1 User unknown' : '252 perhaps');
  return { listId: 1, domainId: 1, domain: 'a.test', facts: { catchAll, acceptedAny: false, random }, addresses };
}

function randomFact(text: string, more: Partial<RandomFact> = {}): RandomFact {
  const reply = replyFromText(text);
  if (reply === null) throw new Error(`not a reply: ${text}`);
  return { ...reply, local: 'wrandom', mxHost: 'mx1.a.test', ip: '127.0.0.1', atMs: NOW_MS, ...more };
}

function replied(text: string, target = MX1): Outcome {
  const reply = replyFromText(text);
  if (reply === null) throw new Error(`not a reply: ${text}`);
  const classification = classifyReply({ reply, stage: 'RCPT' });
  return { result: { kind: 'reply', reply, classification }, target, tls: 'none', atMs: NOW_MS };
}

const dropped: Outcome = {
  result: { kind: 'failure', failure: { code: 'Dropped', stage: 'RCPT', reply: null, detail: 'reset' } },
  target: null,
  tls: 'none',
  atMs: 0,
};

function watch(claim: DomainClaim, more: { probeCatchAll?: boolean; nowMs?: number; mxNames?: ReadonlyMap<string, string> } = {}) {
  const options = { probeCatchAll: true, nowMs: NOW_MS, ...more };
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
  it('names the server as the domain itself does, where several domains share one', () => {
    const seen: (string | null)[] = [];
    const job = new DomainJob(
      claimOf(1, 'accepted'),
      { judged: (_job, _address, { target: by }) => seen.push(by?.mxHost ?? null), ended: () => undefined },
      { probeCatchAll: false, nowMs: NOW_MS, mxNames: new Map([['127.0.0.1', 'ours.mail.protection.outlook.com']]) },
    );
    const [recipient] = job.take(1);
    if (recipient === undefined) throw new Error('nobody was taken');
    job.settle(recipient, { ...dropped, target: { ip: '127.0.0.1', mxHost: 'theirs.mail.protection.outlook.com' } });
    expect(seen).toEqual(['ours.mail.protection.outlook.com']);
  });

  it('puts the random recipient first, and only once', () => {
    const { job } = watch(claimOf(3));
    expect(job.take(2)).toEqual([null, expect.objectContaining({ rowId: 1 })]);
    expect(job.take(5).map((recipient) => recipient?.rowId)).toEqual([2, 3]);
  });

  it('does not ask the random recipient where the answer is known already', () => {
    expect(watch(claimOf(1, 'refused')).job.take(5)).toHaveLength(1);
    expect(watch(claimOf(1, 'inconclusive')).job.take(5)).toHaveLength(1);
    expect(watch(claimOf(1, 'accepted')).job.take(5)).toHaveLength(1);
    expect(watch(claimOf(1), { probeCatchAll: false }).job.take(5)).toHaveLength(1);
  });

  const withRandom = (catchAll: CatchAll, random: RandomFact | null): DomainClaim => ({ ...claimOf(1), facts: { catchAll, acceptedAny: false, random } });

  it.each([
    ['nobody was asked about', 'not_run', null],
    ['no answer was kept (an older list)', 'refused', null],
    ['its answer is older than a day', 'refused', randomFact('550 5.1.1 User unknown', { atMs: NOW_MS - 86_400_001 })],
    ['its answer is of the future, by a clock that was set back', 'refused', randomFact('550 5.1.1 User unknown', { atMs: NOW_MS + 86_400_001 })],
    ['it was put off', 'inconclusive', randomFact('450 4.7.1 Greylisted')],
    ['it was refused because of us', 'inconclusive', randomFact('554 5.7.1 Client host blocked using zen.spamhaus.org')],
  ] as const)('asks about the random recipient where %s', (_why, catchAll, random) => {
    expect(watch(withRandom(catchAll, random)).job.take(5)).toHaveLength(2);
  });

  it.each([
    ['a refusal', 'refused', '550 5.1.1 User unknown'],
    ['a refusal of everybody', 'inconclusive', '550 5.7.1 Access denied'],
    ['a bare one', 'refused', '550 sorry'],
    ['neither yes nor no', 'inconclusive', '252 perhaps'],
  ] as const)('does not ask again while %s is fresh', (_what, catchAll, text) => {
    const { job } = watch(withRandom(catchAll, randomFact(text)));
    expect(job.take(5)).toHaveLength(1);
    expect(job.random?.fact.text).toBe(randomFact(text).text);
  });

  it('never asks again where a random recipient was accepted once, however long ago', () => {
    expect(watch(withRandom('accepted', null)).job.take(5)).toHaveLength(1);
    expect(watch(withRandom('accepted', randomFact('250 Ok', { atMs: 0 }))).job.take(5)).toHaveLength(1);
  });

  it('asks about the same random recipient again where it was put off, so that a greylist lets it through', () => {
    expect(watch(withRandom('inconclusive', randomFact('450 4.7.1 Greylisted'))).job.randomAddress).toBe('wrandom@a.test');
    expect(watch(withRandom('not_run', null)).job.randomAddress).toMatch(/^w[a-z2-7]{19}@a\.test$/);
    expect(watch(withRandom('refused', randomFact('550 5.1.1 User unknown', { atMs: 0 }))).job.randomAddress).not.toBe('wrandom@a.test');
  });

  it('keeps what the random recipient was told, by whom and when', () => {
    const { job } = watch(claimOf(1));
    const [random] = job.take(1);
    job.settle(random ?? null, replied('550 5.1.1 User unknown', MX2));
    expect(job.facts).toEqual({
      catchAll: 'refused',
      acceptedAny: false,
      random: { code: 550, enhanced: '5.1.1', text: 'User unknown', local: job.randomAddress.split('@')[0], ...MX2, atMs: NOW_MS },
    });
  });

  it('keeps an older answer where asking again gave none', () => {
    const { job } = watch(withRandom('refused', randomFact('550 5.1.1 User unknown', { atMs: 0 })));
    const [random] = job.take(1);
    job.settle(random ?? null, dropped);
    expect(job.facts).toMatchObject({ catchAll: 'refused', random: { atMs: 0 } });
  });

  it('counts an acceptance for the domain only where the server accepted that answered the random recipient', () => {
    for (const [target, acceptedAny] of [[MX1, true], [MX2, false]] as const) {
      const { job } = watch(claimOf(1, 'refused'));
      const [address] = job.take(1);
      job.settle(address ?? null, replied('250 Ok', target));
      expect(job.facts.acceptedAny).toBe(acceptedAny);
    }
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

  it('never takes a verdict back for what happens afterwards, such as a reset at QUIT (rule 7 of verdicts.md)', () => {
    const late = fc.constantFrom('RSET', 'QUIT', 'RCPT').chain((stage) =>
      fc.constantFrom('Dropped', 'Timeout', 'SessionClosed').map((code): Outcome => ({ ...dropped, result: { kind: 'failure', failure: { code, stage, reply: null, detail: '' } } })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(late, { minLength: 1, maxLength: 3 }), (count, failures) => {
        const { job, judged, endings } = watch(claimOf(count));
        for (const recipient of job.take(count + 1)) job.settle(recipient, replied(recipient === null ? '550 5.1.1 User unknown' : '250 2.1.5 Ok'));
        const before = structuredClone(judged);
        for (const failed of failures) {
          job.giveBack([], failed);
          job.failWaiting(failed);
        }
        expect(judged).toEqual(before);
        expect(judged).toHaveLength(count);
        expect(judged.every(({ kind }) => kind === 'reply')).toBe(true);
        expect(endings()).toBe(1);
      }),
    );
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
