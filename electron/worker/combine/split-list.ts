// Copies the rows of a list into new ones, each row into one of them, with its verdict and all that was heard for it.
// Records and columns stay as they are. A duplicate whose first row goes elsewhere stands for itself from then on, with
// that row's verdict.
import { KeyIndex } from '../intake/key-index.ts';
import type { ListReading, SourceRow } from './list-reading.ts';
import type { ListWriter } from './list-writer.ts';

/** `of`: by row number, the place of its new list in `writers`. `tell`: called with the rows read so far; may throw. */
export function splitList(reading: ListReading, of: Uint16Array, writers: readonly (ListWriter | undefined)[], tell: (rows: number) => void): void {
  const splitting = new SplittingList(reading, of, writers);
  let rows = 0;
  for (const page of reading.pages()) {
    for (const row of page) splitting.add(row);
    rows += page.length;
    tell(rows);
  }
}

class SplittingList {
  readonly #reading: ListReading;
  readonly #of: Uint16Array;
  readonly #writers: readonly (ListWriter | undefined)[];
  /** By number in the list that is read, the row's in its own new list. */
  readonly #rows: Uint32Array;
  /** Domains, and first rows of another list that a duplicate stands for, by new list. */
  readonly #domains = new KeyIndex();
  readonly #standing = new KeyIndex();

  constructor(reading: ListReading, of: Uint16Array, writers: readonly (ListWriter | undefined)[]) {
    this.#reading = reading;
    this.#of = of;
    this.#writers = writers;
    this.#rows = new Uint32Array(of.length);
  }

  add(row: SourceRow): void {
    const group = this.#of[row.id] ?? 0;
    const writer = this.#writers[group];
    if (writer === undefined) throw new Error('a row that no new list takes');
    if (row.kind !== 'duplicate' || row.dupOf === null) this.#rows[row.id] = this.#copy(row, row.raw, writer, group);
    else this.#rows[row.id] = this.#copyDuplicate(row, row.dupOf, writer, group);
  }

  #copyDuplicate(row: SourceRow, dupOf: number, writer: ListWriter, group: number): number {
    const isHere = this.#of[dupOf] === group;
    const first = isHere ? (this.#rows[dupOf] ?? 0) : this.#standing.addOrFind(String(dupOf), writer.nextId, group);
    if (first !== 0) return writer.add({ raw: row.raw, kind: 'duplicate', address: null, domainId: null, dupOf: first, otherList: null });
    const original = this.#reading.row(dupOf);
    if (original === undefined) throw new Error('a duplicate of a row that is not there');
    return this.#copy(original, row.raw, writer, group);
  }

  /** `row`, with the record `raw`. */
  #copy(row: SourceRow, raw: string, writer: ListWriter, group: number): number {
    const { kind, address, otherList, verdict } = row;
    const domainId = row.domainId === null ? null : this.#domainOf(row.domainId, writer, group);
    const id = writer.add({ raw, kind, address, domainId, dupOf: null, otherList });
    if (verdict !== null) writer.give(id, this.#reading, verdict);
    return id;
  }

  #domainOf(sourceId: number, writer: ListWriter, group: number): number {
    const known = this.#domains.find(String(sourceId), group);
    if (known !== 0) return known;
    const domain = this.#reading.domain(sourceId);
    if (domain === undefined) throw new Error('a row of a domain that is not there');
    const id = writer.domain(domain.name, domain.facts);
    this.#domains.addOrFind(String(sourceId), id, group);
    return id;
  }
}
