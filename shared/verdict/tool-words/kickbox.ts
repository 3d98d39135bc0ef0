// Verdicts as Kickbox says them. Columns and reasons: docs.kickbox.com, single verification API, and the README of
// kickboxio/kickbox-node (`email`, which would only repeat the user's column, is left out). `sendex` is our score as a
// share of 1: Kickbox's own is a secret of theirs.
// Always holds: `undeliverable` is said of undeliverable addresses only, and every unknown one is `unknown`.
import { statusOf, type Reason } from '../verdict.ts';
import { acceptsAll, partsOf, type ToolFacts, type ToolWords } from './tool-facts.ts';

type KickboxReason =
  | 'invalid_email' | 'invalid_domain' | 'rejected_email' | 'accepted_email' | 'low_quality' | 'low_deliverability'
  | 'no_connect' | 'timeout' | 'invalid_smtp' | 'unavailable_smtp' | 'unexpected_error';

const KICKBOX_REASON: Readonly<Record<Reason, KickboxReason>> = {
  accepted: 'accepted_email',
  accepted_busy: 'accepted_email',

  syntax_no_at: 'invalid_email',
  syntax_multiple_at: 'invalid_email',
  syntax_no_local: 'invalid_email',
  syntax_no_domain: 'invalid_email',
  syntax_local_too_long: 'invalid_email',
  syntax_domain_too_long: 'invalid_email',
  syntax_too_long: 'invalid_email',
  syntax_bad_character: 'invalid_email',
  syntax_space: 'invalid_email',
  syntax_dots: 'invalid_email',
  syntax_quotes: 'invalid_email',
  syntax_hyphen: 'invalid_email',
  syntax_no_tld: 'invalid_email',
  syntax_bad_tld: 'invalid_email',
  syntax_domain_literal: 'invalid_email',
  syntax_bad_idn: 'invalid_email',
  domain_not_found: 'invalid_domain',
  no_mail_server: 'invalid_domain',
  null_mx: 'invalid_domain',
  unroutable_mx: 'invalid_domain',
  mailbox_not_found: 'rejected_email',
  mailbox_disabled: 'rejected_email',
  domain_not_accepting: 'invalid_domain',

  // "Appears to be deliverable, but deliverability cannot be guaranteed."
  accept_all: 'low_deliverability',
  accepted_unproven: 'low_deliverability',
  mailbox_full: 'low_deliverability',
  role: 'low_quality',
  disposable: 'low_quality',
  no_reply: 'low_quality',
  possible_typo: 'low_quality',
  possible_trap: 'low_quality',

  greylisted: 'unavailable_smtp',
  rate_limited: 'unavailable_smtp',
  ip_blocked: 'unavailable_smtp',
  needs_ptr: 'unavailable_smtp',
  helo_rejected: 'unavailable_smtp',
  sender_rejected: 'unavailable_smtp',
  tls_required: 'unavailable_smtp',
  relay_denied: 'unavailable_smtp',
  policy_rejected: 'unavailable_smtp',
  content_rejected: 'unavailable_smtp',
  blanket_reject: 'invalid_smtp',
  provider_unverifiable: 'invalid_smtp',
  no_connect: 'no_connect',
  timeout: 'timeout',
  dropped: 'unavailable_smtp',
  protocol_error: 'invalid_smtp',
  server_error: 'unavailable_smtp',
  dns_temporary: 'no_connect',
  blocked_target: 'no_connect',
  port25_blocked: 'no_connect',
  smtputf8_unsupported: 'unexpected_error',
  not_probed: 'no_connect',
};

const COLUMNS = ['result', 'reason', 'role', 'free', 'disposable', 'accept_all', 'did_you_mean', 'sendex', 'user', 'domain'] as const;

function cells(facts: ToolFacts): readonly string[] {
  const { reason, flags } = facts;
  const { local, domain } = partsOf(facts.address);
  return [
    // Kickbox's four results are ours, by name and by meaning.
    statusOf(reason),
    KICKBOX_REASON[reason],
    String(flags.has('role')),
    String(flags.has('free')),
    String(flags.has('disposable')),
    String(acceptsAll(facts)),
    facts.didYouMean ?? '',
    String(facts.score / 100),
    local,
    domain,
  ];
}

export const KICKBOX: ToolWords = { columns: COLUMNS, cells };
