// `winnow restore ID` and `winnow restore library`: the last good copy in the place of what is damaged, which is set aside.
import { UserError } from '../../../shared/errors.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../parse-options.ts';
import { storeDir } from '../store-dir.ts';
import { writeOut } from '../write-lines.ts';

export async function restore(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { store: { type: 'string' }, json: { type: 'boolean' } });
  const [what = ''] = positionals;
  if (positionals.length !== 1 || !/^(library|\d{1,15})$/.test(what)) {
    throw new UserError('BadUsage', 'winnow restore takes the number of one list, as "winnow lists" shows it, or "library".');
  }
  const store = await openStore({ dir: storeDir(values.store), workerPath: workerPath(), recover: what === 'library' });
  try {
    if (what === 'library') {
      const lists = await store.lists();
      process.stderr.write(`The library can be read; it knows ${String(lists.length)} lists. What was damaged is in the folder "damaged" of the store.\n`);
      if (values.json === true) await writeOut(`${JSON.stringify({ restored: 'library', lists: lists.length })}\n`);
      return EXIT.done;
    }
    const { atMs, setAsideAs } = await store.restoreBackup(Number(what));
    const aside = setAsideAs === null ? '' : ` What was there is kept as ${setAsideAs}.`;
    process.stderr.write(`List ${what} is as it was at ${new Date(atMs).toISOString()}.${aside}\n`);
    if (values.json === true) await writeOut(`${JSON.stringify({ restored: Number(what), atMs, setAsideAs })}\n`);
    return EXIT.done;
  } finally {
    await store.close();
  }
}
