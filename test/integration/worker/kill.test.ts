// kill -9 at any moment of an import, a commit or an export (faults row 67): every acknowledged verdict is there, none
// twice, the files are whole, nothing half-done is left, and the work goes on. Moments come from a seeded generator.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDetails } from '../../../electron/worker/packed/verdict-details.ts';
import { detailsSql } from '../../../electron/worker/store/details-blocks.ts';
import { Store } from '../../../electron/worker/store/store.ts';

const victim = fileURLToPath(new URL('kill-victim.ts', import.meta.url));
let folder = '';
let dir = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-kill-'));
  dir = join(folder, 'store');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Mulberry32: the same moments in every run of the test, on a machine of the same speed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs the victim and kills it `delayMs` after it has said `lines` lines. What it said, and whether it had ended before. */
function killed(args: readonly string[], lines: number, delayMs: number): Promise<{ said: string[]; ended: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [victim, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let armed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (armed || output.split('\n').length <= lines) return;
      armed = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && code !== 0) reject(new Error(`the victim failed with ${String(code)}`));
      // A last line that was cut off was not said.
      else resolve({ said: output.split('\n').slice(0, -1), ended: code === 0 });
    });
  });
}

function integrity(path: string): unknown {
  const database = new Database(path);
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}

describe('kill -9', () => {
  it('loses no acknowledged verdict and gives none twice', async () => {
    const rows = 5_000;
    const source = join(folder, 'list.csv');
    writeFileSync(source, `email\n${Array.from({ length: rows }, (_, index) => `u${String(index)}@d${String(index % 200)}.example`).join('\n')}\n`);
    const store = new Store(dir);
    const listId = store.importList({ path: source }).list.id;
    store.close();
    const list = join(dir, 'lists', `${String(listId)}.db`);

    const random = generator(67);
    const acknowledged = new Set<string>();
    let rounds = 0;
    let kills = 0;
    for (let ended = false; !ended; rounds++) {
      expect(rounds).toBeLessThan(60);
      const after = kills < 6 ? Math.floor(random() * 400) : 1_000_000;
      const result = await killed(['commit', dir, String(listId)], after, random() * 8);
      ({ ended } = result);
      if (!ended) kills++;
      for (const line of result.said.filter((one) => one.startsWith('row '))) {
        // A row that was acknowledged is never handed out again.
        expect(acknowledged.has(line)).toBe(false);
        acknowledged.add(line);
      }
      expect(integrity(list)).toBe('ok');
      const database = new Database(list, { readonly: true });
      const verdicts = database
        .prepare<[], { row_id: number; details: Buffer }>(`SELECT row_id, ${detailsSql('details')} AS details FROM verdicts`)
        .all();
      const there = new Set(verdicts.map((row) => `row ${String(row.row_id)}`));
      for (const line of acknowledged) expect(there.has(line)).toBe(true);
      for (const { row_id: row, details } of verdicts) {
        const { reply, evidence } = readDetails(details);
        expect(reply).toBe(`250 row ${String(row)}`);
        expect(evidence).toEqual([]);
      }
      database.close();

      // The next process takes the lock at once, and the counters are those of the file.
      const again = new Store(dir);
      again.lock(listId);
      const { byState, byReason } = again.counters(listId);
      expect([byState.done, byState.pending, byReason.accepted ?? 0]).toEqual([verdicts.length, rows - verdicts.length, verdicts.length]);
      again.close();
    }
    expect(kills).toBeGreaterThan(3);
    expect(acknowledged.size).toBeGreaterThan(0);
  });

  it('leaves no half of an import', async () => {
    const source = join(folder, 'list.csv');
    const rows = 150_000;
    writeFileSync(source, `email,n\n${Array.from({ length: rows }, (_, index) => `u${String(index)}@d${String(index % 999)}.example,${'x'.repeat(60)}`).join('\n')}\n`);
    const random = generator(76);
    let kills = 0;
    for (let round = 0; round < 6; round++) {
      const { said, ended } = await killed(['import', dir, source], 1, random() * 150);
      if (!ended) kills++;
      const store = new Store(dir);
      const lists = store.lists();
      if (said.includes('imported')) expect(lists.length).toBe(1);
      for (const list of lists) {
        expect(list.counters.rows).toBe(rows);
        expect(integrity(join(dir, 'lists', `${String(list.id)}.db`))).toBe('ok');
        store.deleteList(list.id);
      }
      store.close();
      expect(integrity(join(dir, 'library.db'))).toBe('ok');
      expect(readdirSync(join(dir, 'lists'))).toEqual([]);
    }
    expect(kills).toBeGreaterThan(2);
  });

  it('leaves the old export or the new one, and the next export cleans up', async () => {
    const source = join(folder, 'list.csv');
    const rows = 100_000;
    writeFileSync(source, `email\n${Array.from({ length: rows }, (_, index) => `u${String(index)}@d${String(index % 999)}.example`).join('\n')}\n`);
    const store = new Store(dir);
    const listId = store.importList({ path: source }).list.id;
    store.close();
    const outFolder = join(folder, 'out');
    mkdirSync(outFolder);
    const outPath = join(outFolder, 'out.csv');
    const random = generator(66);
    let kills = 0;
    for (let round = 0; round < 6; round++) {
      writeFileSync(outPath, 'old');
      const { said, ended } = await killed(['export', dir, outPath], 2, random() * 60);
      if (!ended) kills++;
      const text = readFileSync(outPath, 'utf8');
      if (said.includes('exported') || text !== 'old') expect(parse(text).length).toBe(rows + 1);
    }
    expect(kills).toBeGreaterThan(2);
    const again = new Store(dir);
    again.exportList({ listId, outPath });
    again.close();
    expect(readdirSync(outFolder)).toEqual(['out.csv']);
  });
});
