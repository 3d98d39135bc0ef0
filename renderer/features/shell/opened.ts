// Files that were opened from outside the page (menu, command line, a second start): main names them in its snapshots
// until they are taken up. Each is taken up once in the page's life, whatever a late snapshot still says.
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { addChosen } from '../../state/place.ts';
import { snapshots } from '../../state/snapshots.ts';

const takenUp = new Set<string>();

/** Answers how to stop. */
export function watchOpened(): () => void {
  const look = (): void => {
    const fresh: FileRef[] = (snapshots.get().opened ?? []).filter(({ fileId }) => !takenUp.has(fileId));
    for (const { fileId } of fresh) takenUp.add(fileId);
    addChosen({ files: fresh, passedOver: [], passedOverCount: 0 });
  };
  look();
  return snapshots.subscribe(look);
}
