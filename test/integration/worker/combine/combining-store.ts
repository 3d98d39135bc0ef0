// A store with its threads in a folder of its own, for tests of lists that are put together and taken apart: imports texts,
// gives verdicts, and reads lists back as rows of cells with their verdicts, which is what no combination may lose.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { openStore, type StoreClient } from '../../../../electron/worker/client.ts';
import type { ImportOptions, ImportReport, ListId, ListInfo, VerdictRecord } from '../../../../electron/worker/interface.ts';
import { batch, NOW_MS, verdict } from '../store/temporary-store.ts';

const WORKER = fileURLToPath(new URL('../../../../electron/worker/entry.ts', import.meta.url));
const OURS = 9;

export interface ReadRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly address: string;
  readonly status: string;
  readonly reason: string;
  readonly duplicateOf: string;
}

export class CombiningStore {
  readonly folder = mkdtempSync(join(tmpdir(), 'winnow-combine-'));
  readonly dir = join(this.folder, 'store');
  store!: StoreClient;
  #files = 0;

  async open(): Promise<this> {
    this.store = await openStore({ dir: this.dir, workerPath: WORKER });
    return this;
  }

  async reopen(): Promise<void> {
    await this.store.close();
    await this.open();
  }

  write(content: string | Buffer, name = `file-${String(++this.#files)}.csv`): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  async import(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    return await this.store.importList({ path: this.write(content), ...options });
  }

  /** Verdicts of rows by address, given as a run does. */
  async judge(listId: ListId, of: (address: string) => Partial<VerdictRecord> | null): Promise<void> {
    const claims = await this.store.claim(listId, { maxDomains: 1_000, maxAddressesPerDomain: 1_000, nowMs: NOW_MS, includeScheduled: true });
    const verdicts = claims.flatMap(({ addresses }) => addresses.flatMap(({ rowId, address, attempt }) => {
      const given = of(address);
      return given === null ? [] : [verdict(rowId, { attempt, ...given })];
    }));
    await this.store.commit(batch(listId, verdicts, { releasedDomainIds: claims.map(({ domainId }) => domainId) }));
    await this.store.unlock(listId);
  }

  /** All rows, as an export gives them, exactly. */
  async rows(listId: ListId): Promise<ReadRow[]> {
    const outPath = join(this.folder, `out-${String(++this.#files)}.csv`);
    const { columns, addressColumn, delimiter } = await this.store.list(listId);
    await this.store.exportList({ listId, outPath, spreadsheetSafe: false });
    return readRows(readFileSync(outPath), { columns, addressColumn, delimiter });
  }

  async remove(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Rows of an exact export. */
export function readRows(csv: Buffer, { columns, addressColumn, delimiter }: Pick<ListInfo, 'columns' | 'addressColumn' | 'delimiter'>): ReadRow[] {
    const [, ...records]: string[][] = parse(csv, { bom: true, delimiter, relax_column_count: true });
    return records.map((record) => {
      const own = record.slice(0, -OURS);
      const [status = '', reason = '', , , , , , , duplicateOf = ''] = record.slice(-OURS);
      const cells = Object.fromEntries(own.flatMap((cell, index) => (cell === '' ? [] : [[nameOf(columns, index), cell] as const])));
      return { cells, address: own[addressColumn] ?? '', status, reason, duplicateOf };
    });
}

/** What no combination may lose, in an order of its own. */
export function contentOf(rows: readonly ReadRow[]): string[] {
  return rows.map(({ cells, address, status, reason }) => JSON.stringify([Object.entries(cells).sort(), address, status, reason])).sort();
}

/** `phone`, or where there are several `phone/2`. */
function nameOf(columns: readonly string[], index: number): string {
  const name = columns[index] ?? '';
  const before = columns.slice(0, index).filter((column) => column === name).length;
  return before === 0 ? name : `${name}/${String(before + 1)}`;
}
