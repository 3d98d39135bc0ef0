// Verdicts as NeverBounce's downloads say them. Columns: `email_status` and the columns that its download appends on
// demand (jobs/download; `_appends_options` in NeverBounceApi-Python), yes and no as 1 and 0, its default; `flags` and
// `suggested_correction` as its results name them (developers.neverbounce.com, jobs/results), flags joined by a space.
// NeverBounce has no word for risk: a shared mailbox is `valid` with the flag `role_account`, as there.
// Always holds: `invalid` is said of undeliverable addresses only, and every unknown one is `unknown`.
import { type STATUS_OF_REASON, statusOf, type Reason } from '../verdict.ts';
import { REACHED } from './reached.ts';
import { acceptsAll, type ToolFacts, type ToolWords } from './tool-facts.ts';

type Result = 'valid' | 'invalid' | 'disposable' | 'catchall' | 'unknown';

/** Every other reason has its status's word. A new risky reason does not compile before it has one here. */
type Risky = { [R in Reason]: (typeof STATUS_OF_REASON)[R] extends 'risky' ? R : never }[Reason];

const RISKY: Readonly<Record<Risky, Result>> = {
  accept_all: 'catchall',
  // Accepted, and it could not be told whether everybody is: "cannot be individually verified".
  accepted_unproven: 'catchall',
  mailbox_full: 'unknown',
  role: 'valid',
  disposable: 'disposable',
  no_reply: 'valid',
  // Accepted, but better not mailed unseen: nothing that it calls good, and nothing that is gone.
  possible_typo: 'unknown',
  possible_trap: 'unknown',
};

const COLUMNS = [
  'email_status',
  'bad_syntax',
  'free_email_host',
  'role_account',
  'has_dns_info',
  'has_mail_server',
  'mail_server_reachable',
  'flags',
  'suggested_correction',
] as const;

function resultOf(reason: Reason): Result {
  const status = statusOf(reason);
  switch (status) {
    case 'deliverable':
      return 'valid';
    case 'undeliverable':
      return 'invalid';
    case 'unknown':
      return 'unknown';
    case 'risky':
      return isRisky(reason) ? RISKY[reason] : 'unknown';
  }
}

function isRisky(reason: Reason): reason is Risky {
  return Object.hasOwn(RISKY, reason);
}

function cells(facts: ToolFacts): readonly string[] {
  const { reason } = facts;
  const flags = flagsOf(facts);
  const bit = (flag: string): string => (flags.includes(flag) ? '1' : '0');
  return [
    resultOf(reason),
    bit('bad_syntax'),
    bit('free_email_host'),
    bit('role_account'),
    bit('has_dns'),
    bit('has_dns_mx'),
    bit('smtp_connectable'),
    flags.join(' '),
    facts.didYouMean ?? '',
  ];
}

function flagsOf(facts: ToolFacts): readonly string[] {
  const { reason, flags } = facts;
  const reached = REACHED[reason];
  const takesMail = reached === 'way' || reached === 'server';
  const all: readonly (readonly [string, boolean])[] = [
    ['has_dns', takesMail && reason !== 'dns_temporary'],
    ['has_dns_mx', takesMail && reason !== 'dns_temporary' && !flags.has('implicit_mx')],
    ['bad_syntax', reached === 'syntax'],
    ['free_email_host', flags.has('free')],
    ['role_account', flags.has('role') || flags.has('no_reply')],
    ['disposable_email', flags.has('disposable')],
    ['spelling_mistake', flags.has('typo')],
    ['bad_dns', reached === 'dns'],
    ['temporary_dns_error', reason === 'dns_temporary'],
    ['connect_fails', reason === 'no_connect' || reason === 'timeout' || reason === 'port25_blocked'],
    ['accepts_all', acceptsAll(facts)],
    ['contains_alias', flags.has('tagged')],
    ['smtp_connectable', reached === 'server'],
    ['spamtrap_network', flags.has('trap') || reason === 'possible_trap'],
  ];
  return all.filter(([, holds]) => holds).map(([name]) => name);
}

export const NEVERBOUNCE: ToolWords = { columns: COLUMNS, cells };
