// The verdict on one row in words: what was asked and answered, what that means, what to do; then the facts around it.
import type { JSX, ReactNode } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount, formatMoment } from '../../format.ts';
import { words } from '../../words.ts';

export function Verdict({ detail }: { readonly detail: ResultDetail }): JSX.Element {
  const { row, didYouMean, flags } = detail;
  const { detail: text, flags: flagWords } = words.window;
  const reason = row.reason === null ? null : words.reasons[row.reason];
  const state = text.states[row.state];
  return (
    <section className="verdict">
      <h2 className="detail-address">{row.address.trim() === '' ? words.window.rowStates.empty : row.address}</h2>
      <p className="verdict-badges">
        <StatusBadge status={row.status} state={row.state} />
        {reason === null ? null : <strong>{reason.label}</strong>}
      </p>
      {row.duplicateOf === null ? null : <p>{text.duplicateOf(formatCount(row.duplicateOf))}</p>}
      {state === '' ? null : <p>{state}</p>}
      {didYouMean === null ? null : (
        <p className="did-you-mean">{text.didYouMean} <strong>{didYouMean}</strong>?</p>
      )}
      {reason === null ? null : (
        <dl className="verdict-words">
          <dt>{text.happened}</dt>
          <dd>{reason.happened}</dd>
          <dt>{text.means}</dt>
          <dd>{reason.means}</dd>
          <dt>{text.advice}</dt>
          <dd className="verdict-advice">{reason.advice}</dd>
        </dl>
      )}
      <dl className="facts" aria-label={text.facts}>
        {facts(detail).map(([name, value]) => (
          <Fact key={name} name={name}>{value}</Fact>
        ))}
        {flags.length === 0 ? null : (
          <Fact name={text.flags}>
            <span className="flags">{flags.map((flag) => <span key={flag} className="flag">{flagWords[flag]}</span>)}</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function facts({ row, mx, checkedAtMs, attempt, retryAtMs }: ResultDetail): readonly (readonly [string, string])[] {
  const { detail: text } = words.window;
  const all: readonly (readonly [string, string | null])[] = [
    [text.score, row.score === null ? null : text.scoreOf(formatCount(row.score))],
    [text.mx, mx],
    [text.checkedAt, checkedAtMs === null ? null : formatMoment(checkedAtMs)],
    [text.attempt, attempt === null ? null : formatCount(attempt)],
    [text.retryAt, retryAtMs === null ? null : formatMoment(retryAtMs)],
  ];
  return all.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}
