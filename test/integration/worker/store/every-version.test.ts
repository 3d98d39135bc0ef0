// Every older version of a library and of a list's file can be opened: made here by the migrations of that version, with
// something in it, and brought up to date by the product. What was there is there, and a copy of the old file lies beside.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyPath, MIGRATIONS, openDatabase } from '../../../../electron/worker/store/open-database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-versions-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const FILL: Readonly<Record<keyof typeof MIGRATIONS, string>> = {
  library: `INSERT INTO lists (name, file, source_path, source_size, source_mtime_ms, state, practice, created_at_ms, encoding, bom, delimiter, newline,
      has_header, guarded, columns_json, address_column, counters_json)
    VALUES ('old list', 'lists/1.db', '/old.csv', 1, 2.5, 'paused', 0, 1234, 'utf-8', 0, ',', 'x', 1, 0, '["email"]', 0, '{}')`,
  list: `INSERT INTO meta VALUES ('list', '{}');
    INSERT INTO domains (id, name, next_row) VALUES (1, 'one.example', 2);
    INSERT INTO rows VALUES (1, 'a@one.example', 'a@one.example', 1, 'open', NULL), (2, 'b@one.example', 'b@one.example', 1, 'open', NULL),
      (3, 'a@one.example', NULL, NULL, 'duplicate', 1);
    INSERT INTO schedule (row_id, domain_id, retry_at_ms, attempt, reason) VALUES (2, 1, 99, 1, 'greylisted');
    INSERT INTO counters VALUES ('state:done', 1), ('state:scheduled', 1), ('state:duplicate', 1)`,
};
/** Until version 3, and from version 4 on. */
const VERDICTS_003 = "INSERT INTO verdicts VALUES (1, 'accepted', 95, 'role', NULL, '250 Ok', 'mx', 77, 1), (2, 'greylisted', 50, '', NULL, '450', 'mx', 78, 1)";
const VERDICTS_004 = `INSERT INTO details VALUES (1, CAST('[0,77,1,"role",null,"250 Ok","mx",[]]' || char(10) AS BLOB));
  INSERT INTO verdicts SELECT 1, code, 95, 4096 FROM reasons WHERE name = 'accepted';
  INSERT INTO verdicts SELECT 2, code, 50, 4096 FROM reasons WHERE name = 'greylisted'`;

const versions = (Object.keys(MIGRATIONS) as (keyof typeof MIGRATIONS)[]).flatMap((kind) => MIGRATIONS[kind].map((_sql, index) => [kind, index + 1] as const));

describe.each(versions)('a %s of version %i', (kind, version) => {
  it('is what it was after it was brought up to date', () => {
    const path = join(folder, 'old.db');
    // As the product of that version made it.
    const old = openDatabase(path, kind, { create: true, migrations: MIGRATIONS[kind].slice(0, version) });
    old.exec(FILL[kind]);
    if (kind === 'list') old.exec(version < 4 ? VERDICTS_003 : VERDICTS_004);
    old.close();

    const database = openDatabase(path, kind, { create: false });
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS[kind].length);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    if (kind === 'library') {
      expect(database.prepare('SELECT name, state, created_at_ms, changed_at_ms, damage, told_at_ms, reused, hidden_at_ms FROM lists').all()).toEqual([
        // Made in a newer version, a list's last change is told by whoever adds it.
        { name: 'old list', state: 'paused', created_at_ms: 1234, changed_at_ms: version < 5 ? 1234 : 0, damage: null, told_at_ms: null, reused: 0, hidden_at_ms: null },
      ]);
    } else {
      const verdicts = database.prepare('SELECT v.row_id, r.name, v.score FROM verdicts v JOIN reasons r ON r.code = v.reason ORDER BY v.row_id').raw().all();
      expect(verdicts).toEqual([[1, 'accepted', 95], [2, 'greylisted', 50]]);
      expect(database.prepare('SELECT count(*) FROM rows').pluck().get()).toBe(3);
      expect(database.prepare('SELECT row_id, retry_at_ms, reason, heard, again FROM schedule').raw().all()).toEqual([[2, 99, 'greylisted', null, 0]]);
      // A duplicate that an older version knew by its row alone.
      expect(database.prepare('SELECT row_id, first_row FROM duplicates').raw().all()).toEqual(version === 1 ? [[3, 1]] : []);
    }
    database.close();

    const copy = copyPath(path, version);
    expect(existsSync(copy)).toBe(version < MIGRATIONS[kind].length);
    if (!existsSync(copy)) return;
    const before = new Database(copy, { readonly: true });
    expect(before.pragma('user_version', { simple: true })).toBe(version);
    expect(before.prepare(`SELECT count(*) FROM ${kind === 'library' ? 'lists' : 'rows'}`).pluck().get()).toBe(kind === 'library' ? 1 : 3);
    before.close();
  });
});
