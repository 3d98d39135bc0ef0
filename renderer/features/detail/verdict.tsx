// The verdict on one row in words: what was asked, what was answered, what that means, what to do (explain-verdict);
// what was read from a cell that holds more than an address; then the facts around it.
import { type JSX } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { explainVerdict } from '../../../shared/words/explain-verdict.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount, formatMoment } from '../../format.ts';
import { otherListText } from '../combine/other-list-text.ts';
import { words } from '../../words.ts';
import { Facts } from './facts.tsx';

interface Props {
  readonly detail: ResultDetail;
  /** The address that was asked. */
  readonly address: string;
}

export function Verdict({ detail, address }: Props): JSX.Element {
  const { row, didYouMean } = detail;
  const { detail: text } = words.window;
  // Why nobody is asked of a DNS-only run's rows is said with the reason.
  const state = row.reason === 'not_probed' ? '' : text.states[row.state];
  return (
    <section className="verdict">
      <h2 className="detail-address">{row.address.trim() === '' ? words.window.rowStates.empty : row.address}</h2>
      <Extracted extracted={detail.extracted} />
      <p className="verdict-badges">
        <StatusBadge status={row.status} state={row.state} reason={row.reason} />
        {row.reason === null ? null : <strong>{words.reasons[row.reason].label}</strong>}
      </p>
      {row.duplicateOf === null ? null : <p>{text.duplicateOf(formatCount(row.duplicateOf))}</p>}
      {row.otherList === undefined ? null : <p>{words.combine.leftOut(otherListText(row) ?? '')}</p>}
      {state === '' ? null : <p>{state}</p>}
      {didYouMean === null ? null : (
        <p className="did-you-mean">{text.didYouMean} <strong>{didYouMean}</strong>?</p>
      )}
      <Explained detail={detail} address={address} />
      <Facts detail={detail} />
    </section>
  );
}

function Explained({ detail, address }: Props): JSX.Element | null {
  const { detail: text } = words.window;
  const { row, flags, mx, attempt, retryAtMs, didYouMean, evidence } = detail;
  if (row.reason === null) return null;
  const facts = { address, reason: row.reason, status: row.status, score: row.score, flags, reply: row.reply, mx, attempt, retryAtMs, didYouMean, evidence };
  const { asked, answered, means, advice } = explainVerdict(facts, { formatTime: formatMoment });
  return (
    <dl className="verdict-words">
      <dt>{text.asked}</dt>
      <dd>{asked}</dd>
      <dt>{text.answered}</dt>
      <dd>{answered}</dd>
      <dt>{text.means}</dt>
      <dd>{means}</dd>
      <dt>{text.advice}</dt>
      <dd className="verdict-advice">{advice}</dd>
    </dl>
  );
}

/** What was taken off a cell that holds more than an address. */
function Extracted({ extracted }: { readonly extracted: ResultDetail['extracted'] }): JSX.Element | null {
  const { detail: text } = words.window;
  if (extracted === null) return null;
  const { address, changes, others } = extracted;
  return (
    <p className="detail-extracted">
      {text.extracted(address, changes.map((change) => text.changes[change]).join(', '))}
      {others === 0 ? null : ` ${text.extractedOthers(others, formatCount(others))}`}
    </p>
  );
}
