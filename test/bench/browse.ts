// Browsing a big list as the window does, by the reader's thread: pages at any depth while verdicts are committed,
// filters, searches, sorting. Times are what the asking thread waits. `--rows N`: default 10,000,000.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { openStore } from '../../electron/worker/client.ts';
import { openReader, type ReaderClient } from '../../electron/worker/reader-client.ts';
import type { ListId } from '../../electron/worker/interface.ts';
import type { PageRequest, ResultPage, ResultsFilter, ResultsSort } from '../../shared/ipc/lists.ts';
import type { BenchmarkOptions, BenchmarkResult } from './benchmark.ts';
import { makeList, type JudgeTask } from './browse/make-list.ts';
import { seeded } from './store/seeded.ts';

const PAGE = 100;
/** A hand on the wheel of a mouse asks about as often. */
const BETWEEN_PAGES_MS = 15;
const SORTS = ['address', 'domain', 'status', 'checkedAt', 'score'] as const;

export async function browse({ rows = 10_000_000 }: BenchmarkOptions = {}): Promise<BenchmarkResult> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-browse-'));
  try {
    return await measured(folder, rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(folder: string, rows: number): Promise<BenchmarkResult> {
  const dir = join(folder, 'store');
  const program = (name: string): string => fileURLToPath(new URL(`../../electron/worker/${name}.ts`, import.meta.url));
  const listId = await imported(dir, program('entry'), folder, rows);
  const reader = await openReader({ dir, workerPath: program('reader-entry') });
  try {
    const ask = asking(reader, listId);
    const random = seeded(11);
    const { pages: whileWriting, writer } = await pagesWhileWriting({ dir, workerPath: program('entry'), listId }, async () => (await ask({}, { after: Math.floor(random() * rows) })).ms);
    const depth: number[] = [];
    for (let round = 0; round < 300; round++) depth.push((await ask({}, { after: Math.floor(random() * rows) })).ms);
    const status = await ask({ statuses: ['undeliverable'] });
    const statusDeep = await ask({ statuses: ['undeliverable'] }, { after: Math.floor(rows * 0.9) });
    const firstHits = await ask({ search: 'user7' });
    const searchAll = await whole(ask, { search: 'nobody has this name' });
    const sorts: Record<string, number> = {};
    for (const key of SORTS) sorts[key] = (await whole(ask, {}, { key, descending: false })).ms;
    const again: Record<string, number> = {};
    for (const key of SORTS) again[key] = (await whole(ask, {}, { key, descending: true })).ms;
    const sortedPages: number[] = [];
    for (let round = 0; round < 300; round++) {
      sortedPages.push((await ask({}, { at: Math.floor(random() * rows) }, { key: 'score', descending: true })).ms);
    }
    const combined = await whole(ask, { flags: ['free'], duplicates: 'without', statuses: ['deliverable'] });
    const combinedAgain = await whole(ask, { flags: ['free'], duplicates: 'only', statuses: ['deliverable'] });
    const searchScale = Math.max(1, rows / 10_000_000);
    return {
      checks: [
        { name: 'a page at any depth while writing, p99', value: p99(whileWriting), unit: 'ms', op: '<=', bar: 10 },
        { name: 'a page at any depth, p99', value: p99(depth), unit: 'ms', op: '<=', bar: 10 },
        { name: 'a page of a sorted view at any depth, p99', value: p99(sortedPages), unit: 'ms', op: '<=', bar: 10 },
        { name: 'filter by status', value: Math.max(status.ms, statusDeep.ms), unit: 'ms', op: '<=', bar: 50 },
        { name: 'first hits of a search', value: firstHits.ms, unit: 'ms', op: '<=', bar: 100 },
        { name: `a search of all ${rows.toLocaleString('en')} rows`, value: searchAll.ms, unit: 'ms', op: '<=', bar: Math.round(1_500 * searchScale) },
      ],
      details: { rows, firstSortMs: sorts, turnedSortMs: again, combinedFilterMs: combined.ms, combinedAgainMs: combinedAgain.ms, pagesWhileWriting: whileWriting.length, medianWhileWritingMs: percentile(whileWriting, 0.5), verdictsPerSecond: writer },
    };
  } finally {
    await reader.close();
  }
}

async function imported(dir: string, workerPath: string, folder: string, rows: number): Promise<ListId> {
  const store = await openStore({ dir, workerPath });
  try {
    return await makeList(store, folder, rows);
  } finally {
    await store.close();
  }
}

/** Pages are asked one after the other, all the time that verdicts are committed. `writer`: verdicts a second meanwhile. */
async function pagesWhileWriting(task: JudgeTask, askOne: () => Promise<number>): Promise<{ readonly pages: number[]; readonly writer: number }> {
  const thread = new Worker(new URL('browse/writer-thread.ts', import.meta.url), { workerData: task });
  try {
    await once(thread, 'message');
    const pages: number[] = [];
    const done = once(thread, 'message') as Promise<[{ readonly perSecond: number }]>;
    for (;;) {
      const ended = await Promise.race([done, setTimeout(BETWEEN_PAGES_MS, null)]);
      if (ended !== null) return { pages, writer: ended[0].perSecond };
      pages.push(await askOne());
    }
  } finally {
    await thread.terminate();
  }
}

interface Answer {
  readonly page: ResultPage;
  readonly ms: number;
}

type Ask = (filter: ResultsFilter, place?: Pick<PageRequest, 'after' | 'at'>, sort?: ResultsSort) => Promise<Answer>;

function asking(reader: ReaderClient, listId: number): Ask {
  return async (filter, place = {}, sort) => {
    const startMs = performance.now();
    const page = await reader.page({ listId, filter, limit: PAGE, ...place, ...(sort === undefined ? {} : { sort }) });
    return { page, ms: rounded(performance.now() - startMs) };
  };
}

/** Until nothing is missing any more. */
async function whole(ask: Ask, filter: ResultsFilter, sort?: ResultsSort): Promise<Answer> {
  const startMs = performance.now();
  for (;;) {
    const { page } = await ask(filter, {}, sort);
    if (page.building === null) return { page, ms: rounded(performance.now() - startMs) };
  }
}

const p99 = (times: readonly number[]): number => percentile(times, 0.99);

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
