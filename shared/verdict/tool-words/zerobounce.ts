// Verdicts as ZeroBounce's result files say them. Columns: the result CSV in ZeroBounce's own SDK tests (zero-bounce-php-
// sdk-setup, zero-bounce-python-sdk-setup); statuses and sub-statuses: zerobounce.net/docs/email-list-validation/
// status-codes. What only a data broker knows (names, gender) stays empty, as there where it is not known.
// Always holds: `invalid` is said of undeliverable addresses only. ZeroBounce itself calls full mailboxes and typing
// mistakes invalid; here they are `unknown` and `do_not_mail`, with its own sub-status beside it.
import type { Reason } from '../verdict.ts';
import { REACHED } from './reached.ts';
import { acceptsAll, partsOf, type ToolFacts, type ToolWords } from './tool-facts.ts';

/** Status and sub-status. */
type Word = readonly [status: 'valid' | 'invalid' | 'catch-all' | 'do_not_mail' | 'unknown', sub: string];

const SYNTAX: Word = ['invalid', 'failed_syntax_check'];
/** Refusals of whoever asks: "anti-spam systems that prevent us from validating". */
const REFUSED_US: Word = ['unknown', 'antispam_system'];

const ZEROBOUNCE_WORD: Readonly<Record<Reason, Word>> = {
  accepted: ['valid', ''],
  accepted_busy: ['valid', ''],

  syntax_no_at: SYNTAX,
  syntax_multiple_at: SYNTAX,
  syntax_no_local: SYNTAX,
  syntax_no_domain: SYNTAX,
  syntax_local_too_long: SYNTAX,
  syntax_domain_too_long: SYNTAX,
  syntax_too_long: SYNTAX,
  syntax_bad_character: SYNTAX,
  syntax_space: SYNTAX,
  syntax_dots: SYNTAX,
  syntax_quotes: SYNTAX,
  syntax_hyphen: SYNTAX,
  syntax_no_tld: SYNTAX,
  syntax_bad_tld: SYNTAX,
  syntax_domain_literal: SYNTAX,
  syntax_bad_idn: SYNTAX,
  domain_not_found: ['invalid', 'no_dns_entries'],
  no_mail_server: ['invalid', 'no_dns_entries'],
  null_mx: ['invalid', 'does_not_accept_mail'],
  unroutable_mx: ['invalid', 'unroutable_ip_address'],
  mailbox_not_found: ['invalid', 'mailbox_not_found'],
  mailbox_disabled: ['invalid', 'mailbox_not_found'],
  domain_not_accepting: ['invalid', 'does_not_accept_mail'],

  accept_all: ['catch-all', ''],
  // Accepted, and it could not be told whether everybody is: "impossible to validate without sending a real email".
  accepted_unproven: ['catch-all', ''],
  mailbox_full: ['unknown', 'mailbox_quota_exceeded'],
  role: ['do_not_mail', 'role_based'],
  disposable: ['do_not_mail', 'disposable'],
  no_reply: ['do_not_mail', 'role_based'],
  possible_typo: ['do_not_mail', 'possible_typo'],
  possible_trap: ['do_not_mail', 'possible_trap'],

  greylisted: ['unknown', 'greylisted'],
  rate_limited: ['unknown', 'mail_server_temporary_error'],
  ip_blocked: REFUSED_US,
  needs_ptr: REFUSED_US,
  helo_rejected: REFUSED_US,
  sender_rejected: REFUSED_US,
  tls_required: ['unknown', 'failed_smtp_connection'],
  relay_denied: REFUSED_US,
  policy_rejected: REFUSED_US,
  content_rejected: REFUSED_US,
  blanket_reject: REFUSED_US,
  provider_unverifiable: REFUSED_US,
  no_connect: ['unknown', 'failed_smtp_connection'],
  timeout: ['unknown', 'timeout_exceeded'],
  dropped: ['unknown', 'forcible_disconnect'],
  protocol_error: ['unknown', 'exception_occurred'],
  server_error: ['unknown', 'mail_server_temporary_error'],
  dns_temporary: ['unknown', 'mail_server_did_not_respond'],
  blocked_target: ['unknown', 'failed_smtp_connection'],
  port25_blocked: ['unknown', 'failed_smtp_connection'],
  smtputf8_unsupported: ['unknown', 'exception_occurred'],
  not_probed: ['unknown', 'failed_smtp_connection'],
};

const COLUMNS = [
  'ZB Status',
  'ZB Sub Status',
  'ZB Account',
  'ZB Domain',
  'ZB First Name',
  'ZB Last Name',
  'ZB Gender',
  'ZB Free Email',
  'ZB MX Found',
  'ZB MX Record',
  'ZB SMTP Provider',
  'ZB Did You Mean',
] as const;

function cells(facts: ToolFacts): readonly string[] {
  const { reason, flags } = facts;
  const [status, sub] = ZEROBOUNCE_WORD[reason];
  const { local, domain } = partsOf(facts.address);
  const reached = REACHED[reason];
  const noMx = reached === 'syntax' || reached === 'dns' || flags.has('implicit_mx');
  const provider = [...flags].find((flag) => flag.startsWith('provider:'))?.slice('provider:'.length) ?? '';
  return [
    status,
    sub === 'role_based' && acceptsAll(facts) ? 'role_based_catch_all' : sub,
    local,
    domain,
    '',
    '',
    '',
    flags.has('free') ? 'True' : 'False',
    String(!noMx),
    facts.mx ?? '',
    provider,
    facts.didYouMean ?? '',
  ];
}

export const ZEROBOUNCE: ToolWords = {
  columns: COLUMNS,
  cells,
  // "Emails that are found in many popular global suppression lists": the nearest that it has to the user's own.
  suppressed: ['do_not_mail', 'global_suppression', ...COLUMNS.slice(2).map(() => '')],
};
