// The head of a line of details, read without the rest: the same as the full reader gives, whatever stands in it.
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DETAILS_HEAD, DetailsReader, SAID_REMEMBERED, type ExportDetails } from '../../../../electron/worker/export/details-reader.ts';
import { AsciiWriter } from '../../../../electron/worker/packed/ascii-writer.ts';
import { readDetails, writeDetails } from '../../../../electron/worker/packed/verdict-details.ts';

let database: Database.Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.exec('CREATE TABLE details (id INTEGER PRIMARY KEY, body BLOB NOT NULL); CREATE TABLE verdicts (row_id INTEGER PRIMARY KEY, details INTEGER NOT NULL)');
});
afterEach(() => {
  database.close();
});

const text = fc.option(fc.oneof(fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', 'a', '\n', 'é', '😀', '\0', ' '), maxLength: 12 }), fc.string({ maxLength: 300 })), { nil: null });
const line = fc.record({ checkedAtMs: fc.nat(), didYouMean: text, reply: text, mx: text, flags: fc.subarray(['free', 'role', 'practice'] as const) });

function read(body: Buffer, offset: number): object {
  database.exec('DELETE FROM details; DELETE FROM verdicts');
  database.prepare('INSERT INTO details VALUES (1, ?)').run(body);
  database.prepare('INSERT INTO verdicts VALUES (1, ?)').run(4_096 + offset);
  const { head } = database.prepare<[], { head: string }>(`SELECT ${DETAILS_HEAD.column} AS head FROM verdicts v ${DETAILS_HEAD.join}`).get() ?? { head: '' };
  const reader = new DetailsReader(database, 10);
  const said = reader.read(head, 1);
  // The same by its place, with the head and without it, and from then on from memory.
  for (const given of [head, null]) {
    const other = new DetailsReader(database, 10);
    expect(other.known(4_096 + offset)).toBeNull();
    expect(other.readAt(4_096 + offset, given, 1)).toEqual(said);
    expect(other.known(4_096 + offset)).toEqual(said);
  }
  return said;
}

function expected(body: Buffer, offset: number): object {
  const { checkedAtMs, flags, didYouMean, reply, mx } = readDetails(body.subarray(offset));
  return { checkedAtMs, said: { flags, didYouMean, reply, mx } };
}

describe('DetailsReader', () => {
  it('gives what the full reader gives, for lines as they are written', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const offsets: number[] = [];
        let body = '';
        for (const one of lines) {
          const writer = new AsciiWriter(1_000);
          writeDetails(writer, { ...one, attempt: 1 }, []);
          offsets.push(body.length);
          body += `[0,${Buffer.from(writer.bytes).toString('latin1')}\n`;
        }
        for (const offset of offsets) expect(read(Buffer.from(body), offset)).toEqual(expected(Buffer.from(body), offset));
      }),
      { numRuns: 300 },
    );
  });

  it('forgets what it remembered by place when it has too much to remember, and gives nothing wrong', () => {
    const writer = new AsciiWriter(1_000);
    database.exec('BEGIN');
    for (let id = 1; id <= SAID_REMEMBERED + 10; id += 1) {
      writer.clear();
      writeDetails(writer, { checkedAtMs: id, attempt: 1, flags: [], didYouMean: null, reply: `250 ${String(id)}`, mx: null }, []);
      database.prepare('INSERT INTO details VALUES (?, ?)').run(id, Buffer.from(`[0,${Buffer.from(writer.bytes).toString('latin1')}\n`));
    }
    database.exec('COMMIT');
    const reader = new DetailsReader(database, 4 * SAID_REMEMBERED);
    const idOf = ({ said, checkedAtMs }: ExportDetails) => [said.reply, checkedAtMs];
    for (let id = 1; id <= SAID_REMEMBERED + 10; id += 1) expect(idOf(reader.readAt(id * 4_096, null, 1))).toEqual([`250 ${String(id)}`, id]);
    for (let id = 1; id <= SAID_REMEMBERED + 10; id += 1) {
      const known = reader.known(id * 4_096);
      if (known !== null) expect(idOf(known)).toEqual([`250 ${String(id)}`, id]);
    }
    expect(reader.known(4_096)).toBeNull();
    expect(reader.known((SAID_REMEMBERED + 5) * 4_096)).not.toBeNull();
  });

  it('gives it for lines of an older version too, which are not ASCII', () => {
    fc.assert(
      fc.property(line, ({ checkedAtMs, flags, didYouMean, reply, mx }) => {
        const body = Buffer.from(`${JSON.stringify([0, checkedAtMs, 1, flags.join(' '), didYouMean, reply, mx, null])}\n`);
        expect(read(body, 0)).toEqual(expected(body, 0));
      }),
      { numRuns: 200 },
    );
  });
});
