// The facts around a verdict: whether it is safe to send, the score and how it came about, who runs the mail server, when
// it was asked, and the marks. Settings that matter (weights, risky lists) are those in force now.
import type { JSX, ReactNode } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { providerOfFlag } from '../../../shared/verdict/mail-providers.ts';
import { safeToSend } from '../../../shared/verdict/score.ts';
import { api } from '../../api.ts';
import { formatCount, formatMoment } from '../../format.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { ScoreSum } from './score-sum.tsx';

export function Facts({ detail }: { readonly detail: ResultDetail }): JSX.Element {
  const { detail: text, flags: flagWords } = words.window;
  const { row, flags, mx, checkedAtMs, attempt, retryAtMs } = detail;
  // Asked anew with each row: the preferences may have been changed meanwhile, in their own window.
  const settings = useAsync(`settings ${String(row.row)}`, () => api.settingsGet()).value?.settings ?? null;
  const marks = flags.filter((flag) => providerOfFlag(flag) === null);
  return (
    <dl className="facts" aria-label={text.facts}>
      {row.status === null || settings === null ? null : (
        <Fact name={text.safe}>{safeToSend(row.status, flags, settings.verdict) ? text.safeYes : text.safeNo}</Fact>
      )}
      {row.score === null ? null : (
        <Fact name={text.score}>
          {text.scoreOf(formatCount(row.score))}
          {settings === null ? null : <ScoreSum detail={detail} weights={settings.score} />}
        </Fact>
      )}
      {mx === null ? null : <Fact name={text.mx}>{mx}</Fact>}
      {flags.map((flag) => {
        const provider = providerOfFlag(flag);
        return provider === null ? null : <Fact key={flag} name={text[provider.kind]}>{provider.name}</Fact>;
      })}
      {checkedAtMs === null ? null : <Fact name={text.checkedAt}>{formatMoment(checkedAtMs)}</Fact>}
      {attempt === null || attempt === 0 ? null : <Fact name={text.attempt}>{formatCount(attempt)}</Fact>}
      {retryAtMs === null ? null : <Fact name={text.retryAt}>{formatMoment(retryAtMs)}</Fact>}
      {marks.length === 0 ? null : (
        <Fact name={text.flags}>
          <span className="flags">{marks.map((flag) => <span key={flag} className="flag">{flagWords[flag]}</span>)}</span>
        </Fact>
      )}
    </dl>
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
