// `winnow query`: rows of a stored list, filtered, searched and sorted as in the window. Reads only.
import type { PageRequest, ResultPage, ResultRow } from '../../../shared/ipc/lists.ts';
import { readerPath, workerPath } from '../../host/worker-path.ts';
import { openStore } from '../../worker/client.ts';
import { openReader, type ReaderClient } from '../../worker/reader-client.ts';
import { EXIT } from '../exit-code.ts';
import { parseQueryOptions, type QueryOptions } from '../query-options.ts';
import { storeDir } from '../store-dir.ts';
import { writeOut } from '../write-lines.ts';

const PAGE = 200;

export async function query(args: string[]): Promise<number> {
  const options = parseQueryOptions(args);
  const dir = storeDir(options.store);
  // The store is what makes and migrates the databases that the reader opens.
  const store = await openStore({ dir, workerPath: workerPath() });
  try {
    await store.list(options.listId);
    const reader = await openReader({ dir, workerPath: readerPath() });
    try {
      await (options.count ? tellCount(reader, options) : tellRows(reader, options));
      return EXIT.done;
    } finally {
      await reader.close();
    }
  } finally {
    await store.close();
  }
}

async function tellCount(reader: ReaderClient, options: QueryOptions): Promise<void> {
  const { total } = await wholePage(reader, requestOf(options, { limit: 1 }));
  await writeOut(options.json ? `${JSON.stringify({ count: total })}\n` : `${String(total)}\n`);
}

async function tellRows(reader: ReaderClient, options: QueryOptions): Promise<void> {
  let left = options.limit;
  let after = options.after;
  while (left > 0) {
    const { rows, hasAfter } = await wholePage(reader, requestOf(options, { after, limit: Math.min(PAGE, left) }));
    await writeOut(rows.map((row) => (options.json ? `${JSON.stringify(row)}\n` : lineOf(row))).join(''));
    left -= rows.length;
    after = rows.at(-1)?.row ?? 0;
    if (!hasAfter || rows.length === 0) return;
  }
}

function requestOf({ listId, filter, sort }: QueryOptions, place: Pick<PageRequest, 'after' | 'limit'>): PageRequest {
  return { listId, filter, ...(sort === undefined ? {} : { sort }), ...place };
}

/** The page when nothing of it is missing any more. */
async function wholePage(reader: ReaderClient, request: PageRequest): Promise<ResultPage> {
  for (;;) {
    const page = await reader.page(request);
    const { building, rows } = page;
    if (building === null || (request.limit > 1 && rows.length === request.limit)) return page;
  }
}

/** Row, status, reason, score and address, with tabs between them. */
function lineOf({ row, status, state, reason, score, address }: ResultRow): string {
  const cells = [String(row), status ?? state, reason ?? '', score === null ? '' : String(score), address.replaceAll(/[\t\r\n]+/g, ' ')];
  return `${cells.join('\t')}\n`;
}
