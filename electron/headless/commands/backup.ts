// `winnow backup`: copies of the lists and of the list of lists, beside them in the store; `--show` tells which there are.
// What has not changed since its last copy is not copied again. `winnow restore` puts one back.
import { UserError } from '../../../shared/errors.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import type { BackupInfo, BackupReport } from '../../worker/store-care.ts';
import { EXIT } from '../exit-code.ts';
import { loadSettings } from '../load-settings.ts';
import { parseOptions } from '../parse-options.ts';
import { storeDir } from '../store-dir.ts';
import { warnAboutDrive } from '../warn-about-drive.ts';
import { wholeNumber } from '../whole-number.ts';
import { writeOut } from '../write-lines.ts';

const BYTES_PER_MB = 1_048_576;

export async function backup(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseOptions(args, { show: flag, kept: text, 'max-list-mb': text, settings: text, store: text, json: flag });
  if (positionals.length > 0) throw new UserError('BadUsage', 'winnow backup copies every list: it takes no list.');
  const { storage } = await loadSettings(values.settings);
  const kept = wholeNumber('--kept', values.kept, { least: 1, most: 30 }) ?? storage.backupsKept;
  const maxListMb = wholeNumber('--max-list-mb', values['max-list-mb'], { most: 1_000_000 }) ?? storage.backupMaxListMb;
  if (kept === 0 && values.show !== true) throw new UserError('BadUsage', 'No copies are made: storage.backupsKept is 0 in the settings. Say --kept N.');
  const dir = storeDir(values.store);
  const store = await openStore({ dir, workerPath: workerPath() });
  try {
    const networkDrive = warnAboutDrive(dir, say);
    if (values.show === true) {
      const backups = await store.backups();
      if (values.json === true) await writeOut(`${JSON.stringify(backups)}\n`);
      else await writeOut(backups.length === 0 ? 'There are no copies.\n' : backups.map((info) => `${lineOf(info)}\n`).join(''));
      return EXIT.done;
    }
    const report = await store.backUp({ nowMs: Date.now(), kept, maxListBytes: maxListMb * BYTES_PER_MB, evenFresh: true });
    for (const line of linesOf(report, maxListMb)) say(line);
    if (values.json === true) await writeOut(`${JSON.stringify({ ...report, networkDrive })}\n`);
    return report.failed.length > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await store.close();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function nameOf(listId: number | null): string {
  return listId === null ? 'library' : String(listId);
}

function lineOf({ listId, atMs, bytes }: BackupInfo): string {
  return `${nameOf(listId)}\t${new Date(atMs).toISOString()}\t${String(bytes)} bytes`;
}

function linesOf({ made, tooLarge, failed }: BackupReport, maxListMb: number): string[] {
  return [
    made.length === 0 ? 'Nothing has changed since the last copies.' : `${String(made.length)} ${made.length === 1 ? 'copy' : 'copies'} made.`,
    ...tooLarge.map((listId) => `List ${String(listId)} is larger than ${String(maxListMb)} MB and was not copied (--max-list-mb).`),
    ...failed.map(({ listId, message }) => `${listId === null ? 'The library' : `List ${String(listId)}`} could not be copied: ${message}`),
  ];
}
