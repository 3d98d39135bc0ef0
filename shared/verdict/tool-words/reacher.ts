// Verdicts as Reacher's bulk results (CSV) say them. Columns and their order: `CsvResponse` in reacherhq/
// check-if-email-exists, backend/src/http/v1/bulk/get_results/csv_helper.rs, without `input`, which is the user's column.
// Always holds: `invalid` is said of undeliverable addresses only, and every unknown one is `unknown`, with the reason
// in `error`: Reacher fills its yes-or-no columns with `false` there too, which then says nothing about the mailbox.
import { statusOf, type Status } from '../verdict.ts';
import { REACHED } from './reached.ts';
import { acceptsAll, partsOf, type ToolFacts, type ToolWords } from './tool-facts.ts';

const IS_REACHABLE: Readonly<Record<Status, string>> = { deliverable: 'safe', undeliverable: 'invalid', risky: 'risky', unknown: 'unknown' };

const COLUMNS = [
  'is_reachable',
  'misc.is_disposable',
  'misc.is_role_account',
  'misc.gravatar_url',
  'mx.accepts_mail',
  'smtp.can_connect',
  'smtp.has_full_inbox',
  'smtp.is_catch_all',
  'smtp.is_deliverable',
  'smtp.is_disabled',
  'syntax.is_valid_syntax',
  'syntax.domain',
  'syntax.username',
  'error',
] as const;

function cells(facts: ToolFacts): Readonly<Record<(typeof COLUMNS)[number], string>> {
  const { reason, flags } = facts;
  const status = statusOf(reason);
  const reached = REACHED[reason];
  const { local, domain } = partsOf(facts.address);
  return {
    is_reachable: IS_REACHABLE[status],
    'misc.is_disposable': String(flags.has('disposable')),
    'misc.is_role_account': String(flags.has('role')),
    // Nobody is asked for pictures: it would tell a third party whom the list names.
    'misc.gravatar_url': '',
    'mx.accepts_mail': String(reached === 'server' || reached === 'way'),
    'smtp.can_connect': String(reached === 'server'),
    'smtp.has_full_inbox': String(reason === 'mailbox_full'),
    'smtp.is_catch_all': String(acceptsAll(facts)),
    'smtp.is_deliverable': String(status === 'deliverable' || (status === 'risky' && reason !== 'mailbox_full')),
    'smtp.is_disabled': String(reason === 'mailbox_disabled'),
    'syntax.is_valid_syntax': String(reached !== 'syntax'),
    'syntax.domain': domain,
    'syntax.username': local,
    error: status === 'unknown' ? reason : '',
  };
}

export const REACHER: ToolWords = { columns: COLUMNS, cells: (facts) => { const row = cells(facts); return COLUMNS.map((name) => row[name]); } };
