// Starting a list: first whether mail servers can be asked from here at all. Where they cannot, the user is told why and
// offered to check DNS only; everything else that the preflight finds is told beside the list and stops nobody.
import type { AgainChoice } from '../../../shared/ipc/jobs.ts';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { cannotAsk, type PreflightReport } from '../../../shared/preflight/report.ts';
import { api } from '../../api.ts';
import { reportError } from '../../report-error.ts';
import { showPreflight } from './preflight-sheet-state.ts';

/** `again`: what is verified again; null: only what is open. */
export async function beginRun({ id: listId, practice }: Pick<ListView, 'id' | 'practice'>, again: AgainChoice | null = null): Promise<void> {
  const report = await checked(practice);
  if (report !== null && cannotAsk(report)) showPreflight({ practice, offerFor: listId, again });
  else await beginAnyway(listId, again);
}

/** Without a look at the network. */
export async function beginAnyway(listId: number, again: AgainChoice | null): Promise<void> {
  await (again === null ? api.runStart({ listId }) : api.runAgain({ listId, again }));
}

/** Syntax and DNS only: needs nothing of the network but DNS. */
export async function beginDnsOnly(listId: number): Promise<void> {
  await api.runStart({ listId, mode: 'dns' });
}

/** Null where it could not be made: a check that fails itself must not keep anybody from working. */
async function checked(practice: boolean): Promise<PreflightReport | null> {
  try {
    return await api.preflightCheck({ practice, fresh: false });
  } catch (error) {
    reportError('promise', error);
    return null;
  }
}
