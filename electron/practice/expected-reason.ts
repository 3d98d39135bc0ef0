// What a right verification of the practice world ends with, once nothing is scheduled any more: the sample list's
// `expected_reason`. Says what verdicts.md says of each kind of host, from the same tables that the hosts answer from.
// Written out by hand on purpose: it must not be derived from the code that it judges.
import type { Reason } from '../../shared/verdict/verdict.ts';
import { DISPOSABLE_DOMAINS, LIVE_TYPO_DOMAIN, personalityOf, type PersonalityId } from './personalities.ts';
import { mailboxStateOf, ROLE_MAILBOXES, type MailboxState } from './population.ts';

type Expectation = Reason | Readonly<Record<MailboxState, Reason>>;

/** A server that tells what is the matter with a mailbox. */
const TELLING = { active: 'accepted', absent: 'mailbox_not_found', full: 'mailbox_full', disabled: 'mailbox_disabled' } as const;

const EXPECTED: Readonly<Record<PersonalityId, Expectation>> = {
  google: TELLING,
  'microsoft-365': TELLING,
  'microsoft-consumer': TELLING,
  postfix: TELLING,
  'postfix-hosted': TELLING,
  exim: TELLING,
  'no-pipelining': TELLING,
  greylister: TELLING,
  'rate-limiter': TELLING,
  tarpit: TELLING,
  'implicit-mx': TELLING,
  // Others were accepted there, so a bare refusal means the mailbox (faults row 28).
  'bare-refuser': { active: 'accepted', absent: 'mailbox_not_found', full: 'mailbox_not_found', disabled: 'mailbox_not_found' },
  'catch-all': 'accept_all',
  yahoo: 'provider_unverifiable',
  'blanket-refuser': 'blanket_reject',
  'blocker-at-rcpt': 'ip_blocked',
  'blocker-at-greeting': 'ip_blocked',
  dead: 'no_connect',
  'null-mx': 'null_mx',
  'no-mail-server': 'no_mail_server',
};

/** Hosts that offer SMTPUTF8; elsewhere a UTF-8 local part cannot be asked about. */
const SMTPUTF8_HOSTS: ReadonlySet<PersonalityId> = new Set<PersonalityId>(['google', 'microsoft-365', 'microsoft-consumer']);
/** There a connection is never made, so that nobody gets to ask for SMTPUTF8. */
const NO_SESSION: ReadonlySet<PersonalityId> = new Set<PersonalityId>(['dead', 'null-mx', 'no-mail-server', 'blocker-at-greeting']);

/** `localPart` as in the list; `domain` a lower-case A-label. For addresses without a syntax fault. */
export function expectedReason(localPart: string, domain: string): Reason {
  const personality = personalityOf(domain);
  if (personality === null) return 'domain_not_found';
  const needsUtf8 = /[^\x20-\x7e]/.test(localPart);
  if (needsUtf8 && !SMTPUTF8_HOSTS.has(personality.id) && !NO_SESSION.has(personality.id)) return 'smtputf8_unsupported';
  const expectation = EXPECTED[personality.id];
  const reason = typeof expectation === 'string' ? expectation : expectation[mailboxStateOf(localPart)];
  return reason === 'accepted' ? listReason(localPart.toLowerCase(), domain) : reason;
}

/** An accepted address that a list names is risky; with the default settings. */
function listReason(local: string, domain: string): Reason {
  if ((DISPOSABLE_DOMAINS as readonly string[]).includes(domain)) return 'disposable';
  if (domain === LIVE_TYPO_DOMAIN) return 'possible_typo';
  if (local === 'no-reply' || local === 'noreply') return 'no_reply';
  return (ROLE_MAILBOXES as readonly string[]).includes(local) ? 'role' : 'accepted';
}
