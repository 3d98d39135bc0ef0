// A list with a verdict for every row, in a store of its own, as a run leaves it: neighbouring rows are of different
// domains, so what is said of them lies apart.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../../electron/worker/client.ts';
import { verdictMaker } from '../store/verdicts.ts';

const ROWS_PER_DOMAIN = 20;
const LINES_PER_WRITE = 20_000;

export const WORKER_PATH = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));

/** The list's number in the store `folder/store`. */
export async function makeVerifiedList(folder: string, rows: number): Promise<number> {
  const path = join(folder, 'list.csv');
  await writeList(path, rows);
  const store = await openStore({ dir: join(folder, 'store'), workerPath: WORKER_PATH });
  try {
    const { list } = await store.importList({ path });
    const verdictOf = verdictMaker();
    for (;;) {
      const claims = await store.claim(list.id, { maxDomains: 400, maxAddressesPerDomain: 1_000, nowMs: Date.now(), includeScheduled: false });
      if (claims.length === 0) break;
      const verdicts = claims.flatMap((claim) => claim.addresses.map((address) => verdictOf(address, claim)));
      await store.commit({ listId: list.id, verdicts, domains: [], releasedDomainIds: claims.map(({ domainId }) => domainId) });
    }
    const { counters } = await store.list(list.id);
    if (counters.byState.done !== rows) throw new Error(`${String(counters.byState.done)} of ${String(rows)} rows are done`);
    return list.id;
  } finally {
    await store.close();
  }
}

/** As people keep them: a number, names with an accent here and there, the address, a company with a comma in some. */
async function writeList(path: string, rows: number): Promise<void> {
  const domains = Math.ceil(rows / ROWS_PER_DOMAIN);
  const file = await open(path, 'w');
  for (let at = 0; at < rows; at += LINES_PER_WRITE) {
    let text = at === 0 ? 'id,first name,last name,email,company\n' : '';
    for (let row = at; row < Math.min(rows, at + LINES_PER_WRITE); row++) {
      const company = row % 50 === 0 ? '"Muster, Söhne & Co."' : `Company ${String(row % 977)}`;
      text += `${String(row)},Anna${row % 10 === 0 ? ' Zoë' : ''},Berger,user${String(row)}@company${String(row % domains)}.example,${company}\n`;
    }
    await file.write(text);
  }
  await file.close();
}
