// Every result of the preflight, what needs somebody first; checked again on demand. Where it was opened by starting a
// list, the ways to go on stand below.
import { useEffect, useState, type JSX } from 'react';
import type { CheckResult } from '../../../shared/preflight/report.ts';
import { toLookAt } from '../../../shared/preflight/report.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatMoment } from '../../format.ts';
import { attempt, messageOf } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { beginAnyway, beginDnsOnly } from './begin-run.ts';
import { CheckRow } from './check-row.tsx';
import { showPreflight, type OpenPreflight } from './preflight-sheet-state.ts';
import { usePreflight } from './use-preflight.ts';
import './preflight-sheet.css';

const URGENCY: Readonly<Record<CheckResult['state'], number>> = { failed: 0, warning: 1, unknown: 2, ok: 3, skipped: 4 };

export function PreflightSheet({ wanted }: { readonly wanted: OpenPreflight }): JSX.Element {
  const { preflight: text } = words;
  const { practice, offerFor } = wanted;
  const { running, report } = usePreflight(practice);
  const [failure, setFailure] = useState<string | null>(null);

  const check = (fresh: boolean): void => {
    setFailure(null);
    api.preflightCheck({ practice, fresh }).catch((error: unknown) => { setFailure(messageOf(error)); });
  };
  useEffect(() => { check(false); }, [practice]);

  const close = (): void => { showPreflight(null); };
  const start = (begin: Promise<void>): void => {
    close();
    attempt(begin);
  };
  const checks = [...(report?.checks ?? [])].sort((a, b) => URGENCY[a.state] - URGENCY[b.state]);

  return (
    <Sheet
      title={text.title}
      onClose={close}
      actions={
        <>
          <Button disabled={running} onClick={() => { check(true); }}>{text.checkAgain}</Button>
          {offerFor === null ? (
            <Button look="primary" onClick={close}>{text.close}</Button>
          ) : (
            <>
              <Button onClick={() => { start(beginAnyway(offerFor, wanted.again ?? null)); }}>{text.startAnyway}</Button>
              <Button look="primary" title={text.dnsOnlyHint} onClick={() => { start(beginDnsOnly(offerFor)); }}>{text.dnsOnly}</Button>
            </>
          )}
        </>
      }
    >
      <p className="preflight-intro">
        {practice ? text.introPractice : text.intro}
        {report === null ? null : ` ${text.checkedAt(formatMoment(report.endedAtMs))}.`}
      </p>
      {failure === null ? null : <Message kind="error">{failure}</Message>}
      <p className="preflight-sum" role="status">
        {running ? text.checking : report === null ? text.notChecked : toLookAt(report).length === 0 ? text.allGood : text.toLookAt(toLookAt(report).length)}
      </p>
      <ul className="check-rows" aria-busy={running}>
        {checks.map((one) => <CheckRow key={one.id} check={one} />)}
      </ul>
      {offerFor === null ? null : <p className="preflight-intro">{text.dnsOnlyHint}</p>}
    </Sheet>
  );
}
