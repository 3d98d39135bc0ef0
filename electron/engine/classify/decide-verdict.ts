// The verdict on one address from all that is known: its own reply or failure, what an earlier attempt heard, what the
// domain's random recipient was told and by whom, whether the domain accepted anybody, lists and settings. Pure.
// Makes the facts and reads the table in verdict-rules.ts; decides nothing by itself.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CatchAll, Heard, SmtpReply } from '../../../shared/verdict/evidence.ts';
import { type Flag, type Reason, statusOf } from '../../../shared/verdict/verdict.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import { reasonOfFailure } from './reason-of-failure.ts';
import type { Classification } from './types.ts';
import { AS_THE_REPLY_SAYS, VERDICT_RULES, type VerdictFacts, type VerdictRule } from './verdict-rules.ts';

export interface RandomAnswer {
  readonly classification: Classification;
  readonly reply: SmtpReply;
}

export interface VerdictInput {
  readonly outcome:
    | { readonly kind: 'reply'; readonly classification: Classification; readonly reply: SmtpReply }
    | { readonly kind: 'failure'; readonly failure: SmtpFailure }
    /** DNS, or something that this machine cannot do. */
    | { readonly kind: 'local'; readonly reason: Reason };
  readonly catchAll: CatchAll;
  /** The reply to the domain's random recipient, if any is known. */
  readonly random: RandomAnswer | null;
  /** True where another server than the one that answered now answered the random recipient. Absent: the same. */
  readonly otherServer?: boolean;
  /** Whether any real recipient of the domain was accepted by the server that answered the random recipient. */
  readonly acceptedAny: boolean;
  /** The provider accepts everybody at RCPT (Yahoo, mail.ru): an acceptance proves nothing. */
  readonly unverifiableProvider: boolean;
  /** What earlier attempts came to; null or absent at the first. */
  readonly earlier?: { readonly reason: Reason; readonly heard: Heard } | null;
  readonly flags: readonly Flag[];
  readonly verdictSettings: Settings['verdict'];
}

export interface VerdictDecision {
  readonly reason: Reason;
  /** True where an acceptance of somebody at this domain would turn it into `mailbox_not_found` (faults row 28). */
  readonly provisional: boolean;
  /** The row of the table that decided. */
  readonly rule: VerdictRule;
}

/** What the random recipient's classification says of the domain; null: it was not asked. */
export function catchAllOf(random: Classification | null): CatchAll {
  if (random === null) return 'not_run';
  if (random.reason === 'accepted') return 'accepted';
  // A server that tells a bare 550 to a name that cannot exist and 250 to another does tell them apart.
  const refused = random.bare || random.reason === 'mailbox_not_found' || random.reason === 'mailbox_disabled';
  return refused ? 'refused' : 'inconclusive';
}

export function decideVerdict(input: VerdictInput): VerdictDecision {
  const facts = factsOf(input);
  const rule = VERDICT_RULES.find(({ when }) => when(facts)) ?? AS_THE_REPLY_SAYS;
  const reason = rule.then === 'earlier' ? facts.earlier?.reason : rule.then;
  return { reason: reason ?? facts.said, provisional: rule.provisional?.(facts) ?? false, rule };
}

/** What one attempt says, taken by itself, and from what it was heard. */
export function saidOf(outcome: VerdictInput['outcome']): { readonly said: Reason; readonly heard: Heard } {
  switch (outcome.kind) {
    case 'reply':
      return { said: outcome.classification.reason, heard: 'recipient' };
    case 'failure':
      return { said: reasonOfFailure(outcome.failure), heard: outcome.failure.reply === null ? 'nothing' : 'session' };
    case 'local':
      return { said: outcome.reason, heard: 'nothing' };
  }
}

function factsOf(input: VerdictInput): VerdictFacts {
  const { outcome, random } = input;
  const own = outcome.kind === 'reply' ? outcome : null;
  return {
    ...saidOf(outcome),
    local: outcome.kind === 'local',
    refusesRecipient: own !== null && own.reply.code >= 500 && own.classification.scope === 'recipient',
    tooLittle: own !== null && saysTooLittle(own.classification),
    sameAsRandom: own !== null && random !== null && isSameRefusal(own, random),
    catchAll: input.catchAll,
    otherServer: input.otherServer ?? false,
    acceptedAny: input.acceptedAny,
    unverifiableProvider: input.unverifiableProvider,
    earlier: input.earlier ?? null,
    flags: input.flags,
    lists: input.verdictSettings,
  };
}

/** A refusal that may mean the mailbox, but whose words do not say so. */
function saysTooLittle(classification: Classification): boolean {
  return classification.bare || (classification.reason === 'mailbox_not_found' && !classification.namesUser);
}

/** The same code and meaning for a recipient that cannot exist, not naming the user. Texts differ by session ids. */
function isSameRefusal(own: RandomAnswer, random: RandomAnswer): boolean {
  return (
    statusOf(random.classification.reason) !== 'deliverable' &&
    random.reply.code === own.reply.code &&
    random.reply.enhanced === own.reply.enhanced &&
    random.classification.reason === own.classification.reason &&
    random.classification.bare === own.classification.bare
  );
}
