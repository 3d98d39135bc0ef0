// The address lists: of each kind where it comes from, how fresh and how long it is, and the way to put a file of one's
// own in its place. A file with lines that cannot be used changes nothing until the user says that the rest will do.
// Shows what main says of the lists; never sees an entry or a path.
import { useState, type JSX } from 'react';
import type { AddressListChoice, AddressListsState, FaultyAddressList, ListKindName } from '../../../shared/ipc/address-lists.ts';
import { api } from '../../api.ts';
import { Message } from '../../components/message.tsx';
import { formatCount, formatIsoDay } from '../../format.ts';
import { messageOf } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { AddressListRow } from './address-list-row.tsx';
import './address-lists.css';

/** What was last done, and with which list. */
interface Doing {
  readonly kind: ListKindName;
  readonly busy: boolean;
  readonly faulty: FaultyAddressList | null;
  readonly failure: string | null;
  /** The list was changed: what is in force is said aloud. */
  readonly taken: boolean;
}

export function AddressLists(): JSX.Element {
  const text = words.preferences.lists;
  const asked = useAsync('lists', () => api.addressListsGet());
  const [changed, setChanged] = useState<AddressListsState | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const state = changed ?? asked.value;

  const run = async (kind: ListKindName, work: () => Promise<AddressListChoice>): Promise<void> => {
    const idle: Doing = { kind, busy: false, faulty: null, failure: null, taken: false };
    setDoing({ ...idle, busy: true });
    try {
      const choice = await work();
      if (choice.outcome === 'taken') setChanged(choice.state);
      setDoing({ ...idle, faulty: choice.outcome === 'faulty' ? choice : null, taken: choice.outcome === 'taken' });
    } catch (error) {
      setDoing({ ...idle, failure: messageOf(error) });
    }
  };
  const taken = async (work: Promise<AddressListsState>): Promise<AddressListChoice> => ({ outcome: 'taken', state: await work });

  if (state === null) return asked.error === null ? <p>{words.window.results.loading}</p> : <Message kind="error">{asked.error}</Message>;
  const { topLevelDomains } = state;
  return (
    <>
      <ul className="address-lists">
        {state.lists.map((list) => {
          const { kind } = list;
          const mine = doing?.kind === kind ? doing : null;
          return (
            <AddressListRow
              key={kind}
              list={list}
              busy={doing?.busy ?? false}
              reading={mine?.busy ?? false}
              failure={mine?.failure ?? null}
              faulty={mine?.faulty ?? null}
              taken={mine?.taken ?? false}
              onChoose={() => { void run(kind, () => api.addressListsChoose({ kind })); }}
              onTake={(fileId) => { void run(kind, () => taken(api.addressListsTake({ kind, fileId }))); }}
              onRemove={() => { void run(kind, () => taken(api.addressListsRemove({ kind }))); }}
            />
          );
        })}
      </ul>
      <p className="address-lists-note">{text.topLevelDomains(formatCount(topLevelDomains.count), formatIsoDay(topLevelDomains.date))}</p>
    </>
  );
}
