// What the practice hosts say is read by the product's classifier as what the sample list expects. The texts are real
// servers' texts; a difference is a fault of the one or the other.
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import type { BehaviourContext, SessionView } from '../../../electron/practice/behaviour.ts';
import { PERSONALITIES, type Personality } from '../../../electron/practice/personalities.ts';
import { mailboxStateOf } from '../../../electron/practice/population.ts';
import { expectedReason } from '../../../electron/practice/expected-reason.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';

const LOCALS = ['alice.baker', 'alice.leaver', 'alice.fullerton', 'alice.dormer'] as const;

function contextAt(nowMs: number): BehaviourContext {
  return { scaled: (ms) => ms, nowMs: () => nowMs };
}

function viewOf(personality: Personality): SessionView {
  return { mxHost: personality.mx[0]?.name ?? '', clientIp: '127.0.0.1', from: 'me@client.test', recipients: [], errors: 0, resets: 0 };
}

/** What the reply alone can mean: what the whole domain is like is for the verdict to see. */
function readingOf(reason: Reason): Reason {
  const bySingleReply: Partial<Record<Reason, Reason>> = { accept_all: 'accepted', provider_unverifiable: 'accepted', disposable: 'accepted', possible_typo: 'accepted' };
  return bySingleReply[reason] ?? reason;
}

function personality(id: string): Personality {
  const found = PERSONALITIES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`No personality ${id}`);
  return found;
}

const listening = PERSONALITIES.filter(({ behaviour, id }) => behaviour !== null && id !== 'blocker-at-greeting');

describe('classifyReply on the practice hosts’ replies to RCPT', () => {
  const cases = listening.flatMap((host) => LOCALS.map((local) => ({ id: host.id, local, personality: host })));

  it.each(cases)('$id: $local', ({ id, local, personality: host }) => {
    const domain = host.domains[0] ?? '';
    const recipient = { address: `${local}@${domain}`, local, domain, mailbox: mailboxStateOf(local) };
    const answer = host.behaviour?.(contextAt(0)).rcpt(recipient, viewOf(host));
    if (answer === undefined) throw new Error('no answer');
    const read = classifyReply({ reply: makeReply(answer.code, answer.lines), stage: 'RCPT', mxHost: host.mx[0]?.name ?? null });

    if (id === 'greylister' && local === 'alice.baker') expect(read.reason).toBe('greylisted');
    else if (id === 'blanket-refuser' || (id === 'bare-refuser' && local !== 'alice.baker')) expect(read.bare).toBe(true);
    else expect(read.reason).toBe(readingOf(expectedReason(local, domain)));
  });

  it('rate-limiter: too many recipients', () => {
    const limiter = personality('rate-limiter');
    const behaviour = limiter.behaviour?.(contextAt(0));
    const recipient = { address: 'alice.baker@slow-lane.test', local: 'alice.baker', domain: 'slow-lane.test', mailbox: 'active' } as const;
    let answer = behaviour?.rcpt(recipient, viewOf(limiter));
    for (let index = 0; index < 12; index += 1) answer = behaviour?.rcpt(recipient, viewOf(limiter));
    expect(classifyReply({ reply: makeReply(answer?.code ?? 0, answer?.lines ?? []), stage: 'RCPT' }).reason).toBe('rate_limited');
  });

  it('microsoft-consumer: a second recipient is about the transaction, never about the mailbox', () => {
    const consumer = personality('microsoft-consumer');
    const recipient = { address: 'alice.baker@hotpost.test', local: 'alice.baker', domain: 'hotpost.test', mailbox: 'active' } as const;
    const answer = consumer.behaviour?.(contextAt(0)).rcpt(recipient, { ...viewOf(consumer), recipients: [recipient] });
    expect(classifyReply({ reply: makeReply(answer?.code ?? 0, answer?.lines ?? []), stage: 'RCPT', mxHost: consumer.mx[0]?.name ?? null }).reason).toBe('rate_limited');
  });

  it('blocker-at-greeting: about us', () => {
    const blocker = personality('blocker-at-greeting');
    const answer = blocker.behaviour?.(contextAt(0)).greeting(viewOf(blocker));
    expect(classifyReply({ reply: makeReply(answer?.code ?? 0, answer?.lines ?? []), stage: 'CONNECT' }).reason).toBe('ip_blocked');
  });
});
