// `winnow retention`: forgets lists or verdicts that nobody has worked on for long, as the settings or the options say, and
// tells what comes next. Nothing goes that was not told a day before: run it once a day. `--dry-run` only tells.
import { UserError } from '../../../shared/errors.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import type { RetentionNotice } from '../../worker/store-care.ts';
import { EXIT } from '../exit-code.ts';
import { loadSettings } from '../load-settings.ts';
import { parseOptions } from '../parse-options.ts';
import { storeDir } from '../store-dir.ts';
import { wholeNumber } from '../whole-number.ts';
import { writeOut } from '../write-lines.ts';

const DAYS = { most: 3_650 } as const;

export async function retention(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseOptions(args, { 'lists-after': text, 'verdicts-after': text, 'dry-run': flag, settings: text, store: text, json: flag });
  if (positionals.length > 0) throw new UserError('BadUsage', 'winnow retention is for every list: it takes no list.');
  const { storage } = await loadSettings(values.settings);
  const listsAfterDays = wholeNumber('--lists-after', values['lists-after'], DAYS) ?? storage.deleteListsAfterDays;
  const verdictsAfterDays = wholeNumber('--verdicts-after', values['verdicts-after'], DAYS) ?? storage.deleteVerdictsAfterDays;
  const store = await openStore({ dir: storeDir(values.store), workerPath: workerPath() });
  try {
    const report = await store.retain({ nowMs: Date.now(), listsAfterDays, verdictsAfterDays, dryRun: values['dry-run'] === true });
    for (const notice of report.done) say(`${whatOf(notice)} were deleted.`);
    for (const notice of report.coming) say(`${whatOf(notice)} will be deleted on ${new Date(notice.atMs).toISOString()}, unless the list is worked on before.`);
    if (listsAfterDays === 0 && verdictsAfterDays === 0) say('Nothing is deleted by age: say --lists-after DAYS or --verdicts-after DAYS, or set them in the settings.');
    else if (report.done.length + report.coming.length === 0) say('Nothing is old enough.');
    if (values.json === true) await writeOut(`${JSON.stringify(report)}\n`);
    return EXIT.done;
  } finally {
    await store.close();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function whatOf({ listId, name, what }: RetentionNotice): string {
  return what === 'list' ? `List ${String(listId)} (${name}) and all its addresses` : `The verdicts of list ${String(listId)} (${name})`;
}
