// How far an address was followed before its verdict: the question behind the yes-or-no columns that other tools have
// ("has DNS", "can connect"). One table, total over all reasons. What was not found out is never told as a no about the
// address: a column that says no here speaks of the way, and the status beside it stays `unknown`.
import type { Reason } from '../verdict.ts';

/** Each step includes those before it. `syntax`: not even well-formed; `dns`: the domain takes no mail; `way`: its
 *  servers were not reached, or DNS was silent; `server`: a server answered. */
export type Reached = 'syntax' | 'dns' | 'way' | 'server';

export const REACHED: Readonly<Record<Reason, Reached>> = {
  accepted: 'server',
  accepted_busy: 'server',

  syntax_no_at: 'syntax',
  syntax_multiple_at: 'syntax',
  syntax_no_local: 'syntax',
  syntax_no_domain: 'syntax',
  syntax_local_too_long: 'syntax',
  syntax_domain_too_long: 'syntax',
  syntax_too_long: 'syntax',
  syntax_bad_character: 'syntax',
  syntax_space: 'syntax',
  syntax_dots: 'syntax',
  syntax_quotes: 'syntax',
  syntax_hyphen: 'syntax',
  syntax_no_tld: 'syntax',
  syntax_bad_tld: 'syntax',
  syntax_domain_literal: 'syntax',
  syntax_bad_idn: 'syntax',
  domain_not_found: 'dns',
  no_mail_server: 'dns',
  null_mx: 'dns',
  unroutable_mx: 'dns',
  mailbox_not_found: 'server',
  mailbox_disabled: 'server',
  domain_not_accepting: 'server',

  accept_all: 'server',
  accepted_unproven: 'server',
  mailbox_full: 'server',
  role: 'server',
  disposable: 'server',
  no_reply: 'server',
  possible_typo: 'server',
  possible_trap: 'server',

  greylisted: 'server',
  rate_limited: 'server',
  ip_blocked: 'server',
  needs_ptr: 'server',
  helo_rejected: 'server',
  sender_rejected: 'server',
  tls_required: 'server',
  relay_denied: 'server',
  policy_rejected: 'server',
  content_rejected: 'server',
  blanket_reject: 'server',
  provider_unverifiable: 'server',
  no_connect: 'way',
  timeout: 'way',
  dropped: 'server',
  protocol_error: 'server',
  server_error: 'server',
  dns_temporary: 'way',
  blocked_target: 'way',
  port25_blocked: 'way',
  smtputf8_unsupported: 'server',
  not_probed: 'way',
};
