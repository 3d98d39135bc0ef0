// The head of a line of details, read without the rest: the same as the full reader gives, whatever stands in it.
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DETAILS_HEAD, DetailsReader } from '../../../../electron/worker/export/details-reader.ts';
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
  return new DetailsReader(database).read(head, 1);
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
