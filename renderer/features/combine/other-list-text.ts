// Which other list has a row's address, in words; null for a row that was not left out for that. A list that is gone has
// no name any more.
import type { ResultRow } from '../../../shared/ipc/lists.ts';
import { snapshots } from '../../state/snapshots.ts';
import { words } from '../../words.ts';

export function otherListText({ otherList }: ResultRow): string | null {
  if (otherList === undefined) return null;
  const list = snapshots.get().lists.find(({ id }) => id === otherList);
  return list === undefined ? words.combine.inOtherList : words.combine.inList(list.name);
}
