// `winnow merge`: several stored lists as one new one. They stay as they are.
import { combineCommand } from '../combine-command.ts';
import { parseMerge } from '../combine-options.ts';

export async function merge(args: string[]): Promise<number> {
  const command = parseMerge(args);
  return await combineCommand(command, async ({ store, say, onProgress, signal }) => {
    const report = await store.mergeLists(command.options, onProgress, signal);
    const { list, sources, inSeveral } = report;
    for (const { listId, name, rows } of sources) say(`${String(rows)} rows of list ${String(listId)} (${name})`);
    say(`list ${String(list.id)} (${list.name}): ${String(list.counters.rows)} rows, ${String(inSeveral)} of them with an address of a list before`);
    return report;
  });
}
