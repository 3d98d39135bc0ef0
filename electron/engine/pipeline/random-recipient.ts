// The domain's one random recipient: who it is, what is known of its answer, and whether it has to be asked (again).
// At most one is asked about while its answer is fresh. A deferral (4yz) or a refusal of us is no answer: the same
// recipient is asked about again with the next claim, so that a greylist lets it through.
import { randomFillSync } from 'node:crypto';
import type { RandomFact } from '../../../shared/verdict/evidence.ts';
import type { DomainFacts } from '../../worker/interface.ts';
import { classifyReply } from '../classify/classify-reply.ts';
import type { RandomAnswer } from '../classify/decide-verdict.ts';
import type { Classification } from '../classify/types.ts';
import { isSameServer, type DestinationTarget } from '../destinations/destination.ts';

/** How long a server is taken by its word. A job with all its retries takes hours; a list may be gone on with next year. */
const FRESH_MS = 86_400_000;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What the random recipient was told, as the job keeps it and as it is judged. */
export interface KnownRandom {
  readonly fact: RandomFact;
  readonly answer: RandomAnswer;
}

/** From what the store kept: the reply is classified anew, so that no judgement is ever stored. */
export function knownRandom(fact: RandomFact): KnownRandom {
  const reply = { code: fact.code, enhanced: fact.enhanced, text: fact.text };
  return { fact, answer: { reply, classification: classifyReply({ reply, stage: 'RCPT', mxHost: fact.mxHost }) } };
}

/** Whether the domain's random recipient has to be asked about in this claim. `nowMs`: epoch milliseconds. */
export function needsRandom({ catchAll, random }: DomainFacts, nowMs: number): boolean {
  // Once accepted, everybody is: nothing that is said later makes acceptances there worth more.
  if (catchAll === 'accepted') return false;
  if (catchAll === 'not_run' || random === null) return true;
  // A clock that was set back makes an answer of the future, which is as old as any.
  if (Math.abs(nowMs - random.atMs) > FRESH_MS) return true;
  return isPutOff(knownRandom(random).answer.classification, random.code);
}

/** The local part to ask about: 20 random letters and digits (100 bits), or the one whose answer was put off. */
export function randomLocalFor({ random, catchAll }: DomainFacts): string {
  return (catchAll === 'inconclusive' ? random?.local : null) ?? newLocal();
}

/** Whether `target` is another server than the one that answered the random recipient. */
export function isOtherServer(random: KnownRandom | null, target: DestinationTarget | null): boolean {
  return random !== null && target !== null && !isSameServer(random.fact, target);
}

/** Whether a catch-all state comes of a reply that may be different tomorrow without anybody changing anything. */
function isPutOff(classification: Classification, code: number): boolean {
  if (code >= 400 && code < 500) return true;
  return classification.scope === 'us' && classification.reason !== 'policy_rejected' && code >= 500;
}

/** Asked of the system for many names at once: one call costs as much as four hundred octets of it. */
const octets = Buffer.alloc(19 * 100);
let used = octets.length;

function newLocal(): string {
  if (used === octets.length) {
    randomFillSync(octets);
    used = 0;
  }
  let local = 'w';
  for (const end = used + 19; used < end; used += 1) local += LETTERS[(octets[used] ?? 0) & 31] ?? 'a';
  return local;
}
