// One address list: what it is, what is in force, the buttons, and what came of the last one. Buttons name their list to
// screen readers, as each row has the same ones.
import type { JSX } from 'react';
import type { AddressListState, FaultyAddressList } from '../../../shared/ipc/address-lists.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { formatCount, formatIsoDay } from '../../format.ts';
import { words } from '../../words.ts';

interface Props {
  readonly list: AddressListState;
  /** Some list is being changed: no other one can be meanwhile. */
  readonly busy: boolean;
  /** This one is. */
  readonly reading: boolean;
  readonly failure: string | null;
  readonly faulty: FaultyAddressList | null;
  readonly taken: boolean;
  readonly onChoose: () => void;
  readonly onTake: (fileId: string) => void;
  readonly onRemove: () => void;
}

export function AddressListRow({ list, busy, reading, failure, faulty, taken, onChoose, onTake, onRemove }: Props): JSX.Element {
  const text = words.preferences.lists;
  const { kind, custom } = list;
  const { title, text: what } = text.kinds[kind];
  const builtIn = kind !== 'allow' && kind !== 'block' && kind !== 'suppress';
  const choose = builtIn ? text.replace : text.choose;
  const remove = builtIn ? text.restore : text.remove;
  return (
    <li className="address-list">
      <div className="address-list-words">
        <h3>{title}</h3>
        <p>{what}</p>
        <p className="address-list-source" aria-live="polite">{reading ? text.reading : sourceOf(list)}</p>
      </div>
      <div className="address-list-buttons">
        <Button aria-label={text.of(choose, title)} disabled={busy} onClick={onChoose}>{choose}</Button>
        {custom ? <Button look="quiet" aria-label={text.of(remove, title)} disabled={busy} onClick={onRemove}>{remove}</Button> : null}
      </div>
      {list.problem === null ? null : <Message kind="error">{list.problem}</Message>}
      {failure === null ? null : <Message kind="error">{failure}</Message>}
      {taken ? <p className="visually-hidden" role="status">{text.taken(sourceOf(list))}</p> : null}
      {faulty === null ? null : <FaultyLines faulty={faulty} onTake={onTake} />}
    </li>
  );
}

function FaultyLines({ faulty, onTake }: { readonly faulty: FaultyAddressList; readonly onTake: (fileId: string) => void }): JSX.Element {
  const text = words.preferences.lists;
  const { fileId, name, entries, problems, problemCount } = faulty;
  const more = problemCount - problems.length;
  return (
    <div className="address-list-faulty">
      <Message kind="error">{text.faulty(name, text.lines(problemCount, formatCount(problemCount)))}</Message>
      <ul>
        {problems.map(({ line, problem }) => <li key={line}>{text.faultyLine(formatCount(line), problem)}</li>)}
        {more > 0 ? <li>{text.moreLines(formatCount(more))}</li> : null}
      </ul>
      {entries === 0 ? null : <Button onClick={() => { onTake(fileId); }}>{text.takeRest(text.entries(entries, formatCount(entries)))}</Button>}
    </div>
  );
}

/** "Your file people.txt · 1,204 entries · as of Nov 21, 2026" */
function sourceOf({ source, date, entries, custom }: AddressListState): string {
  const text = words.preferences.lists;
  if (source === '') return text.none;
  const parts = [custom ? text.yours(source) : text.builtIn(source), text.entries(entries, formatCount(entries)), ...(date === null ? [] : [text.dated(formatIsoDay(date))])];
  return parts.join(' · ');
}
