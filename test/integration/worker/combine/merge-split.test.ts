// Lists merged and split: every row and cell is there, verdicts and what was heard come along, the best of two verdicts for
// one address counts, and the lists that were read stay as they are.
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListId, VerdictRecord } from '../../../../electron/worker/interface.ts';
import { openReader } from '../../../../electron/worker/reader-client.ts';
import type { SplitRule } from '../../../../electron/worker/store-combine.ts';
import type { ResultDetail } from '../../../../shared/ipc/lists.ts';
import { NOW_MS } from '../store/temporary-store.ts';
import { CombiningStore, contentOf } from './combining-store.ts';

const READER = fileURLToPath(new URL('../../../../electron/worker/reader-entry.ts', import.meta.url));
const LATER = { checkedAtMs: NOW_MS + 1_000 };
const heard = (text: string, atMs = NOW_MS): VerdictRecord['evidence'][number] => ({ stage: 'RCPT', code: 250, enhanced: null, text, mxHost: 'mx.test', ip: '127.0.0.1', tls: 'none', atMs, attempt: 1 });

let combining: CombiningStore;
beforeEach(async () => {
  combining = await new CombiningStore().open();
});
afterEach(async () => {
  await combining.remove();
});

async function detail(listId: ListId, row: number): Promise<ResultDetail> {
  const reader = await openReader({ dir: combining.dir, workerPath: READER });
  try {
    return await reader.detail(listId, row);
  } finally {
    await reader.close();
  }
}

describe('a merge', () => {
  it('joins columns by name, names the list of each row, and gives each address its best verdict', async () => {
    const first = (await combining.import('email,name\na@one.test,Ann\nb@one.test,Bob\nc@two.test,Cy\nd@two.test,Di\nno at,X\n', { name: 'first' })).list.id;
    const second = (await combining.import('Name;city;EMAIL\nAnn;Rome;a@one.test\nBo;Bern;b@one.test\nCy;;c@two.test\nEd;;e@one.test\nX;;no at\n', { name: 'second' })).list.id;
    await combining.judge(first, (address) => ({
      'a@one.test': { evidence: [heard('first a')] },
      'b@one.test': { reason: 'greylisted' as const, heard: 'session' as const, retryAtMs: NOW_MS + 60_000, evidence: [heard('first b')] },
      'c@two.test': { reason: 'mailbox_not_found' as const, ...LATER },
    })[address] ?? null);
    await combining.judge(second, (address) => ({
      'a@one.test': { reason: 'timeout' as const, heard: 'nothing' as const, ...LATER, evidence: [heard('second a', NOW_MS + 1_000)] },
      'b@one.test': { ...LATER, evidence: [heard('second b', NOW_MS + 1_000)] },
      'c@two.test': { reason: 'mailbox_disabled' as const },
      'e@one.test': { reason: 'greylisted' as const, heard: 'session' as const, retryAtMs: NOW_MS + 5_000 },
    })[address] ?? null);
    const before = await Promise.all([first, second].map((id) => combining.rows(id)));

    const { list, sources, inSeveral } = await combining.store.mergeLists({ listIds: [first, second], name: 'both', sourceColumn: 'from' });
    expect(sources.map(({ rows }) => rows)).toEqual([5, 5]);
    expect(inSeveral).toBe(4);
    expect(list).toMatchObject({ name: 'both', state: 'paused', columns: ['email', 'name', 'city', 'from'], addressColumn: 0 });
    expect(list.counters).toMatchObject({
      rows: 10, byState: { pending: 1, scheduled: 1, done: 4, duplicate: 4 }, byReason: { accepted: 2, mailbox_not_found: 1, greylisted: 1, syntax_no_at: 1 },
    });
    const rows = await combining.rows(list.id);
    expect(rows.map(({ cells, reason, duplicateOf }) => [cells['email'], cells['name'], cells['city'] ?? '', cells['from'], reason, duplicateOf])).toEqual([
      ['a@one.test', 'Ann', '', 'first', 'accepted', ''], ['b@one.test', 'Bob', '', 'first', 'accepted', ''],
      ['c@two.test', 'Cy', '', 'first', 'mailbox_not_found', ''], ['d@two.test', 'Di', '', 'first', 'pending', ''], ['no at', 'X', '', 'first', 'syntax_no_at', ''],
      ['a@one.test', 'Ann', 'Rome', 'second', 'accepted', '1'], ['b@one.test', 'Bo', 'Bern', 'second', 'accepted', '2'],
      ['c@two.test', 'Cy', '', 'second', 'mailbox_not_found', '3'], ['e@one.test', 'Ed', '', 'second', 'greylisted', ''], ['no at', 'X', '', 'second', 'syntax_no_at', '5'],
    ]);
    // What was heard for the verdict that did not count is there too.
    expect((await detail(list.id, 1)).evidence.map(({ text }) => text)).toEqual(['first a', 'second a']);
    expect((await detail(list.id, 2)).evidence.map(({ text }) => text)).toEqual(['first b', 'second b']);
    // What is open is asked: the row without a verdict, and the retry of the one that waits.
    const claims = await combining.store.claim(list.id, { maxDomains: 9, maxAddressesPerDomain: 9, nowMs: NOW_MS + 5_000, includeScheduled: true });
    expect(claims.flatMap(({ addresses }) => addresses.map(({ rowId, attempt }) => [rowId, attempt]))).toEqual([[4, 1], [9, 2]]);
    await combining.store.unlock(list.id);
    expect(await Promise.all([first, second].map((id) => combining.rows(id)))).toEqual(before);
  });

  it('refuses one list, a list twice, practice with real, and one that is not there, and leaves nothing of a cancelled one', async () => {
    const one = (await combining.import('email\na@one.test\n')).list.id;
    const practice = (await combining.import('email\na@one.test\n', { practice: true })).list.id;
    for (const [listIds, code] of [[[one], 'BadUsage'], [[one, one], 'BadUsage'], [[one, practice], 'BadUsage'], [[one, 99], 'ListNotFound']] as const) {
      await expect(combining.store.mergeLists({ listIds, name: 'x' })).rejects.toMatchObject({ code });
    }
    const other = (await combining.import(`email\n${Array.from({ length: 30_000 }, (_, row) => `u${String(row)}@d.test\n`).join('')}`)).list.id;
    const controller = new AbortController();
    const merging = combining.store.mergeLists({ listIds: [other, one], name: 'x' }, () => { controller.abort(); }, controller.signal);
    await expect(merging).rejects.toMatchObject({ code: 'Cancelled' });
    expect((await combining.store.lists()).map(({ id }) => id)).toEqual([other, practice, one]);
  });
});

describe('a split', () => {
  const text = 'email,n\na@one.test,1\nb@one.test,2\na@one.test,3\nc@two.test,4\nd@three.test,5\n,6\nno at,7\ne@two.test,8\n';
  const given: Readonly<Record<string, Partial<VerdictRecord>>> = {
    'a@one.test': { flags: ['provider:google'], evidence: [heard('a')] }, 'b@one.test': { reason: 'mailbox_not_found' }, 'c@two.test': { reason: 'timeout', heard: 'nothing' },
  };
  const parts = async (rule: SplitRule): Promise<Record<string, string[]>> => {
    const { list } = await combining.import(text, { name: 'all' });
    await combining.judge(list.id, (address) => given[address] ?? null);
    const before = await combining.rows(list.id);
    const { lists } = await combining.store.splitList({ listId: list.id, rule });
    const read = await Promise.all(lists.map(async ({ id, name }) => [name, await combining.rows(id)] as const));
    expect(contentOf(read.flatMap(([, rows]) => rows))).toEqual(contentOf(before));
    expect(await combining.rows(list.id)).toEqual(before);
    for (const { counters, id } of lists) {
      expect(counters).toEqual((await combining.store.list(id)).counters);
      expect(Object.values(counters.byState).every((count) => count >= 0)).toBe(true);
    }
    return Object.fromEntries(lists.map(({ name }) => [name, (read.find(([one]) => one === name)?.[1] ?? []).map(({ cells }) => cells['n'] ?? '')]));
  };

  it('goes by status, domain, provider, equal parts and chosen rows, and duplicates with the row that they repeat', async () => {
    expect(await parts({ by: 'status' })).toEqual({
      'all (deliverable)': ['1', '3'], 'all (undeliverable)': ['2', '7'], 'all (unknown)': ['4'], 'all (not verified)': ['5', '6', '8'],
    });
    expect(await parts({ by: 'domain', most: 2 })).toEqual({ 'all (one.test)': ['1', '2', '3'], 'all (two.test)': ['4', '8'], 'all (other domains)': ['5', '6', '7'] });
    expect(await parts({ by: 'provider' })).toEqual({
      'all (Google (Gmail, Workspace))': ['1', '3'], 'all (other mail servers)': ['2', '4', '7'], 'all (mail server not known)': ['5', '6', '8'],
    });
    expect(await parts({ by: 'parts', parts: 3 })).toEqual({ 'all (part 1 of 3)': ['1', '2', '3', '4'], 'all (part 2 of 3)': ['5', '6'], 'all (part 3 of 3)': ['7', '8'] });
    expect(await parts({ by: 'rows', rows: Uint32Array.of(3, 8) })).toEqual({ 'all (chosen rows)': ['3', '8'], 'all (the rest)': ['1', '2', '4', '5', '6', '7'] });
  });

  it('carries what was heard along, and a duplicate that goes alone has the verdict of the row that it repeated', async () => {
    const { list } = await combining.import(text, { name: 'all' });
    await combining.judge(list.id, (address) => given[address] ?? null);
    const { lists: [chosen] } = await combining.store.splitList({ listId: list.id, rule: { by: 'rows', rows: Uint32Array.of(3) } });
    expect(chosen?.counters).toMatchObject({ rows: 1, byState: { done: 1 }, byStatus: { deliverable: 1 } });
    expect((await detail(chosen?.id ?? 0, 1)).evidence).toEqual([heard('a')]);
    await expect(combining.store.splitList({ listId: chosen?.id ?? 0, rule: { by: 'status' } })).rejects.toMatchObject({ code: 'BadUsage' });
    expect(await combining.store.lists()).toHaveLength(3);
  });
});
