// `winnow lists` and `winnow delete`: what is stored on this machine, and how to be rid of it.
import { UserError } from '../../../shared/errors.ts';
import { workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import type { ListSummary } from '../../worker/interface.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../parse-options.ts';
import { storeDir } from '../store-dir.ts';

export async function lists(args: string[]): Promise<number> {
  const { values } = parseOptions(args, { store: { type: 'string' }, json: { type: 'boolean' } });
  const store = await openStore({ dir: storeDir(values.store), workerPath: workerPath() });
  try {
    const all = await store.lists();
    if (values.json === true) {
      process.stdout.write(`${JSON.stringify(all)}\n`);
      return EXIT.done;
    }
    if (all.length === 0) process.stdout.write('No lists are stored.\n');
    for (const list of all) {
      const made = new Date(list.createdAtMs).toISOString().slice(0, 16).replace('T', ' ');
      const practice = list.practice ? ' (practice)' : '';
      process.stdout.write(`${String(list.id)}\t${list.state}\t${String(list.counters.rows)} rows\t${made}\t${list.name}${practice}\n`);
      if (list.damage !== undefined) process.stdout.write(`\t${list.damage}${copyOf(list)}\n`);
    }
    return EXIT.done;
  } finally {
    await store.close();
  }
}

function copyOf({ id, backupAtMs }: ListSummary): string {
  if (backupAtMs === undefined) return ' There is no copy of it.';
  return ` There is a copy of ${new Date(backupAtMs).toISOString()}: winnow restore ${String(id)}`;
}

export async function deleteList(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, { store: { type: 'string' } });
  const [text = ''] = positionals;
  const id = Number(text);
  if (!/^\d{1,15}$/.test(text) || positionals.length !== 1) {
    throw new UserError('BadUsage', 'winnow delete takes the number of one list, as "winnow lists" shows it.');
  }
  const store = await openStore({ dir: storeDir(values.store), workerPath: workerPath() });
  try {
    // Lists that the app has hidden and never came to remove go with it.
    await store.purgeHidden();
    await store.deleteList(id);
    process.stderr.write(`List ${text} and all its addresses are deleted.\n`);
    return EXIT.done;
  } finally {
    await store.close();
  }
}
