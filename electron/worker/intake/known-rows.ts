// What a list has already, for rows that are appended to it: the keys of its rows (see RowIntake) and its domains. Read
// from end to end once; only hashes of it are kept, 16 to 32 bytes a row.
import type Database from 'better-sqlite3';
import { canonicalAddress } from '../../../shared/address/canonical-address.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { ListRecord } from '../store/list-record.ts';
import { cleanCell } from './clean-cell.ts';
import { KeyIndex } from './key-index.ts';

export interface KnownRows {
  readonly seen: KeyIndex;
  readonly domains: KeyIndex;
  /** The highest row number; 0: none. */
  readonly lastRow: number;
}

type KnownRow = readonly [id: number, domainId: number | null, address: string | null, raw: string | null];

/** What makes two rows one is the list's to say, as at its import. `pause`: called now and then, and may throw. */
export function readKnownRows(database: Database.Database, list: Pick<ListRecord, 'delimiter' | 'guarded' | 'addressColumn'>, byMailbox: boolean, pause: () => void): KnownRows {
  const domains = new KeyIndex();
  for (const [id, name] of database.prepare<[], [number, string]>('SELECT id, name FROM domains ORDER BY id').raw().iterate()) domains.addOrFind(name, id);

  const seen = new KeyIndex();
  const cellOf = addressCells(list);
  const rows = database.prepare<[], KnownRow>("SELECT id, domain_id, address, iif(kind = 'invalid', raw, NULL) FROM rows WHERE kind IN ('open', 'invalid') ORDER BY id").raw();
  let count = 0;
  for (const [id, domainId, address, raw] of rows.iterate()) {
    if (count++ % 10_000 === 0) pause();
    if (address === null) seen.addOrFind(`\0${cellOf(raw ?? '')}`, id);
    else if (byMailbox) seen.addOrFind(mailboxOf(address), id);
    else seen.addOrFind(address.slice(0, address.lastIndexOf('@')), id, domainId ?? 0);
  }
  const lastRow = database.prepare<[], number | null>('SELECT max(id) FROM rows').pluck().get() ?? 0;
  return { seen, domains, lastRow };
}

/** The address cell of a stored record, as the import looks at it. */
export function addressCells({ delimiter, guarded, addressColumn }: Pick<ListRecord, 'delimiter' | 'guarded' | 'addressColumn'>): (raw: string) => string {
  const scanner = new RecordScanner(delimiter);
  return (raw) => {
    const cell = splitRecord(raw, scanner)[addressColumn] ?? '';
    return cleanCell(guarded ? unguardCell(cell) : cell);
  };
}

/** Of a normalised address. */
export function mailboxOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed.ok ? canonicalAddress(parsed) : address;
}
