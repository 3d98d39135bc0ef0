// The window's frame: the lists at the side, the open one beside them, and what lies over both: the import sheet, the
// drop overlay, short messages. Without a list it is the start view alone.
import { useEffect, type JSX } from 'react';
import type { ChannelOutput } from '../../../shared/ipc/contract.ts';
import { Notice } from '../../components/notice.tsx';
import { useLists } from '../../state/snapshots.ts';
import { openList, usePlace, type Place } from '../../state/place.ts';
import { words } from '../../words.ts';
import { ImportDoor } from '../import/import-door.tsx';
import { CombineSheetDoor } from '../combine/combine-sheet-door.tsx';
import { JobSheetDoor } from '../jobs/job-sheet-door.tsx';
import { ListPage } from '../list/list-page.tsx';
import { PreflightDoor } from '../preflight/preflight-door.tsx';
import { DropOverlay } from './drop-overlay.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { usePaste } from './use-paste.ts';
import { watchOpened } from './opened.ts';
import { SideBar } from './side-bar.tsx';
import { StartView } from './start-view.tsx';
import './shell.css';

interface Props {
  readonly info: ChannelOutput<'app.info'>;
  readonly setAsideAs: string | null;
}

const selectListId = (place: Place): number | null => place.listId;

export function Shell({ info, setAsideAs }: Props): JSX.Element {
  const lists = useLists();
  const listId = usePlace(selectListId);
  const open = lists.find((list) => list.id === listId) ?? lists[0];

  usePaste();
  useEffect(() => watchOpened(), []);
  useEffect(() => {
    // A list that is wished for and not there (yet) stays wished for: it may come with the next snapshot, or by an undo.
    if (open !== undefined && listId === null) openList(open.id);
  }, [open, listId]);

  return (
    <>
      {open === undefined ? (
        <StartView info={info} setAsideAs={setAsideAs} />
      ) : (
        <div className="shell">
          <SideBar lists={lists} openId={open.id} />
          <main className="shell-main">
            {setAsideAs === null ? null : <Notice text={words.settings.setAside(setAsideAs)} />}
            <ListPage key={open.id} list={open} />
          </main>
        </div>
      )}
      <ImportDoor />
      <JobSheetDoor lists={lists} />
      <CombineSheetDoor lists={lists} />
      <PreflightDoor />
      <NoticeBar />
      <DropOverlay />
    </>
  );
}
