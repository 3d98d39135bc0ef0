// `winnow append`: the rows of a file, added to a stored list. The list's rows and verdicts stay as they are.
import { enCombine } from '../../../shared/words/en-combine.ts';
import { combineCommand } from '../combine-command.ts';
import { parseAppend } from '../combine-options.ts';
import { loadUserLists } from '../load-user-lists.ts';

export async function append(args: string[]): Promise<number> {
  const command = parseAppend(args);
  const { suppress } = loadUserLists(command.lists).custom;
  return await combineCommand(command, async ({ store, say, onProgress, signal }) => {
    const options = { ...command.options, ...(suppress === undefined ? {} : { lists: { suppress } }) };
    const report = await store.appendFile(options, onProgress, signal);
    const { list, rows, duplicates, empty, suppressed, newColumns, problems, problemCount, elsewhere } = report;
    say(`${String(rows)} rows appended to list ${String(list.id)} (${list.name}) from row ${String(report.firstRow)} on: ${String(duplicates)} duplicates, ${String(empty)} without an address, ${String(suppressed)} suppressed`);
    for (const one of elsewhere) say(enCombine.elsewhere(one.rows, String(one.rows), one.name));
    if (newColumns.length > 0) say(`new columns: ${newColumns.map((name) => JSON.stringify(name)).join(', ')}`);
    for (const { row, line, problem } of problems.slice(0, 5)) say(`row ${String(row)}, line ${String(line)}: ${problem}`);
    if (problemCount > 5) say(`… and ${String(problemCount - 5)} more`);
    return report;
  });
}
