// `winnow split`: a stored list as several new ones. It stays as it is.
import { readerPath } from '../../host/worker-path.ts';
import { openReader } from '../../worker/reader-client.ts';
import type { SplitRule } from '../../worker/store-combine.ts';
import { combineCommand } from '../combine-command.ts';
import { parseSplit, type SplitCommand } from '../combine-options.ts';

export async function split(args: string[]): Promise<number> {
  const command = parseSplit(args);
  const { listId, name } = command;
  return await combineCommand(command, async ({ store, say, onProgress, signal }) => {
    await store.list(listId);
    const rule = await ruleOf(command);
    const report = await store.splitList({ listId, rule, ...(name === undefined ? {} : { name }) }, onProgress, signal);
    for (const list of report.lists) say(`list ${String(list.id)} (${list.name}): ${String(list.counters.rows)} rows`);
    return report;
  });
}

/** Chosen rows are the reader's to find. */
async function ruleOf({ wish, storeDir, listId }: SplitCommand): Promise<SplitRule> {
  if (wish.by !== 'selected') return wish;
  const reader = await openReader({ dir: storeDir, workerPath: readerPath() });
  try {
    return { by: 'rows', rows: await reader.selectedRows(listId, wish.rule) };
  } finally {
    await reader.close();
  }
}
