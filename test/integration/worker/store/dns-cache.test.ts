// DNS answers in the library, and which domains are looked up first: through the store as the engine uses it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, TemporaryStore, verdict } from './temporary-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const kept = (key: string, leftMs = 3_600_000) => ({ key, answer: '{"kind":"records"}', expiresAtMs: Date.now() + leftMs });

/** Whether these bytes are in any file of the store. */
function isOnDisk(text: string): boolean {
  return readdirSync(temporary.dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .some((file) => readFileSync(join(file.parentPath, file.name)).includes(text));
}

describe('kept DNS answers', () => {
  it('outlive a restart', () => {
    const answer = kept('MX secret-domain.example');
    temporary.store.dnsCacheSet([answer]);
    temporary.reopen();
    expect(temporary.store.dnsCacheGet(['MX secret-domain.example', 'A secret-domain.example'])).toEqual([answer, null]);
  });

  it('leave no byte behind when they are cleared', () => {
    temporary.store.dnsCacheSet(Array.from({ length: 2_000 }, (_, index) => kept(`MX secret-domain${index}.example`)));
    temporary.store.dnsCacheSet([kept('MX secret-domain7.example', 7_200_000)]);
    expect(isOnDisk('secret-domain7.example')).toBe(true);
    temporary.store.dnsCacheClear();
    expect(isOnDisk('secret-domain')).toBe(false);
    expect(temporary.store.dnsCacheGet(['MX secret-domain7.example'])).toEqual([null]);
  });

  it('go with any list that is deleted: they name its domains', () => {
    const id = temporary.importAddresses(['a@secret-domain.example']);
    const other = temporary.importAddresses(['a@other.example']);
    temporary.store.dnsCacheSet([kept('MX secret-domain.example')]);
    temporary.store.deleteList(id);
    expect(isOnDisk('secret-domain.example')).toBe(false);
    expect(temporary.store.list(other).counters.rows).toBe(1);
  });

  it('go with a list whose deletion was cut short, at the next start', () => {
    const id = temporary.importAddresses(['a@secret-domain.example']);
    temporary.store.dnsCacheSet([kept('MX secret-domain.example')]);
    temporary.store.close();
    const library = new Database(join(temporary.dir, 'library.db'));
    library.prepare("UPDATE lists SET state = 'deleting' WHERE id = ?").run(id);
    library.close();
    temporary.reopen();
    expect(isOnDisk('secret-domain.example')).toBe(false);
  });

  it('that have expired are removed at the next start', () => {
    temporary.store.dnsCacheSet([kept('MX secret-domain.example', -1)]);
    temporary.reopen();
    temporary.store.close();
    expect(isOnDisk('secret-domain.example')).toBe(false);
    temporary.reopen();
  });
});

describe('commonDomains', () => {
  it('are those with most rows, as long as they have some without a verdict', () => {
    const rows = ['a@few.example', ...['a', 'b', 'c'].map((name) => `${name}@some.example`), ...['a', 'b', 'c', 'd'].map((name) => `${name}@most.example`), 'no address'];
    const id = temporary.importAddresses(rows);
    expect(temporary.store.commonDomains(id, 2)).toEqual(['most.example', 'some.example']);
    expect(temporary.store.commonDomains(id, 100)).toEqual(['most.example', 'some.example', 'few.example']);
    const [claim] = temporary.claim(id).filter(({ domain }) => domain === 'most.example');
    temporary.store.commit(batch(id, (claim?.addresses ?? []).map(({ rowId }) => verdict(rowId)), { releasedDomainIds: [claim?.domainId ?? 0] }));
    expect(temporary.store.commonDomains(id, 100)).toEqual(['some.example', 'few.example']);
  });

  it('are none in an empty list', () => {
    expect(temporary.store.commonDomains(temporary.importAddresses(['no address']), 10)).toEqual([]);
  });
});
