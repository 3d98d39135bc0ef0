// Verdicts that pass from list to list: only certain ones, of the same world, settings and time; under a keyed hash.
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reader } from '../../../../electron/worker/reader/reader.ts';
import { AddressHash } from '../../../../electron/worker/store/address-hash.ts';
import type { KnownSlice } from '../../../../electron/worker/store-care.ts';
import { explainVerdict } from '../../../../shared/words/explain-verdict.ts';
import { batch, NOW_MS, TemporaryStore, verdict } from './temporary-store.ts';

const DAY_MS = 86_400_000;

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const slice = (listId: number, options: Partial<KnownSlice> = {}): KnownSlice => ({
  listId, afterRow: 0, scope: 'real', fit: 'fit-1', nowMs: NOW_MS + DAY_MS, maxAgeMs: 7 * DAY_MS, ...options,
});

const REFUSED = { reason: 'mailbox_not_found', score: 0, reply: '550 5.1.1 <bob@one.example>: no such user' } as const;

/** A list that was verified: accepted, not found, greylisted, accept-all, from DNS, with a suggestion. */
function verified(): number {
  const id = temporary.importAddresses(['Ann@one.example', 'bob@one.example', 'cy@one.example', 'dee@all.example', 'eve@gone.example', 'fay@gmial.example']);
  temporary.claim(id);
  temporary.store.commit(
    batch(id, [
      verdict(1, { flags: ['role', 'free'] }),
      verdict(2, REFUSED),
      verdict(3, { reason: 'greylisted', reply: '450 4.7.1 later' }),
      verdict(4, { reason: 'accept_all', reply: '250 2.1.5 Ok' }),
      verdict(5, { reason: 'domain_not_found', reply: 'NXDOMAIN', mx: null, heard: 'nothing' }),
      verdict(6, { didYouMean: 'fay@gmail.example' }),
    ], { releasedDomainIds: [1, 2, 3, 4] }),
  );
  expect(temporary.store.care.rememberVerdicts(slice(id))).toEqual({ nextRow: null, rows: 2, oldestAtMs: NOW_MS });
  return id;
}

const AGAIN = ['bob@one.example', 'Ann@ONE.example', 'ann@one.example', 'new@one.example', 'cy@one.example', 'dee@all.example', 'eve@gone.example', 'fay@gmial.example', 'bob@one.example'];

describe('reusing verdicts', () => {
  it('gives the same address the verdict it got for another list, and leaves the rest to be asked', () => {
    verified();
    const id = temporary.importAddresses(AGAIN);
    expect(temporary.store.care.reuseVerdicts(slice(id))).toEqual({ nextRow: null, rows: 2, oldestAtMs: NOW_MS });
    expect(temporary.store.list(id)).toMatchObject({
      reused: 2,
      counters: { byState: { done: 2, pending: 6, duplicate: 1 }, byReason: { mailbox_not_found: 1, accepted: 1 } },
    });
    const claims = temporary.claim(id);
    // Local parts keep their case (RFC 5321 2.4); a duplicate has the verdict of its first row.
    expect(claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId)).sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8]);
    temporary.reopen();
    expect(temporary.store.list(id).reused).toBe(2);
  });

  it('says in its evidence that it is one, without the words of the server', () => {
    verified();
    const id = temporary.importAddresses(AGAIN);
    temporary.store.care.reuseVerdicts(slice(id));
    const reader = new Reader(temporary.dir);
    const detail = reader.detail(id, 1);
    reader.close();
    expect(detail).toMatchObject({ checkedAtMs: NOW_MS, attempt: 0, flags: [], row: { reason: 'mailbox_not_found', reply: '550 5.1.1 (asked for another list on 2025-10-09)' } });
    const said = explainVerdict({ ...detail, address: 'bob@one.example', reason: 'mailbox_not_found', reply: detail.row.reply });
    expect(said.asked).toContain('Nobody was asked for this list');
    expect(said.answered).toBe('Its answer then was “550 5.1.1 (asked for another list on 2025-10-09)”; its words were not kept.');
  });

  it.each<[string, Partial<KnownSlice>]>([
    ['of another world', { scope: 'lab 127.0.0.1:53 25' }],
    ['of settings that judge otherwise', { fit: 'fit-2' }],
    ['that is too old', { nowMs: NOW_MS + 8 * DAY_MS }],
    ['of the future', { nowMs: NOW_MS - 1 }],
  ])('never takes one %s', (_name, options) => {
    verified();
    const id = temporary.importAddresses(AGAIN);
    expect(temporary.store.care.reuseVerdicts(slice(id, options)).rows).toBe(0);
    expect(temporary.store.care.reuseVerdicts(slice(id)).rows).toBe(2);
  });

  it('does not remember anew what was used again, so that it grows old', () => {
    verified();
    const id = temporary.importAddresses(AGAIN);
    temporary.store.care.reuseVerdicts(slice(id));
    expect(temporary.store.care.rememberVerdicts(slice(id, { nowMs: NOW_MS + 5 * DAY_MS })).rows).toBe(0);
  });

  it('keeps the newest of an address, and forgets what is too old', () => {
    verified();
    const later = temporary.importAddresses(['bob@one.example']);
    temporary.claim(later);
    temporary.store.commit(batch(later, [verdict(1, { checkedAtMs: NOW_MS + 6 * DAY_MS })], { releasedDomainIds: [1] }));
    temporary.store.care.rememberVerdicts(slice(later, { nowMs: NOW_MS + 8 * DAY_MS }));
    expect(temporary.store.care.knownVerdicts()).toBe(1);
    const id = temporary.importAddresses(AGAIN);
    temporary.store.care.reuseVerdicts(slice(id, { nowMs: NOW_MS + 8 * DAY_MS }));
    expect(temporary.store.counters(id).byReason).toEqual({ accepted: 1 });
  });

  it('goes through long lists in slices', () => {
    const addresses = Array.from({ length: 12_000 }, (_, index) => `u${String(index)}@d${String(index % 7)}.example`);
    const first = temporary.importAddresses(addresses);
    const claims = temporary.claim(first, { maxAddressesPerDomain: 5_000 });
    temporary.store.commit(batch(first, claims.flatMap((claim) => claim.addresses.map(({ rowId }) => verdict(rowId))), { releasedDomainIds: claims.map(({ domainId }) => domainId) }));
    const through = (call: (slice: KnownSlice) => { nextRow: number | null; rows: number }, listId: number): number[] => {
      const rows: number[] = [];
      for (let afterRow: number | null = 0; afterRow !== null; ) {
        const report: { nextRow: number | null; rows: number } = call(slice(listId, { afterRow }));
        rows.push(report.rows);
        afterRow = report.nextRow;
      }
      return rows;
    };
    const { care } = temporary.store;
    expect(through((one) => care.rememberVerdicts(one), first)).toEqual([5_000, 5_000, 2_000]);
    const second = temporary.importAddresses(addresses);
    expect(through((one) => care.reuseVerdicts(one), second)).toEqual([5_000, 5_000, 2_000]);
    expect(temporary.store.counters(second).byState).toMatchObject({ pending: 0, done: 12_000 });
    expect(temporary.claim(second)).toEqual([]);
  });
});

describe('what is remembered', () => {
  it('holds no byte of an address, of a domain or of what a server said', () => {
    const id = verified();
    temporary.store.deleteList(id);
    temporary.store.close();
    for (const name of readdirSync(temporary.dir, { recursive: true, encoding: 'utf8' })) {
      const path = join(temporary.dir, name);
      if (!statSync(path).isFile()) continue;
      const bytes = readFileSync(path).toString('latin1').toLowerCase();
      for (const word of ['bob', 'one.example', 'no such user']) expect(bytes.includes(word), `${word} in ${name}`).toBe(false);
    }
    temporary.reopen();
    expect(temporary.store.care.knownVerdicts()).toBe(2);
  });

  it('is HMAC-SHA-256 with a key that only the owner can read', () => {
    verified();
    const path = join(temporary.dir, 'known-verdicts.key');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const key = readFileSync(path);
    expect(key).toHaveLength(32);
    const expected = createHmac('sha256', key).update('real\nbob@one.example').digest().subarray(0, 16);
    expect(new AddressHash(temporary.dir).of('real', 'bob@one.example').equals(expected)).toBe(true);
    const library = new Database(join(temporary.dir, 'library.db'), { readonly: true });
    expect(library.prepare('SELECT reason FROM known_verdicts WHERE key = ?').pluck().get(expected)).toBe('mailbox_not_found');
    library.close();
  });

  it('is forgotten by a button, the key with it', () => {
    verified();
    const key = readFileSync(join(temporary.dir, 'known-verdicts.key'));
    temporary.store.care.forgetKnownVerdicts();
    expect(temporary.store.care.knownVerdicts()).toBe(0);
    expect(readdirSync(temporary.dir)).not.toContain('known-verdicts.key');
    verified();
    expect(readFileSync(join(temporary.dir, 'known-verdicts.key')).equals(key)).toBe(false);
  });
});
