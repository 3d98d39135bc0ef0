// The verdict on one address from all that is known: its own reply or failure, what the domain's random recipient was
// told, whether the domain accepted anybody, lists and settings. Pure. The product's first promise is kept here:
// `undeliverable` only from an in-step 5yz to this RCPT that speaks of this mailbox; everything else is `unknown`.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CatchAll, SmtpReply } from '../../../shared/verdict/evidence.ts';
import { type Flag, type Reason, statusOf } from '../../../shared/verdict/verdict.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import { reasonOfFailure } from './reason-of-failure.ts';
import type { Classification } from './types.ts';

export interface RandomAnswer {
  readonly classification: Classification;
  readonly reply: SmtpReply;
}

export interface VerdictInput {
  readonly outcome:
    | { readonly kind: 'reply'; readonly classification: Classification; readonly reply: SmtpReply }
    | { readonly kind: 'failure'; readonly failure: SmtpFailure };
  readonly catchAll: CatchAll;
  /** The reply to the domain's random recipient in this claim, if any. */
  readonly random: RandomAnswer | null;
  /** Whether any real recipient of the domain was accepted. */
  readonly acceptedAny: boolean;
  /** The provider accepts everybody at RCPT (Yahoo, mail.ru): an acceptance proves nothing. */
  readonly unverifiableProvider: boolean;
  readonly flags: readonly Flag[];
  readonly verdictSettings: Settings['verdict'];
}

export interface VerdictDecision {
  readonly reason: Reason;
  /** True where an acceptance of somebody at this domain would turn it into `mailbox_not_found` (faults row 28). */
  readonly provisional: boolean;
}

/** What the random recipient's classification says of the domain; null: it was not asked. */
export function catchAllOf(random: Classification | null): CatchAll {
  if (random === null) return 'not_run';
  if (random.reason === 'accepted') return 'accepted';
  // A server that tells a bare 550 to a name that cannot exist and 250 to another does tell them apart.
  const refused = random.bare || random.reason === 'mailbox_not_found' || random.reason === 'mailbox_disabled';
  return refused ? 'refused' : 'inconclusive';
}

/**
 * | own reply                                   | known of the domain              | verdict                           |
 * |---------------------------------------------|----------------------------------|-----------------------------------|
 * | accepted                                    | provider accepts everybody       | provider_unverifiable             |
 * | accepted                                    | random accepted                  | accept_all                        |
 * | accepted                                    | random not asked, or unclear     | accepted_unproven                 |
 * | accepted                                    | random refused                   | by lists, else accepted           |
 * | 5yz that does not name the user (or bare)   | somebody accepted                | mailbox_not_found                 |
 * |   "                                         | random got the same              | blanket_reject, provisional       |
 * |   "                                         | neither                          | policy_rejected, provisional      |
 * | vague refusal of us (policy)                | random got the same              | blanket_reject                    |
 * | anything else                               |                                  | what the reply says               |
 * | no reply of its own                         |                                  | what happened to the session      |
 */
export function decideVerdict(input: VerdictInput): VerdictDecision {
  const { outcome } = input;
  if (outcome.kind === 'failure') return final(reasonOfFailure(outcome.failure));

  const { classification, reply } = outcome;
  if (statusOf(classification.reason) === 'deliverable') return final(acceptance(classification.reason, input));
  if (saysTooLittle(classification)) {
    if (input.acceptedAny) return final(certain('mailbox_not_found', outcome));
    return { reason: sameRefusal(outcome, input.random) ? 'blanket_reject' : 'policy_rejected', provisional: reply.code >= 500 };
  }
  if (classification.reason === 'policy_rejected' && sameRefusal(outcome, input.random)) return final('blanket_reject');
  return final(certain(classification.reason, outcome));
}

function final(reason: Reason): VerdictDecision {
  return { reason, provisional: false };
}

function acceptance(reason: Reason, input: VerdictInput): Reason {
  // "Receiving mail at a rate" is said of mailboxes that exist only: no random recipient is needed.
  if (reason === 'accepted') {
    if (input.unverifiableProvider) return 'provider_unverifiable';
    if (input.catchAll === 'accepted') return 'accept_all';
    if (input.catchAll !== 'refused') return 'accepted_unproven';
  }
  return listReason(input.flags, input.verdictSettings) ?? reason;
}

/** The first list that the user lets decide, the surest harm first. */
function listReason(flags: readonly Flag[], settings: Settings['verdict']): Reason | null {
  if (settings.riskyDisposable && flags.includes('disposable')) return 'disposable';
  if (settings.riskyTypo && flags.includes('typo')) return 'possible_typo';
  if (settings.riskyNoReply && flags.includes('no_reply')) return 'no_reply';
  if (settings.riskyRole && flags.includes('role')) return 'role';
  return null;
}

/** A refusal that may mean the mailbox, but whose words do not say so. */
function saysTooLittle(classification: Classification): boolean {
  return classification.bare || (classification.reason === 'mailbox_not_found' && !classification.namesUser);
}

/** The same code and meaning for a recipient that cannot exist, not naming the user. Texts differ by session ids. */
function sameRefusal(own: RandomAnswer, random: RandomAnswer | null): boolean {
  return (
    random !== null &&
    random.reply.code === own.reply.code &&
    random.reply.enhanced === own.reply.enhanced &&
    random.classification.reason === own.classification.reason &&
    random.classification.bare === own.classification.bare
  );
}

/** The last gate: no 4yz and nothing that is not said of the recipient ends as undeliverable (verdicts rules 1, 3). */
function certain(reason: Reason, { classification, reply }: RandomAnswer): Reason {
  if (statusOf(reason) !== 'undeliverable') return reason;
  return reply.code >= 500 && classification.scope === 'recipient' ? reason : 'server_error';
}
