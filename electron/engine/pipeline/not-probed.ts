// DNS only: what is said of an address whose domain can take mail when no mail server is asked. It is no attempt, so none
// is counted, and the row stays open: a full run finds it due at once.
import type { VerdictRecord } from '../../worker/interface.ts';
import type { OutcomeResult } from './outcome.ts';

export const NOT_PROBED: OutcomeResult = {
  kind: 'local',
  stage: 'LOCAL',
  reason: 'not_probed',
  detail: 'DNS only: the domain can take mail, and no mail server was asked',
};

export function openForFullRun(record: VerdictRecord): VerdictRecord {
  if (record.reason !== 'not_probed') return record;
  const attempt = record.attempt - 1;
  return { ...record, attempt, retryAtMs: record.checkedAtMs, evidence: record.evidence.map((piece) => ({ ...piece, attempt })) };
}
