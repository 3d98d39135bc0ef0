// The reader beside the store: details, what is committed and no more, lists that go away, and files it cannot read.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resultDetail } from '../../../../shared/ipc/lists.ts';
import type { Evidence } from '../../../../shared/verdict/evidence.ts';
import { Reader } from '../../../../electron/worker/reader/reader.ts';
import { batch, NOW_MS, verdict } from '../store/temporary-store.ts';
import { TemporaryReader } from './temporary-reader.ts';

let temporary: TemporaryReader;
beforeEach(() => {
  temporary = new TemporaryReader();
});
afterEach(() => {
  temporary.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;
const evidence = (text: string, attempt: number): Evidence => ({
  stage: 'RCPT', code: 450, enhanced: '4.2.0', text, mxHost: 'mx.example.com', ip: '127.0.0.1', tls: 'verified', atMs: NOW_MS, attempt,
});

describe('the detail of a row', () => {
  it('has its cells by column and every attempt; a duplicate has its own cells and the evidence of its first row', () => {
    const listId = temporary.import('name,email,name\nAnn,a@one.example\n"B ""b""",a@one.example,x,more\n').list.id;
    const grey = { reason: 'greylisted', score: 40 } as const;
    temporary.store.commit(batch(listId, [verdict(1, { ...grey, retryAtMs: NOW_MS + 5, evidence: [evidence('first', 1)] })]));
    expect(temporary.reader.detail(listId, 1)).toMatchObject({ row: { state: 'scheduled' }, retryAtMs: NOW_MS + 5, attempt: 1 });
    const second = { attempt: 2, flags: ['tls', 'free'] as const, didYouMean: 'b@one.example', evidence: [evidence('second', 2), evidence('third', 2)] };
    temporary.store.commit(batch(listId, [verdict(1, second)]));

    const detail = temporary.reader.detail(listId, 2);
    expect(resultDetail.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      row: { row: 2, state: 'duplicate', duplicateOf: 1, reason: 'accepted' },
      cells: [
        { column: 'name', value: 'B "b"' },
        { column: 'email', value: 'a@one.example' },
        { column: 'name', value: 'x' },
        { column: '', value: 'more' },
      ],
      flags: ['free', 'tls'],
      didYouMean: 'b@one.example',
      mx: 'mx.example.com',
      checkedAtMs: NOW_MS,
      attempt: 2,
      retryAtMs: null,
    });
    expect(detail.evidence.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    expect(temporary.reader.detail(listId, 1).cells.map(({ value }) => value)).toEqual(['Ann', 'a@one.example', '', '']);
  });

  it('is empty where nothing is known, and there is none of a row that is not there', () => {
    const listId = temporary.importAddresses(['a@one.example']);
    expect(temporary.reader.detail(listId, 1)).toMatchObject({ flags: [], evidence: [], attempt: null, mx: null, checkedAtMs: null, retryAtMs: null });
    expect(() => temporary.reader.detail(listId, 2)).toThrow(failing('BadUsage'));
  });
});

describe('the reader', () => {
  it('sees what is committed at once, and nothing of an open transaction', async () => {
    const listId = temporary.importAddresses(['a@one.example', 'b@one.example']);
    expect(await temporary.rows(listId, { statuses: ['deliverable'] })).toEqual([]);
    temporary.store.commit(batch(listId, [verdict(1)]));
    expect(await temporary.rows(listId, { statuses: ['deliverable'] })).toEqual([1]);
    const writer = new Database(join(temporary.dir, 'lists', `${String(listId)}.db`));
    writer.exec("BEGIN IMMEDIATE; UPDATE verdicts SET reason = (SELECT code FROM reasons WHERE name = 'timeout')");
    expect(await temporary.rows(listId, { reasons: ['accepted'] })).toEqual([1]);
    expect(temporary.reader.exportCount(listId, ['deliverable'])).toBe(1);
    writer.exec('ROLLBACK');
    writer.close();
  });

  it('tells what was taken out of a cell that holds more than an address', () => {
    const { id } = temporary.store.importList({ path: temporary.write('messy.csv', 'email\na@one.example\n"Bob <b@one.example>"\n"c@one.example; d@one.example"\nnot one <at all\n') }).list;
    expect([1, 2, 3, 4].map((row) => temporary.reader.detail(id, row).extracted)).toEqual([
      null,
      { address: 'b@one.example', changes: ['display_name_removed', 'angle_brackets_removed'], others: 0 },
      { address: 'c@one.example', changes: ['list_split'], others: 1 },
      null,
    ]);
  });

  it('does not keep the writer from finishing its log, nor the list from being worked on', async () => {
    const listId = temporary.importAddresses(['a@one.example', 'b@one.example']);
    await temporary.page(listId, {});
    temporary.store.commit(batch(listId, [verdict(1)]));
    const writer = new Database(join(temporary.dir, 'lists', `${String(listId)}.db`));
    expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    writer.close();
    expect(await temporary.rows(listId, {})).toEqual([1, 2]);
  });

  it('knows no list that is deleted, hidden or not there, even with its file still open', async () => {
    const [kept, deleted, hidden] = [1, 2, 3].map(() => temporary.importAddresses(['a@one.example'])) as [number, number, number];
    for (const listId of [kept, deleted, hidden]) expect(await temporary.rows(listId, {})).toEqual([1]);
    temporary.store.deleteList(deleted);
    temporary.store.hideList(hidden);
    for (const listId of [deleted, hidden, 99]) {
      await expect(async () => temporary.reader.page({ listId, filter: {}, limit: 1 })).rejects.toThrow(failing('ListNotFound'));
      expect(() => temporary.reader.detail(listId, 1)).toThrow(failing('ListNotFound'));
      expect(() => temporary.reader.exportCount(listId)).toThrow(failing('ListNotFound'));
    }
    temporary.store.restoreList(hidden);
    expect(await temporary.rows(hidden, {})).toEqual([1]);
    expect(await temporary.rows(kept, {})).toEqual([1]);
  });

  it('refuses a list that is newer, damaged, or not brought up to date yet', async () => {
    const versions = [99, 1] as const;
    const ids = versions.map(() => temporary.importAddresses(['a@one.example']));
    const whole = temporary.importAddresses(['a@one.example']);
    for (const [index, version] of versions.entries()) {
      const database = new Database(join(temporary.dir, 'lists', `${String(ids[index])}.db`));
      database.pragma(`user_version = ${String(version)}`);
      database.close();
    }
    expect(() => temporary.reader.exportCount(ids[0] ?? 0)).toThrow(failing('StoreNewer'));
    expect(() => temporary.reader.exportCount(ids[1] ?? 0)).toThrow(failing('StoreInUse'));
    expect(await temporary.rows(whole, {})).toEqual([1]);
  });

  it('lets go of a list that nobody asks for any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const listId = temporary.importAddresses(['a@one.example']);
      temporary.store.counters(listId);
      await temporary.page(listId, {});
      temporary.store.close();
      const database = new Database(join(temporary.dir, 'lists', `${String(listId)}.db`), { timeout: 0 });
      // Leaving WAL needs the file for itself alone.
      expect(() => { database.pragma('journal_mode = DELETE'); }).toThrow(/locked/);
      vi.advanceTimersByTime(1_000);
      expect(database.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
      database.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('makes no store where there is none', () => {
    const dir = join(temporary.folder, 'nothing');
    expect(() => new Reader(dir)).toThrow(failing('StoreDamaged'));
    expect(existsSync(dir)).toBe(false);
  });
});
