// A file appended to a list: columns by name, numbers and verdicts that stay, duplicates of what is there, and nothing at
// all of an append that was cancelled, refused or killed.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../../shared/errors.ts';
import { CombiningStore } from './combining-store.ts';

let combining: CombiningStore;
beforeEach(async () => {
  combining = await new CombiningStore().open();
});
afterEach(async () => {
  await combining.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;

describe('an append', () => {
  it('matches columns by name, adds new ones at the end, numbers on and marks what is there already', async () => {
    const { list } = await combining.import('Name,E-mail,City\nAnn,a@one.test,Rome\nBob,b@one.test,Bern\n');
    const path = combining.write(' e-MAIL ;phone;name\nc@two.test;+1,5;"Ce""c"\na@ONE.test;2;Ann 2\nno at;3;X\nno at;4;Y\nc@two.test;5;Z\n;6;E\n');
    const report = await combining.store.appendFile({ listId: list.id, path });
    expect(report).toMatchObject({ rows: 6, duplicates: 3, empty: 1, firstRow: 3, newColumns: ['phone'], problemCount: 0 });
    expect(report.list).toMatchObject({ columns: ['Name', 'E-mail', 'City', 'phone'], state: 'ready' });
    expect(report.list.counters).toMatchObject({ rows: 8, byState: { pending: 3, done: 1, duplicate: 3, empty: 1 }, byReason: { syntax_no_at: 1 } });
    expect(await combining.rows(list.id)).toEqual([
      { cells: { Name: 'Ann', 'E-mail': 'a@one.test', City: 'Rome' }, address: 'a@one.test', status: '', reason: 'pending', duplicateOf: '' },
      { cells: { Name: 'Bob', 'E-mail': 'b@one.test', City: 'Bern' }, address: 'b@one.test', status: '', reason: 'pending', duplicateOf: '' },
      { cells: { Name: 'Ce"c', 'E-mail': 'c@two.test', phone: '+1,5' }, address: 'c@two.test', status: '', reason: 'pending', duplicateOf: '' },
      { cells: { Name: 'Ann 2', 'E-mail': 'a@ONE.test', phone: '2' }, address: 'a@ONE.test', status: '', reason: 'pending', duplicateOf: '1' },
      { cells: { Name: 'X', 'E-mail': 'no at', phone: '3' }, address: 'no at', status: 'undeliverable', reason: 'syntax_no_at', duplicateOf: '' },
      { cells: { Name: 'Y', 'E-mail': 'no at', phone: '4' }, address: 'no at', status: 'undeliverable', reason: 'syntax_no_at', duplicateOf: '5' },
      { cells: { Name: 'Z', 'E-mail': 'c@two.test', phone: '5' }, address: 'c@two.test', status: '', reason: 'pending', duplicateOf: '3' },
      { cells: { Name: 'E', phone: '6' }, address: '', status: '', reason: 'empty', duplicateOf: '' },
    ]);
  });

  it('keeps every verdict, and gives new rows of judged domains to be asked', async () => {
    const { list } = await combining.import('email\na@one.test\nb@one.test\nx@two.test\n');
    await combining.judge(list.id, () => ({}));
    await combining.store.setState(list.id, 'done');
    const path = combining.write('email\nc@one.test\na@one.test\nd@three.test\n');
    const report = await combining.store.appendFile({ listId: list.id, path });
    expect(report.list).toMatchObject({ state: 'paused' });
    expect(report.list.counters).toMatchObject({ byState: { pending: 2, done: 3, duplicate: 1 }, byStatus: { deliverable: 3 } });
    expect((await combining.rows(list.id)).map(({ status }) => status)).toEqual(['deliverable', 'deliverable', 'deliverable', '', 'deliverable', '']);
    const claims = await combining.store.claim(list.id, { maxDomains: 9, maxAddressesPerDomain: 9, nowMs: 0, includeScheduled: false });
    expect(claims.map(({ domain, addresses }) => [domain, ...addresses.map(({ rowId, address }) => `${String(rowId)} ${address}`)])).toEqual([['one.test', '4 c@one.test'], ['three.test', '6 d@three.test']]);
    await combining.store.unlock(list.id);
    // Counters of duplicates follow: an export by status has as many rows as it says.
    const outPath = join(combining.folder, 'kept.csv');
    expect(await combining.store.exportList({ listId: list.id, outPath, statuses: ['deliverable'] })).toMatchObject({ rows: 4 });
  });

  it('goes by the columns’ places where one side has no header, and by the mailbox where the list does', async () => {
    const { list } = await combining.import('email,name\nann.b@gmail.com,Ann\n', { duplicatesBy: 'mailbox' });
    const report = await combining.store.appendFile({ listId: list.id, path: combining.write('annb+x@gmail.com,Ann again\nnew@gmail.com,New\n') });
    expect(report).toMatchObject({ rows: 2, duplicates: 1, newColumns: [] });
    expect((await combining.rows(list.id)).map(({ cells }) => cells['name'])).toEqual(['Ann', 'Ann again', 'New']);
  });

  it('keeps cells exactly in a list that came from a spreadsheet-safe export of ours', async () => {
    const { list } = await combining.import('email,note,winnow_status,winnow_reason,winnow_score,winnow_did_you_mean,winnow_flags,winnow_reply,winnow_mx,winnow_checked_at,winnow_duplicate_of\na@one.test,\'=1,,,,,,,,,\n');
    await combining.store.appendFile({ listId: list.id, path: combining.write('email,note\nb@one.test,=2\nc@one.test,\'=3\nd@one.test,"x\ny"\n') });
    expect((await combining.rows(list.id)).map(({ cells }) => cells['note'])).toEqual(['=1', '=2', '\'=3', 'x\ny']);
  });

  it('refuses a list that is being verified, an unknown one and a file without addresses, and leaves it as it was', async () => {
    const { list } = await combining.import('email\na@one.test\n');
    const path = combining.write('email\nb@one.test\n');
    await combining.store.lock(list.id);
    await expect(combining.store.appendFile({ listId: list.id, path })).rejects.toEqual(failing('StoreInUse'));
    await combining.store.unlock(list.id);
    await expect(combining.store.appendFile({ listId: 99, path })).rejects.toEqual(failing('ListNotFound'));
    await expect(combining.store.appendFile({ listId: list.id, path: combining.write('a,b\n1,2\n') })).rejects.toEqual(failing('NoAddressColumn'));
    await expect(combining.store.appendFile({ listId: list.id, path: `${path}.gone` })).rejects.toEqual(failing('FileNotFound'));
    expect(await combining.rows(list.id)).toHaveLength(1);
    expect(await combining.store.appendFile({ listId: list.id, path })).toMatchObject({ rows: 1, firstRow: 2 });
  });

  it('lets nobody work on, hide or delete the list meanwhile, and leaves nothing when it is cancelled', async () => {
    const { list } = await combining.import('email,x\na@one.test,1\n');
    const before = await combining.store.list(list.id);
    const path = combining.write(`email,y\n${Array.from({ length: 200_000 }, (_, row) => `u${String(row)}@d${String(row % 997)}.test,${'y'.repeat(20)}\n`).join('')}`);
    const controller = new AbortController();
    const refused: string[] = [];
    let asked = false;
    const appending = combining.store.appendFile({ listId: list.id, path }, ({ rows }) => {
      if (rows === 0 || asked) return;
      asked = true;
      const note = (error: unknown): void => { refused.push(error instanceof UserError ? error.code : String(error)); };
      void Promise.all([
        combining.store.lock(list.id).catch(note), combining.store.hideList(list.id).catch(note), combining.store.deleteList(list.id).catch(note),
      ]);
      controller.abort();
    }, controller.signal);
    await expect(appending).rejects.toEqual(failing('Cancelled'));
    expect(refused).toEqual(['StoreInUse', 'StoreInUse', 'StoreInUse']);
    expect(asked).toBe(true);
    expect(await combining.store.lists()).toEqual([before]);
  });

  it('is seen as it was by everybody until it is whole', async () => {
    const { list } = await combining.import('email\na@one.test\n');
    const path = combining.write(`email,y\n${Array.from({ length: 100_000 }, (_, row) => `u${String(row)}@d.test,1\n`).join('')}`);
    const seen = new Set<number>();
    let asking: Promise<unknown> = Promise.resolve();
    await combining.store.appendFile({ listId: list.id, path }, () => {
      asking = combining.store.counters(list.id).then(({ rows }) => seen.add(rows));
    });
    await asking;
    expect([...seen].filter((rows) => rows !== 1 && rows !== 100_001)).toEqual([]);
    expect(seen.has(1)).toBe(true);
    expect((await combining.store.list(list.id)).counters.rows).toBe(100_001);
  });
});
