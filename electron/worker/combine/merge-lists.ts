// Fills a new list with the rows of several, one list after the other. An address that is in several is verified once:
// its first row stands for all, and has the best verdict that any of them has (see ListWriter). Keeps no row: memory is
// hashes of the keys, and 8 bytes for each row and domain of the list that is being read.
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { addressCells, mailboxOf } from '../intake/known-rows.ts';
import { KeyIndex } from '../intake/key-index.ts';
import type { ListRecord } from '../store/list-record.ts';
import type { RecordDialect } from './record-form.ts';
import { RecordForm } from './record-form.ts';
import { joinLists } from './join-lists.ts';
import { ListReading, type SourceRow } from './list-reading.ts';
import type { ListWriter } from './list-writer.ts';

export interface MergePlan {
  readonly sources: readonly ListRecord[];
  readonly dialect: RecordDialect;
  readonly sourceColumn: string | undefined;
  readonly byMailbox: boolean;
}

export interface MergedRows {
  /** By source, in their order. */
  readonly rows: readonly number[];
  /** Rows that stood for themselves in their list and repeat another list's now. */
  readonly inSeveral: number;
}

/** `tell`: called with the rows read so far, a page at a time; may throw. Throws StoreDamaged, DiskFull, BadUsage. */
export function mergeLists({ sources, dialect, sourceColumn, byMailbox }: MergePlan, writer: ListWriter, tell: (rows: number) => void): MergedRows {
  const joined = joinLists(sources, sourceColumn);
  const seen = new KeyIndex();
  const rows: number[] = [];
  let inSeveral = 0;
  for (const [index, source] of sources.entries()) {
    const before = writer.rows;
    const reading = new ListReading(source);
    try {
      const places = joined.places[index] ?? { at: (column: number) => column };
      const last = joined.sourcePlace === null ? undefined : { place: joined.sourcePlace, value: source.name };
      const form = new RecordForm(source, dialect, places);
      const merging = new MergingList(reading, writer, { seen, byMailbox, record: (raw) => form.of(raw, last) });
      for (const page of reading.pages()) {
        for (const row of page) merging.add(row);
        tell(writer.rows);
      }
      inSeveral += merging.repeated;
    } finally {
      reading.close();
    }
    rows.push(writer.rows - before);
  }
  return { rows, inSeveral };
}

interface Merging {
  readonly seen: KeyIndex;
  readonly byMailbox: boolean;
  /** A record as the new list has it. */
  readonly record: (raw: string) => string;
}

class MergingList {
  readonly #reading: ListReading;
  readonly #writer: ListWriter;
  readonly #merging: Merging;
  readonly #cellOf: (raw: string) => string;
  /** By number in the list that is read: the first row with its address, and its domain, in the new one. */
  readonly #rows: Uint32Array;
  readonly #domains: Uint32Array;
  repeated = 0;

  constructor(reading: ListReading, writer: ListWriter, merging: Merging) {
    this.#reading = reading;
    this.#writer = writer;
    this.#merging = merging;
    this.#cellOf = addressCells(reading.record);
    const lasts = reading.lasts();
    this.#rows = new Uint32Array(lasts.row + 1);
    this.#domains = new Uint32Array(lasts.domain + 1);
  }

  add(row: SourceRow): void {
    const raw = this.#merging.record(row.raw);
    const base = { raw, address: null, domainId: null, dupOf: null, otherList: null };
    switch (row.kind) {
      case 'open':
      case 'invalid':
        this.#addOwn(row, raw);
        return;
      case 'duplicate': {
        const dupOf = row.dupOf === null ? this.#firstOf(row) : (this.#rows[row.dupOf] ?? 0);
        this.#rows[row.id] = dupOf;
        this.#writer.add({ ...base, kind: 'duplicate', ...(dupOf === 0 ? { otherList: row.otherList } : { dupOf }) });
        return;
      }
      default:
        this.#writer.add({ ...base, kind: row.kind });
    }
  }

  /** A row that stood for itself. */
  #addOwn(row: SourceRow, raw: string): void {
    const { seen } = this.#merging;
    const writer = this.#writer;
    const domainId = row.domainId === null ? null : this.#domainOf(row.domainId);
    const id = writer.nextId;
    const first = row.address === null ? seen.addOrFind(`\0${this.#cellOf(row.raw)}`, id) : seen.addOrFind(...this.#keyOf(row.address, domainId, id));
    this.#rows[row.id] = first === 0 ? id : first;
    if (first === 0) {
      writer.add({ raw, kind: row.kind, address: row.address, domainId, dupOf: null, otherList: null });
    } else {
      this.repeated++;
      writer.add({ raw, kind: 'duplicate', address: null, domainId: null, dupOf: first, otherList: null });
    }
    // What is impossible is so in every list: one verdict says it.
    if (row.verdict !== null && (first === 0 || row.kind === 'open')) writer.give(this.#rows[row.id] ?? id, this.#reading, row.verdict);
  }

  /** Of a row whose address another list has: the row here that has it, if that list is one of those; else 0. */
  #firstOf(row: SourceRow): number {
    const parsed = parseAddress(this.#cellOf(row.raw));
    if (!parsed.ok) return 0;
    const domainId = this.#writer.knownDomain(parsed.domain);
    if (domainId === 0) return 0;
    const [key, , space] = this.#keyOf(parsed.address, domainId, 0);
    return this.#merging.seen.find(key, space);
  }

  #keyOf(address: string, domainId: number | null, id: number): [key: string, value: number, space: number] {
    return this.#merging.byMailbox ? [mailboxOf(address), id, 0] : [address.slice(0, address.lastIndexOf('@')), id, domainId ?? 0];
  }

  #domainOf(sourceId: number): number {
    const known = this.#domains[sourceId] ?? 0;
    if (known !== 0) return known;
    const domain = this.#reading.domain(sourceId);
    if (domain === undefined) throw new Error('a row of a domain that is not there');
    const id = this.#writer.domain(domain.name, domain.facts);
    this.#domains[sourceId] = id;
    return id;
  }
}
