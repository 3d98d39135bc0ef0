// The rows of a batch in the table: the same whether they are put in by their places or one by one.
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OTHER_KINDS, ROW_FIELDS, type RowBatch } from '../../../../electron/worker/intake/row-batch.ts';
import { RowInsert } from '../../../../electron/worker/store/row-insert.ts';

interface Row {
  readonly before: string;
  readonly address: string;
  readonly after: string;
  readonly kind: 'open' | 'duplicate' | (typeof OTHER_KINDS)[number];
  /** Its record, or its address, is not in the bytes as it is. */
  readonly aside: 'nothing' | 'record' | 'address';
  readonly number: number;
  /** So many rows were left out before it. */
  readonly gap: number;
}

const row = fc.record<Row>({
  before: fc.constantFrom('', '1,', 'é,', '😀,'),
  address: fc.constantFrom('a@b.com', 'somebody@example.org'),
  after: fc.constantFrom('', ',x', ',"日\n"'),
  kind: fc.oneof({ weight: 6, arbitrary: fc.constant<Row['kind']>('open') }, fc.constantFrom<Row['kind'][]>('duplicate', ...OTHER_KINDS)),
  aside: fc.oneof({ weight: 400, arbitrary: fc.constant<Row['aside']>('nothing') }, fc.constantFrom<Row['aside'][]>('record', 'address')),
  number: fc.oneof({ weight: 200, arbitrary: fc.integer({ min: 1, max: 2 ** 24 - 1 }) }, fc.constantFrom(2 ** 24 - 1, 2 ** 24, 2 ** 29 + 1, 2 ** 31 - 1)),
  gap: fc.oneof({ weight: 400, arbitrary: fc.constant(0) }, fc.constant(3)),
});

function batchOf(rows: readonly Row[]): { readonly batch: RowBatch; readonly expected: unknown[] } {
  const parts: Buffer[] = [];
  const table: number[] = [];
  const expected: unknown[] = [];
  let at = 0;
  let extra = '';
  let id = 0;
  for (const { before, address, after, kind, aside, number, gap } of rows) {
    id += 1 + gap;
    const raw = before + address + after;
    const bytes = Buffer.from(`${raw}\n`);
    parts.push(bytes);
    const end = at + bytes.length - 1;
    const isAscii = bytes.length === raw.length + 1;
    let place = [at, isAscii ? end : ~end];
    if (aside === 'record') {
      place = [~extra.length, extra.length + raw.length];
      extra += raw;
    }
    const start = at + Buffer.byteLength(before);
    let where = [start, start + address.length];
    if (aside !== 'nothing') {
      where = [~extra.length, extra.length + address.length];
      extra += address;
    }
    if (kind === 'open') {
      table.push(id, ...place, ...where, number);
      expected.push([id, raw, address, number, 'open', null]);
    } else if (kind === 'duplicate') {
      table.push(id, ...place, 0, 0, -number);
      expected.push([id, raw, null, null, 'duplicate', number]);
    } else {
      table.push(id, ...place, OTHER_KINDS.indexOf(kind), 0, 0);
      expected.push([id, raw, null, null, kind === 'elsewhere' ? 'duplicate' : kind, null]);
    }
    at += bytes.length;
  }
  const whole = Buffer.concat(parts);
  const bytes = new Uint8Array(whole.length);
  bytes.set(whole);
  const batch = { bytes, table: Int32Array.from(table), rows: table.length / ROW_FIELDS, extra, domains: [], domainRows: [], firstDomain: 1, verdicts: [], bytesRead: 0, totalRows: 0 };
  return { batch, expected };
}

describe('RowInsert', () => {
  it('puts in every row of every kind, as it was', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, raw TEXT NOT NULL, address TEXT, domain_id INTEGER, kind TEXT NOT NULL, dup_of INTEGER) STRICT');
    const insert = new RowInsert(database);
    const all = database.prepare('SELECT * FROM rows ORDER BY id').raw();
    fc.assert(
      fc.property(fc.array(row, { maxLength: 220, size: 'max' }), (rows) => {
        database.exec('DELETE FROM rows');
        const { batch, expected } = batchOf(rows);
        insert.add(batch);
        expect(all.all()).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    database.close();
  });
});
