// Words that are clearly about us, in the order in which they are read: before any other evidence (verdicts.md), since
// `550 5.1.1 … has sent to too many recipients this hour` is a rate limit whatever its code says.
// The most certain families come first; none may ever lead to `undeliverable`.
import type { WordRule } from './word-rule.ts';
import { GREYLISTED, HELO_REJECTED, HOST_REFUSED, LOGIN_WANTED, NEEDS_PTR, ON_BLOCK_LIST, RATE_LIMITED, RELAY_DENIED, TLS_REQUIRED } from './words-about-connection.ts';
import { CONTENT_REJECTED, HEADERS_REJECTED, POLICY_REJECTED } from './words-about-content.ts';
import { DOMAIN_ON_LIST, SENDER_AUTHENTICATION, SENDER_ON_LIST, SENDER_REJECTED } from './words-about-sender.ts';

/** A server that asked another one and got no answer (Postfix reject_unverified_recipient): its trouble, not a refusal. */
const NOT_VERIFIED: WordRule = {
  reason: 'server_error',
  when: /(?:unverified|undeliverable) address:? (?:connect to|lost connection|conversation with|timed out|mail for|network|dns|temporar|service unavailable|unable|cannot|could not)/u,
  unless: /sender/u,
};

/** Postfix reject_unauth_pipelining names the client, but it is how commands came that was refused. */
const IMPROPER_PIPELINING: WordRule = { reason: 'policy_rejected', when: /improper use of smtp/u };

/** Postfix says so of its own broken table, in any restriction's place. */
const MISCONFIGURED: WordRule = { reason: 'server_error', when: /server configuration (?:error|problem)/u };

export const WORDS_ABOUT_US: readonly WordRule[] = [
  NOT_VERIFIED,
  MISCONFIGURED,
  IMPROPER_PIPELINING,
  GREYLISTED,
  TLS_REQUIRED,
  NEEDS_PTR,
  HEADERS_REJECTED,
  // Authentication of the sender's domain stands before rates: a mail "rate limited because there is no DMARC alignment".
  SENDER_AUTHENTICATION,
  DOMAIN_ON_LIST,
  SENDER_ON_LIST,
  ON_BLOCK_LIST,
  RATE_LIMITED,
  RELAY_DENIED,
  HELO_REJECTED,
  HOST_REFUSED,
  SENDER_REJECTED,
  LOGIN_WANTED,
  CONTENT_REJECTED,
  POLICY_REJECTED,
];
