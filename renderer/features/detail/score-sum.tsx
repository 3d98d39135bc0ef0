// How a score came about: what the verdict starts from, what each mark took off, and the sum. Computed with the weights
// that are set now; where those give another score than the verdict has, it was given with others, and that is said
// instead of a sum that does not add up.
import type { JSX } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { scoreParts } from '../../../shared/verdict/score.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

interface Props {
  readonly detail: ResultDetail;
  readonly weights: Settings['score'];
}

export function ScoreSum({ detail, weights }: Props): JSX.Element | null {
  const { detail: text, flags: flagWords } = words.window;
  const { reason, score } = detail.row;
  if (reason === null || score === null) return null;
  if (statusOf(reason) === 'undeliverable') return <p className="score-note">{text.scoreDead}</p>;
  const parts = scoreParts(reason, detail.flags, weights);
  if (parts.score !== score) return <p className="score-note">{text.scoreOther}</p>;
  const sum = parts.deductions.reduce((left, { points }) => left - points, parts.base);
  return (
    <dl className="score-sum" aria-label={text.scoreHow}>
      <div>
        <dt>{text.scoreStart(words.reasons[reason].label)}</dt>
        <dd>{formatCount(parts.base)}</dd>
      </div>
      {parts.deductions.map(({ flag, points }) => (
        <div key={flag}>
          <dt>{text.scoreLess(flagWords[flag])}</dt>
          <dd>−{formatCount(points)}</dd>
        </div>
      ))}
      {sum < parts.score ? <div><dt>{text.scoreBound}</dt><dd /></div> : null}
      <div className="score-total">
        <dt>{text.scoreTotal}</dt>
        <dd>{formatCount(parts.score)}</dd>
      </div>
    </dl>
  );
}
