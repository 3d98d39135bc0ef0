// What is done when an import is done: the new list opens; what was left out is shown at once, remarks on what was imported
// are offered.
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { formatCount } from '../../format.ts';
import { notify } from '../../state/notices.ts';
import { goTo, openList } from '../../state/place.ts';
import { words } from '../../words.ts';

export function tellImported({ id, name, listId, droppedCount = 0, remarkCount = 0, elsewhereCount = 0 }: TaskProgress): void {
  const { report } = words.window.import;
  if (listId !== null) openList(listId);
  const show = (): void => { goTo({ report: id }); };
  if (droppedCount > 0) show();
  const told = [
    ...(elsewhereCount > 0 ? [report.elsewhereRemark(elsewhereCount, formatCount(elsewhereCount))] : []),
    ...(remarkCount > 0 ? [report.remarks(remarkCount, formatCount(remarkCount))] : []),
  ].join(', ');
  if (droppedCount === 0 && told !== '') notify(report.notice(name, told), { action: { label: report.show, run: show } });
}
