// `winnow export`: a stored list into a file, whether it is verified, half verified or being verified just now.
import { UserError } from '../../../shared/errors.ts';
import { enExport } from '../../../shared/words/en-export.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import type { ExportReport } from '../../worker/export/export-api.ts';
import { EXIT } from '../exit-code.ts';
import { parseExportOptions } from '../export-options.ts';
import { loadSettings } from '../load-settings.ts';
import { createProgressLine } from '../progress.ts';
import { writeOut } from '../write-lines.ts';

export async function exportList(args: string[]): Promise<number> {
  const command = parseExportOptions(args);
  const form = command.form(await loadSettings(command.settingsPath));
  const progress = createProgressLine();
  const controller = new AbortController();
  const stop = (): void => {
    progress.say('stopping…');
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const store = await openStore({ dir: command.storeDir, workerPath: workerPath() });
  try {
    const report = await store.exportList({ ...form, ...(command.selection === undefined ? {} : { selection: command.selection }), listId: command.listId, outPath: command.out }, progress.export, controller.signal);
    progress.end();
    for (const line of reportLines(report, form.format === 'html')) progress.say(line);
    if (command.json) await writeOut(`${JSON.stringify(report)}\n`);
    return EXIT.done;
  } catch (error) {
    // Nothing can be gone on with: it is started again.
    if (error instanceof UserError && error.code === 'Cancelled') throw new UserError('ExportFailed', error.message, { cause: error });
    throw error;
  } finally {
    progress.end();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await store.close();
  }
}

function reportLines({ files, replaced, cutCells, sheets }: ExportReport, isPage: boolean): string[] {
  const lines = files.map(({ path, rows }) => (isPage ? `a summary of ${String(rows)} rows written to ${path}` : `${String(rows)} rows written to ${path}`));
  if (replaced.count > 0) lines.push(enExport.replaced(String(replaced.count), replaced.characters.join(' ')));
  if (cutCells > 0) lines.push(enExport.cut(String(cutCells)));
  if (sheets > 1) lines.push(enExport.sheets(String(sheets)));
  return lines;
}
