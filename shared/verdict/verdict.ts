// The verdict taxonomy: statuses, reasons and row states.
// Reasons are stable strings and part of the public interface (exports, headless JSON, stores on disk):
// never rename one. Every reason belongs to exactly one status.
// The invariant: `undeliverable` needs certain evidence about the address; a refusal of us is `unknown`.
// Source: the product's verdict design; RFC 5321, RFC 3463, RFC 7505.
import { MAIL_FLAGS, type MailFlag } from './mail-providers.ts';

export const STATUSES = ['deliverable', 'undeliverable', 'risky', 'unknown'] as const;
export type Status = (typeof STATUSES)[number];

/** Reason → status, in the order in which they are documented and shown. */
export const STATUS_OF_REASON = {
  accepted: 'deliverable',
  accepted_busy: 'deliverable',

  syntax_no_at: 'undeliverable',
  syntax_multiple_at: 'undeliverable',
  syntax_no_local: 'undeliverable',
  syntax_no_domain: 'undeliverable',
  syntax_local_too_long: 'undeliverable',
  syntax_domain_too_long: 'undeliverable',
  syntax_too_long: 'undeliverable',
  syntax_bad_character: 'undeliverable',
  syntax_space: 'undeliverable',
  syntax_dots: 'undeliverable',
  syntax_quotes: 'undeliverable',
  syntax_hyphen: 'undeliverable',
  syntax_no_tld: 'undeliverable',
  syntax_bad_tld: 'undeliverable',
  syntax_domain_literal: 'undeliverable',
  syntax_bad_idn: 'undeliverable',
  domain_not_found: 'undeliverable',
  no_mail_server: 'undeliverable',
  null_mx: 'undeliverable',
  unroutable_mx: 'undeliverable',
  mailbox_not_found: 'undeliverable',
  mailbox_disabled: 'undeliverable',
  domain_not_accepting: 'undeliverable',

  accept_all: 'risky',
  accepted_unproven: 'risky',
  mailbox_full: 'risky',
  role: 'risky',
  disposable: 'risky',
  no_reply: 'risky',
  possible_typo: 'risky',
  possible_trap: 'risky',

  greylisted: 'unknown',
  rate_limited: 'unknown',
  ip_blocked: 'unknown',
  needs_ptr: 'unknown',
  helo_rejected: 'unknown',
  sender_rejected: 'unknown',
  tls_required: 'unknown',
  relay_denied: 'unknown',
  policy_rejected: 'unknown',
  content_rejected: 'unknown',
  blanket_reject: 'unknown',
  provider_unverifiable: 'unknown',
  no_connect: 'unknown',
  timeout: 'unknown',
  dropped: 'unknown',
  protocol_error: 'unknown',
  server_error: 'unknown',
  dns_temporary: 'unknown',
  blocked_target: 'unknown',
  port25_blocked: 'unknown',
  smtputf8_unsupported: 'unknown',
  not_probed: 'unknown',
} as const satisfies Record<string, Status>;

export type Reason = keyof typeof STATUS_OF_REASON;
export const REASONS = Object.keys(STATUS_OF_REASON) as readonly Reason[];

/** The status that a reason belongs to. Total: every reason has one. */
export function statusOf(reason: Reason): Status {
  return STATUS_OF_REASON[reason];
}

export function isStatus(value: string): value is Status {
  return (STATUSES as readonly string[]).includes(value);
}

export function isReason(value: string): value is Reason {
  return Object.hasOwn(STATUS_OF_REASON, value);
}

/** What a row is, beside its verdict. `done`: its verdict is final for this run. */
export const ROW_STATES = ['pending', 'scheduled', 'done', 'duplicate', 'suppressed', 'empty'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** Flags that say something of the address or of how it was asked. */
export const PLAIN_FLAGS = [
  'free',
  'role',
  'disposable',
  'no_reply',
  'tagged',
  'typo',
  'trap',
  'special_use',
  'smtputf8',
  'implicit_mx',
  'aliased_mx',
  'tls',
  'tls_unverified',
  'practice',
] as const;
export type PlainFlag = (typeof PLAIN_FLAGS)[number];

/** Flags on any verdict; `winnow_flags` on export, joined by a space. `provider:…` and `gateway:…` say who runs the mail
 *  server, by its MX name (mail-providers.ts). */
export const FLAGS: readonly Flag[] = [...PLAIN_FLAGS, ...MAIL_FLAGS];
export type Flag = PlainFlag | MailFlag;
