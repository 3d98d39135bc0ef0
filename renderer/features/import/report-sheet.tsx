// The report of an import: what was counted, and each record that was left out or remarked on, with its row, its line and
// the reason. Copied and saved it has more than the first of them.
import { useState, type JSX } from 'react';
import type { ImportReportView } from '../../../shared/ipc/imports.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatCount } from '../../format.ts';
import { messageOf } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import './import-sheet.css';
import './batch-sheet.css';

interface Props {
  readonly importId: string;
  readonly onClose: () => void;
}

export function ReportSheet({ importId, onClose }: Props): JSX.Element {
  const text = words.window.import.report;
  const { value, error } = useAsync(importId, () => api.importReport({ importId }));
  const [said, setSaid] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);
  const run = (work: Promise<string | null>): void => {
    work.then(
      (done) => { setSaid(done === null ? null : { text: done, failed: false }); },
      (reason: unknown) => { setSaid({ text: messageOf(reason), failed: true }); },
    );
  };
  const copy = async (): Promise<string> => {
    await api.importCopyReport({ importId });
    return text.copied;
  };
  const save = async (): Promise<string | null> => {
    const saved = await api.importSaveReport({ importId });
    return saved === null ? null : text.saved(saved.name);
  };
  const some = value !== null && value.problemCount > 0;
  return (
    <Sheet
      title={text.title(value?.name ?? '')}
      onClose={onClose}
      actions={
        <>
          <span className="import-queue" role="status">{said?.failed === false ? said.text : null}</span>
          {some ? <Button onClick={() => { run(copy()); }}>{text.copy}</Button> : null}
          {some ? <Button icon="save" onClick={() => { run(save()); }}>{text.save}</Button> : null}
          <Button look="primary" onClick={onClose}>{words.window.common.close}</Button>
        </>
      }
    >
      <div className="import">
        {error === null ? null : <Message kind="error">{error}</Message>}
        {said?.failed === true ? <Message kind="error">{said.text}</Message> : null}
        {value === null ? null : <Content report={value} />}
      </div>
    </Sheet>
  );
}

function Content({ report }: { readonly report: ImportReportView }): JSX.Element {
  const text = words.window.import.report;
  const { problems, problemCount } = report;
  return (
    <>
      <p>{countsOf(report)}</p>
      {problemCount === 0 ? null : (
        <div className="batch" role="region" aria-label={text.why} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col" className="batch-number">{text.row}</th>
                <th scope="col" className="batch-number">{text.line}</th>
                <th scope="col">{text.what}</th>
                <th scope="col">{text.why}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ row, line, problem, dropped }, index) => (
                <tr key={index}>
                  <td className="batch-number">{formatCount(row)}</td>
                  <td className="batch-number">{formatCount(line)}</td>
                  <td className={dropped ? 'batch-left' : undefined}>{dropped ? text.left : text.kept}</td>
                  <td className="batch-why">{problem}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problemCount > problems.length ? <p className="import-hint">{text.shown(formatCount(problems.length), formatCount(problemCount))}</p> : null}
    </>
  );
}

function countsOf({ rows, duplicates, empty, extracted, suppressed, blankLines, elsewhere, droppedCount, problemCount }: ImportReportView): string {
  const { report, ...text } = words.window.import;
  const remarks = problemCount - droppedCount;
  const counts = ([[droppedCount, report.dropped], [remarks, report.remarks], [duplicates, text.duplicates], [empty, text.empty], [extracted, text.extracted], [suppressed, text.suppressed], [blankLines, report.blank]] as const)
    .filter(([count]) => count > 0)
    .map(([count, say]) => say(count, formatCount(count)));
  for (const { name, rows: count } of elsewhere) counts.push(report.elsewhere(words.window.common.rows(count, formatCount(count)), name));
  const imported = report.imported(words.window.common.rows(rows, formatCount(rows)));
  const nothing = droppedCount === 0 ? [report.nothing] : [];
  return [imported, ...nothing, ...(counts.length === 0 ? [] : [counts.join(' · ')])].join(' ');
}
