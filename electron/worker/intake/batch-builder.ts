// Gathers the rows of one parsed chunk into a batch. Copies no text: the batch takes the chunk's own buffer along.
// A chunk is given back to nobody else while it is in a batch; `finish` begins the next one.
import type { LocalVerdict } from './local-row.ts';
import {
  ADDRESS_END, ADDRESS_START, OTHER_KINDS, RAW_END, RAW_START, ROW_CODE, ROW_FIELDS, ROW_ID, type RowBatch,
} from './row-batch.ts';
import type { IntakeRow, RowTarget } from './row-intake.ts';

/** Room for rows at first: more than a chunk of 1 MiB has more often than not. */
const FIRST_ROWS = 20_000;

export class BatchBuilder implements RowTarget {
  #table = new Int32Array(FIRST_ROWS * ROW_FIELDS);
  #rows = 0;
  #extra: string[] = [];
  #extraLength = 0;
  #domains: string[] = [];
  #domainRows: number[] = [];
  #verdicts: LocalVerdict[] = [];
  #nextDomain = 1;
  #totalRows = 0;

  get rows(): number {
    return this.#rows;
  }

  addRow(row: IntakeRow): void {
    if ((this.#rows + 1) * ROW_FIELDS > this.#table.length) this.#grow();
    const table = this.#table;
    const at = this.#rows * ROW_FIELDS;
    this.#rows++;
    this.#totalRows++;
    table[at + ROW_ID] = row.id;
    if (row.foreign) {
      table[at + RAW_START] = ~this.#extraLength;
      table[at + RAW_END] = this.#append(row.raw());
    } else {
      table[at + RAW_START] = row.start;
      table[at + RAW_END] = row.ascii ? row.end : ~row.end;
    }
    if (row.kind === 'open') {
      table[at + ROW_CODE] = row.domainId;
      if (row.addressStart >= 0) {
        table[at + ADDRESS_START] = row.addressStart;
        table[at + ADDRESS_END] = row.addressEnd;
      } else {
        table[at + ADDRESS_START] = ~this.#extraLength;
        table[at + ADDRESS_END] = this.#append(row.address ?? '');
      }
      return;
    }
    table[at + ROW_CODE] = row.kind === 'duplicate' ? -row.duplicateOf : 0;
    table[at + ADDRESS_START] = row.kind === 'duplicate' ? 0 : OTHER_KINDS.indexOf(row.kind);
    table[at + ADDRESS_END] = row.otherList;
  }

  addDomain(name: string, firstRow: number): void {
    this.#domains.push(name);
    this.#domainRows.push(firstRow);
  }

  addVerdict(verdict: LocalVerdict): void {
    this.#verdicts.push(verdict);
  }

  /** `bytes`: the chunk that the rows' places are in, with a buffer of its own. */
  finish(bytes: Uint8Array<ArrayBuffer>, bytesRead: number): RowBatch {
    const batch: RowBatch = {
      bytes,
      table: this.#table.slice(0, this.#rows * ROW_FIELDS),
      rows: this.#rows,
      extra: this.#extra.join(''),
      domains: this.#domains,
      domainRows: this.#domainRows,
      firstDomain: this.#nextDomain,
      verdicts: this.#verdicts,
      bytesRead,
      totalRows: this.#totalRows,
    };
    this.#nextDomain += this.#domains.length;
    this.#rows = 0;
    this.#extra = [];
    this.#extraLength = 0;
    this.#domains = [];
    this.#domainRows = [];
    this.#verdicts = [];
    return batch;
  }

  #append(text: string): number {
    this.#extra.push(text);
    this.#extraLength += text.length;
    return this.#extraLength;
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2);
    table.set(this.#table);
    this.#table = table;
  }
}
