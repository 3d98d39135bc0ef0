// A CSV as real exports are, made from a seed: five columns, some quoted, with Unicode, doubled quotes and line ends in
// quotes, every fourth of its blocks with CRLF, and 2 % of its addresses repeated. About 61 bytes a row.
// The same count always gives the same bytes; a block at a time, so that ten million rows need no memory.
import { seeded } from '../store/seeded.ts';

const FIRST = ['anna', 'bob', 'carla', 'dmitri', 'eve', 'farid', 'gina', 'hugo', 'ines', 'jan'];
const LAST = ['smith', 'meyer', 'rossi', 'novak', 'dupont', 'garcia', 'ito', 'khan', 'olsen', 'weber'];
const NAMES = ['Anna Smith', 'José García', 'Zoë Müller', 'Bob Meyer', '田中 太郎', 'Carla Rossi', 'Jan Novák', 'Ivan Petrov', 'Hugo Weber', 'Eve Khan'];
const COMPANIES = ['Acme', '"Smith, Sons & Co"', 'Globex', '"The ""Best"" Ltd"', 'Initech', '"Line\nTwo GmbH"', 'Umbrella', 'Hooli', 'Stark', 'Wayne'];
const BLOCK_ROWS = 10_000;
const REPEATED = 0.02;

export const SAMPLE_HEADER = 'id,name,email,company,note';
export const SAMPLE_ADDRESS_COLUMN = 2;

/** `rows` rows below a header, in blocks. `onPerson`: told whose address each row has, a number below `rows`. */
export function* sampleCsv(rows: number, onPerson?: (person: number) => void): Generator<string, void, undefined> {
  const random = seeded(1);
  const below = (count: number): number => Math.floor(random() * count);
  yield `${SAMPLE_HEADER}\n`;
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const newline = below(4) === 0 ? '\r\n' : '\n';
    let block = '';
    for (let row = from; row < Math.min(rows, from + BLOCK_ROWS); row++) {
      // An address is its number's, so one that was used before is repeated by its number.
      const person = row > 0 && random() < REPEATED ? below(row) : row;
      onPerson?.(person);
      const email = `${FIRST[person % 10] ?? ''}.${LAST[(person >> 3) % 10] ?? ''}${String(person)}@d${String(person % 50_021)}.example`;
      block += `${String(row)},${NAMES[below(10)] ?? ''},${email},${COMPANIES[below(10)] ?? ''},${below(3) === 0 ? 'x' : ''}${newline}`;
    }
    yield block;
  }
}
