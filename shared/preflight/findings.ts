// Every finding of the preflight and what it makes of its check: the one table that the checks, the words and the window
// share. A finding is a stable string; which check it belongs to stands in the check's result.
// Always holds: what could not be found out is `unknown`, never `failed`.

export const CHECK_IDS = ['port25', 'portal', 'dns', 'public_ip', 'ptr', 'helo', 'mail_from', 'spf', 'block_lists'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown' | 'skipped';

export const STATE_OF_FINDING = {
  port25_open: 'ok',
  port25_partly: 'ok',
  port25_refused: 'failed',
  port25_silent: 'failed',
  port25_unreachable: 'failed',
  port25_proxy: 'failed',
  port25_mute: 'failed',
  port25_no_hosts: 'unknown',

  portal_none: 'ok',
  portal_impossible_host: 'failed',
  portal_same_greeting: 'failed',
  portal_masked: 'warning',
  portal_unknown: 'unknown',

  dns_honest: 'ok',
  dns_hijacked: 'failed',
  dns_silent: 'failed',

  public_ip_found: 'ok',
  public_ip_several: 'warning',
  public_ip_unknown: 'unknown',

  ptr_matches: 'ok',
  ptr_other_name: 'warning',
  ptr_unconfirmed: 'failed',
  ptr_missing: 'failed',
  ptr_unknown: 'unknown',

  helo_ok: 'ok',
  helo_resolves: 'ok',
  helo_other_address: 'warning',
  helo_not_set: 'failed',
  helo_no_address: 'failed',
  helo_unknown: 'unknown',

  mail_from_ok: 'ok',
  mail_from_implicit: 'warning',
  mail_from_empty: 'warning',
  mail_from_no_domain: 'failed',
  mail_from_no_mx: 'failed',
  mail_from_unknown: 'unknown',

  spf_pass: 'ok',
  spf_none: 'warning',
  spf_neutral: 'warning',
  spf_softfail: 'warning',
  spf_fail: 'failed',
  spf_permerror: 'failed',
  spf_temperror: 'unknown',
  spf_macro: 'unknown',
  spf_ip_unknown: 'unknown',
  spf_no_domain: 'skipped',

  block_lists_clean: 'ok',
  block_lists_listed: 'failed',
  block_lists_policy: 'warning',
  block_lists_refused: 'unknown',
  block_lists_silent: 'unknown',
  block_lists_ip_unknown: 'unknown',

  /** The check did not end by its deadline, or was stopped. */
  gave_up: 'unknown',
} as const satisfies Record<string, CheckState>;

export type Finding = keyof typeof STATE_OF_FINDING;
export const FINDINGS = Object.keys(STATE_OF_FINDING) as readonly Finding[];

export function stateOfFinding(finding: Finding): CheckState {
  return STATE_OF_FINDING[finding];
}
