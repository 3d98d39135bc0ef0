// Replies in the wrong order (faults row 19): answers that contradict the random recipient's are not believed at once.
// The domain is asked one by one, and what is said then counts.
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { DomainJob } from '../../../electron/engine/pipeline/domain-job.ts';
import type { Outcome } from '../../../electron/engine/pipeline/outcome.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

const NOW_MS = 1_760_000_000_000;

function replied(text: string): Outcome {
  const reply = replyFromText(text);
  if (reply === null) throw new Error(`not a reply: ${text}`);
  return { result: { kind: 'reply', reply, classification: classifyReply({ reply, stage: 'RCPT' }) }, target: null, tls: 'none', atMs: NOW_MS };
}

const ACCEPTED = replied('250 2.1.5 ok');
const UNKNOWN = replied('550 5.1.1 no such user');
const FULL = replied('552 5.2.2 Quota exceeded');

function jobOf(count: number): DomainJob {
  const addresses = Array.from({ length: count }, (_, i) => ({ rowId: i + 1, address: `user${String(i)}@a.test`, attempt: 1, earlier: null }));
  const facts = { catchAll: 'not_run' as const, acceptedAny: false, random: null };
  const claim = { listId: 1, domainId: 1, domain: 'a.test', facts, addresses };
  return new DomainJob(claim, { judged: () => undefined, ended: () => undefined }, { probeCatchAll: true, nowMs: NOW_MS });
}

describe('a job whose answers contradict each other', () => {
  it('is asked one by one from then on', () => {
    const job = jobOf(2);
    const flight = job.take(3);
    expect(job.oneByOne).toBe(false);
    expect(job.doubts(flight, [ACCEPTED, UNKNOWN, ACCEPTED], false)).toBe(true);
    expect(job.oneByOne).toBe(true);
    job.giveBack(flight, null);
    expect(job.waiting).toBe(3);
    // In order now: there was no contradiction, and the server stays doubted.
    const again = job.take(3);
    expect(job.doubts(again, [UNKNOWN, ACCEPTED, ACCEPTED], true)).toBe(false);
    expect(job.oneByOne).toBe(true);
  });

  it('is believed where it says the same one by one', () => {
    const job = jobOf(2);
    const flight = job.take(3);
    expect(job.doubts(flight, [ACCEPTED, UNKNOWN, ACCEPTED], false)).toBe(true);
    expect(job.doubts(flight, [ACCEPTED, UNKNOWN, ACCEPTED], true)).toBe(false);
    expect(job.oneByOne).toBe(false);
    expect(job.doubts(flight, [ACCEPTED, UNKNOWN, ACCEPTED], false)).toBe(false);
  });

  it.each([
    ['the random recipient was refused', [UNKNOWN, UNKNOWN, ACCEPTED]],
    ['everybody was accepted', [ACCEPTED, ACCEPTED, ACCEPTED]],
    ['a full mailbox is one that exists', [ACCEPTED, FULL, ACCEPTED]],
    ['the random recipient was not answered', [null, UNKNOWN, ACCEPTED]],
  ])('is no such job where %s', (_name, outcomes) => {
    const job = jobOf(2);
    expect(job.doubts(job.take(3), outcomes, false)).toBe(false);
    expect(job.oneByOne).toBe(false);
  });

  it('knows an acceptance of an earlier flight', () => {
    const job = jobOf(3);
    const first = job.take(2);
    job.settleFlight(first, [ACCEPTED, ACCEPTED], null);
    expect(job.doubts(job.take(2), [UNKNOWN, ACCEPTED], false)).toBe(true);
  });
});
