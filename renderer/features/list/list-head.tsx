// A list's name, what it consists of, and its commands. What takes something away asks first.
import { useState, type JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { PracticeBadge } from '../../components/practice-badge.tsx';
import { formatCount, formatDay } from '../../format.ts';
import { attempt, notify } from '../../state/notices.ts';
import { goTo, openList } from '../../state/place.ts';
import { words } from '../../words.ts';
import { CombineMenu } from '../combine/combine-menu.tsx';
import { columnName } from '../import/column-name.ts';
import { showJobSheet } from '../jobs/job-sheet-state.ts';
import { beginRun } from '../preflight/begin-run.ts';
import { actionsOf } from './list-actions.ts';

type Question = 'none' | 'cancel' | 'delete';

export function ListHead({ list }: { readonly list: ListView }): JSX.Element {
  const [question, setQuestion] = useState<Question>('none');
  const { list: text, cancelRun, deleteList } = words.window;
  const actions = actionsOf(list);
  const { id: listId } = list;

  const remove = (): void => {
    setQuestion('none');
    attempt(deleteWithUndo(list));
  };

  return (
    <header className="list-head">
      <div className="list-names">
        <div className="list-title">
          <h1 title={list.name}>{list.name}</h1>
          {list.practice ? <PracticeBadge /> : null}
        </div>
        <p className="list-facts">{facts(list)}</p>
      </div>
      <div className="list-commands">
        {actions.start === null ? null : (
          <Button look={actions.start === 'again' ? 'normal' : 'primary'} icon="play" onClick={() => { attempt(beginRun(list)); }}>{text[actions.start]}</Button>
        )}
        {actions.busy ? (
          <Button look="primary" icon="pause" disabled={!actions.pause} onClick={() => { attempt(api.runPause({ listId })); }}>{text.pause}</Button>
        ) : null}
        {actions.estimate ? <Button icon="clock" onClick={() => { showJobSheet({ kind: 'estimate', listId }); }}>{words.jobs.estimate.open}</Button> : null}
        {actions.verifyAgain ? <Button icon="clock" onClick={() => { showJobSheet({ kind: 'again', listId }); }}>{words.jobs.again.open}</Button> : null}
        {actions.cancel ? <Button icon="stop" onClick={() => { setQuestion('cancel'); }}>{text.cancel}</Button> : null}
        {list.damaged === undefined ? <CombineMenu list={list} /> : null}
        {list.damaged === undefined ? (
          <Button look={list.state === 'done' ? 'primary' : 'normal'} icon="save" onClick={() => { goTo({ sheet: 'export' }); }}>{text.export}</Button>
        ) : null}
        <Button
          icon="trash"
          aria-label={text.deleteHint}
          title={text.deleteHint}
          onClick={() => { if (actions.busy) setQuestion('delete'); else remove(); }}
        />
      </div>
      {question === 'cancel' ? (
        <Confirm
          {...cancelRun}
          onKeep={() => { setQuestion('none'); }}
          onConfirm={() => { setQuestion('none'); attempt(api.runCancel({ listId })); }}
        />
      ) : null}
      {question === 'delete' ? (
        <Confirm
          title={deleteList.title(list.name)}
          text={deleteList.running}
          confirm={deleteList.confirm}
          keep={deleteList.keep}
          onKeep={() => { setQuestion('none'); }}
          onConfirm={remove}
        />
      ) : null}
    </header>
  );
}

async function deleteWithUndo({ id: listId, name }: ListView): Promise<void> {
  const { deleteList } = words.window;
  const { stoppedExports } = await api.listsDelete({ listId });
  openList(null);
  notify(stoppedExports === 0 ? deleteList.deleted(name) : `${deleteList.deleted(name)} ${deleteList.exportsStopped(stoppedExports)}`, {
    action: {
      label: deleteList.undo,
      run: () => { attempt(api.listsUndoDelete({ listId }).then(() => { openList(listId); })); },
    },
  });
}

function facts({ counters, columns, addressColumn, createdAtMs }: ListView): string {
  const { list: text } = words.window;
  const { duplicate, empty } = counters.byState;
  return [
    text.rows(counters.rows, formatCount(counters.rows)),
    text.columns(columns.length, formatCount(columns.length)),
    text.addressesIn(columnName(columns[addressColumn] ?? '', addressColumn)),
    ...(duplicate > 0 ? [text.duplicates(duplicate, formatCount(duplicate))] : []),
    ...(empty > 0 ? [text.empty(empty, formatCount(empty))] : []),
    text.added(formatDay(createdAtMs)),
  ].join(' · ');
}
