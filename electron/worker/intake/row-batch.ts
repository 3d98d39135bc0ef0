// Rows on their way from the intake to the writer, as one buffer of text and one table of numbers that change hands
// without being copied: objects would cost more than all the rest of an import.
// The text is the source's own bytes; only what differs from them (a normalised domain, a foreign record) is beside it.
import type { LocalVerdict, RowKind } from './local-row.ts';

/** Numbers of a row in the table, in this order. */
export const ROW_FIELDS = 6;
/** Number of the row in the list. */
export const ROW_ID = 0;
/** Where the record and the address begin and end in `bytes`; in `extra` where the beginning is `~` of it. What lies in
 *  `bytes` is ASCII unless the end is `~` of it; an address there always is. */
export const RAW_START = 1;
export const RAW_END = 2;
export const ADDRESS_START = 3;
export const ADDRESS_END = 4;
/** `open`: number of the domain, from 1. `duplicate`: `-` of the first row. Else 0, and the kind is at ADDRESS_START; of
 *  `elsewhere` the list that has the address at ADDRESS_END. */
export const ROW_CODE = 5;

/** Kinds of rows without an address. */
export const OTHER_KINDS = ['invalid', 'empty', 'suppressed', 'elsewhere'] as const satisfies readonly RowKind[];

export interface RowBatch {
  /** UTF-8; its buffer belongs to whoever has the batch. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly table: Int32Array<ArrayBuffer>;
  readonly rows: number;
  readonly extra: string;
  /** Domains that are new, numbered in their order from `firstDomain`, with the first row that has each. */
  readonly domains: readonly string[];
  readonly domainRows: readonly number[];
  readonly firstDomain: number;
  readonly verdicts: readonly LocalVerdict[];
  /** Bytes of the file that have been read so far. */
  readonly bytesRead: number;
  /** Rows up to and with these. */
  readonly totalRows: number;
}
