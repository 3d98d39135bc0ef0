// The open list: what it is, what can be done with it, how far it is, and its rows; over them the export sheet.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { Notice } from '../../components/notice.tsx';
import { formatMoment } from '../../format.ts';
import { goTo, usePlace, type Place } from '../../state/place.ts';
import { words } from '../../words.ts';
import { ExportSheet } from '../export/export-sheet.tsx';
import { Results } from '../results/results.tsx';
import { DamagedList } from './damaged-list.tsx';
import { ListHead } from './list-head.tsx';
import { ListProgress } from './list-progress.tsx';
import './list-page.css';

const selectSheet = (place: Place): Place['sheet'] => place.sheet;
const selectFilter = (place: Place): Place['filter'] => place.filter;
const selectSelection = (place: Place): Place['selection'] => place.selection;

export function ListPage({ list }: { readonly list: ListView }): JSX.Element {
  const sheet = usePlace(selectSheet);
  const filter = usePlace(selectFilter);
  const selection = usePlace(selectSelection);
  return (
    <div className="list-page">
      <ListHead list={list} />
      {list.deletion === undefined ? null : <Notice text={words.storage.coming[list.deletion.what](formatMoment(list.deletion.atMs))} />}
      {list.damaged === undefined ? (
        <>
          <ListProgress list={list} />
          <Results list={list} />
        </>
      ) : (
        <DamagedList list={list} damaged={list.damaged} />
      )}
      {sheet === 'none' ? null : <ExportSheet list={list} selected={sheet === 'exportSelection' ? { filter, ...selection } : null} onClose={() => { goTo({ sheet: 'none' }); }} />}
    </div>
  );
}
