// The rules by which a verdict is decided, as one table: read from the top, the first row that holds decides.
// `design` names the rules of the design's verdicts.md that a row keeps. The product's first promise is kept here:
// `undeliverable` comes of what DNS said for certain, or of an in-step 5yz to this very RCPT that speaks of this mailbox
// (or, where it is bare, of a server that takes others). Every other row gives `deliverable`, `risky` or `unknown`.
import type { Settings } from '../../../shared/settings/schema.ts';
import { HEARD, type CatchAll, type Heard } from '../../../shared/verdict/evidence.ts';
import { type Flag, type Reason, statusOf } from '../../../shared/verdict/verdict.ts';

/** All that a row may look at. */
export interface VerdictFacts {
  /** What this attempt says, taken by itself. */
  readonly said: Reason;
  /** From what: a reply to this RCPT, the session's failure, or neither (DNS, a time-out, something local). */
  readonly heard: Heard;
  /** True where DNS or this machine decided and nobody was asked. */
  readonly local: boolean;
  /** An in-step 5yz to this RCPT that is said of the recipient. */
  readonly refusesRecipient: boolean;
  /** A refusal that may mean the mailbox, but whose words do not say so: a bare 550 above all. */
  readonly tooLittle: boolean;
  /** The random recipient got the same: code, enhanced code and meaning. */
  readonly sameAsRandom: boolean;
  readonly catchAll: CatchAll;
  /** The random recipient was answered by another server than this one, so that its answer proves nothing here. */
  readonly otherServer: boolean;
  /** The server has accepted a real recipient of this domain. */
  readonly acceptedAny: boolean;
  /** The provider accepts everybody at RCPT. */
  readonly unverifiableProvider: boolean;
  readonly earlier: { readonly reason: Reason; readonly heard: Heard } | null;
  readonly flags: readonly Flag[];
  readonly lists: Settings['verdict'];
}

export interface VerdictRule {
  /** Stable within the code and its tests. */
  readonly id: string;
  /** Numbers of the rules of verdicts.md that it keeps; empty for the invariant itself and for mere taxonomy. */
  readonly design: readonly number[];
  readonly words: string;
  readonly when: (facts: VerdictFacts) => boolean;
  /** Null: what this attempt says; `earlier`: what the earlier one said. */
  readonly then: Reason | 'earlier' | null;
  /** An acceptance of somebody by the same server would turn it into `mailbox_not_found` (faults row 28). */
  readonly provisional?: (facts: VerdictFacts) => boolean;
}

const isAccepted = ({ said, heard }: VerdictFacts) => heard === 'recipient' && said === 'accepted';
const isDeliverable = ({ said, heard }: VerdictFacts) => heard === 'recipient' && statusOf(said) === 'deliverable';
const listed = (flag: Flag, setting: keyof Settings['verdict']) => (facts: VerdictFacts) =>
  isDeliverable(facts) && facts.lists[setting] && facts.flags.includes(flag);

/** Always holds, and so stands last. */
export const AS_THE_REPLY_SAYS: VerdictRule = {
  id: 'as-the-reply-says',
  design: [2, 4, 8],
  words: 'Everything else is what the reply to this RCPT says.',
  when: () => true,
  then: null,
};

export const VERDICT_RULES: readonly VerdictRule[] = [
  {
    id: 'dns-is-certain',
    design: [],
    words: 'What DNS said for certain stands: no such domain, no mail server, null MX, only unroutable MX.',
    when: ({ local, said }) => local && statusOf(said) === 'undeliverable',
    then: null,
  },
  {
    id: 'earlier-says-more',
    design: [9],
    words: 'An attempt that heard less than an earlier one takes nothing back: a reply to this RCPT beats what became of a session, and any words beat silence.',
    when: ({ heard, earlier }) => earlier !== null && HEARD.indexOf(heard) < HEARD.indexOf(earlier.heard) && statusOf(earlier.reason) === 'unknown',
    then: 'earlier',
  },
  {
    id: 'no-reply-of-its-own',
    design: [1, 6],
    words: 'Without a reply to this RCPT the verdict is what happened on the way, which is never about the recipient.',
    when: ({ heard }) => heard !== 'recipient',
    then: null,
  },
  {
    id: 'not-said-of-the-recipient',
    design: [1, 3],
    words: 'A 4yz, or a reply that is not about the recipient, is no fact about the mailbox, whatever was read out of it.',
    when: ({ said, refusesRecipient }) => statusOf(said) === 'undeliverable' && !refusesRecipient,
    then: 'server_error',
  },
  {
    id: 'provider-accepts-everybody',
    design: [5],
    words: 'An acceptance by a provider that accepts everybody at RCPT tells nothing.',
    when: (facts) => isAccepted(facts) && facts.unverifiableProvider,
    then: 'provider_unverifiable',
  },
  {
    id: 'random-accepted',
    design: [5],
    words: 'Somebody who cannot exist was accepted at this domain: it accepts everybody.',
    when: (facts) => isAccepted(facts) && facts.catchAll === 'accepted',
    then: 'accept_all',
  },
  {
    id: 'random-not-refused',
    design: [5],
    words: 'Nobody who cannot exist was asked about, or the answer was unclear: accepted, and not proven.',
    when: (facts) => isAccepted(facts) && facts.catchAll !== 'refused',
    then: 'accepted_unproven',
  },
  {
    id: 'random-refused-elsewhere',
    design: [5],
    words: 'Another server refused the random recipient: a backup MX that takes everything must not make people deliverable.',
    when: (facts) => isAccepted(facts) && facts.otherServer,
    then: 'accepted_unproven',
  },
  { id: 'disposable', design: [], words: 'Accepted, at a domain of throw-away mailboxes.', when: listed('disposable', 'riskyDisposable'), then: 'disposable' },
  { id: 'typo', design: [], words: 'Accepted, at a domain that looks like a slip of the finger.', when: listed('typo', 'riskyTypo'), then: 'possible_typo' },
  { id: 'trap', design: [], words: 'Accepted, and named like a spam trap.', when: listed('trap', 'riskyTrap'), then: 'possible_trap' },
  { id: 'no-reply', design: [], words: 'Accepted, and named as one that nobody reads.', when: listed('no_reply', 'riskyNoReply'), then: 'no_reply' },
  { id: 'role', design: [], words: 'Accepted, and named after a function, not a person.', when: listed('role', 'riskyRole'), then: 'role' },
  {
    id: 'accepted',
    design: [5],
    words: 'Accepted by a server that refuses those who cannot exist, or said to be busy, which is said of existing mailboxes only.',
    when: isDeliverable,
    then: null,
  },
  {
    id: 'bare-refusal-of-one',
    design: [2],
    words: 'A refusal without telling words, by the server that accepted others of this domain: it means the mailbox.',
    when: ({ tooLittle, refusesRecipient, acceptedAny, otherServer }) => tooLittle && refusesRecipient && acceptedAny && !otherServer,
    then: 'mailbox_not_found',
  },
  {
    id: 'bare-refusal-of-all',
    design: [2],
    words: 'The random recipient got the same refusal without telling words: everybody does.',
    when: ({ tooLittle, sameAsRandom }) => tooLittle && sameAsRandom,
    then: 'blanket_reject',
    provisional: ({ refusesRecipient, otherServer }) => refusesRecipient && !otherServer,
  },
  {
    id: 'bare-refusal',
    design: [2],
    words: 'A refusal without telling words says nothing yet.',
    when: ({ tooLittle }) => tooLittle,
    then: 'policy_rejected',
    provisional: ({ refusesRecipient, otherServer }) => refusesRecipient && !otherServer,
  },
  {
    id: 'policy-for-all',
    design: [4],
    words: 'The random recipient got the same refusal by policy: it is about us, and everybody gets it.',
    when: ({ said, sameAsRandom }) => said === 'policy_rejected' && sameAsRandom,
    then: 'blanket_reject',
  },
  AS_THE_REPLY_SAYS,
];
