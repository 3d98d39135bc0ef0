// The figures of an estimate: how many addresses and domains, who serves them, how long it may take, and on what that
// rests. Says what is not known as plainly as what is.
import type { JSX } from 'react';
import type { AgainChoice, Estimate } from '../../../shared/ipc/jobs.ts';
import { Message } from '../../components/message.tsx';
import { formatCount, formatShare } from '../../format.ts';
import { words } from '../../words.ts';
import { inWords } from '../list/time-left.ts';
import { useEstimate } from './use-estimate.ts';
import './jobs.css';

export function EstimateView({ listId, again }: { readonly listId: number; readonly again: AgainChoice | null }): JSX.Element {
  const { estimate: text } = words.jobs;
  const { value, failure } = useEstimate(listId, again);
  if (failure !== null) return <Message kind="error">{failure}</Message>;
  if (value === null) return <p className="estimate-working" role="status">{text.working}</p>;
  if (value.rows === 0) return <p role="status">{text.nothing}</p>;
  return (
    <div className="estimate" role="status">
      <p className="estimate-sum">
        {text.addresses(value.rows, formatCount(value.rows))} {text.inDomains(value.domains, formatCount(value.domains))}
      </p>
      <dl className="estimate-facts">
        <dt>{text.time}</dt>
        <dd>{timeOf(value)}</dd>
      </dl>
      <Servers estimate={value} />
      <p className="estimate-basis">
        {value.sampled.domains === 0 ? text.basisNone : text.basis(formatCount(value.sampled.domains), formatShare(value.sampled.rows, value.rows))} {text.limits}
      </p>
    </div>
  );
}

function Servers({ estimate }: { readonly estimate: Estimate }): JSX.Element {
  const { estimate: text } = words.jobs;
  const unseen = estimate.rows - estimate.sampled.rows;
  const lines = [
    ...estimate.destinations.map(({ name, rows }) => ({ name: name ?? text.others, rows })),
    ...(estimate.noMail > 0 ? [{ name: text.noMail, rows: estimate.noMail }] : []),
    ...(unseen > 0 ? [{ name: text.unseen, rows: unseen }] : []),
  ];
  return (
    <table className="estimate-servers">
      <caption>{text.servers}</caption>
      <tbody>
        {lines.map(({ name, rows }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{formatCount(rows)}</td>
            <td>{formatShare(rows, estimate.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function timeOf({ secondsAtLeast, secondsAtMost }: Estimate): string {
  const { estimate: text } = words.jobs;
  const [least, most] = [inWords(secondsAtLeast, words.window.time), inWords(secondsAtMost, words.window.time)];
  return least === most ? text.same(least) : text.between(least, most);
}
