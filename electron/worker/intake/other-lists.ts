// The addresses of other lists, for an import that leaves out what is in them: keyed hashes of 16 to 32 bytes an address,
// never the addresses themselves. The first list that has an address is the one that is told.
// What a list has itself as a duplicate, suppressed or impossible counts for nothing here.
import { canonicalAddress } from '../../../shared/address/canonical-address.ts';
import type { ParsedAddress } from '../../../shared/address/parse-address.ts';
import { openReading } from '../reader/open-reading.ts';
import { guarded } from '../store/store-error.ts';
import { KeyIndex } from './key-index.ts';
import { mailboxOf } from './known-rows.ts';

export interface OtherList {
  readonly listId: number;
  readonly name: string;
  /** Absolute path of its database. */
  readonly file: string;
}

export class OtherLists {
  readonly #keys = new KeyIndex();
  readonly #byMailbox: boolean;

  /** Reads all of them. `pause`: called now and then, and may throw. Throws what `openReading` throws. */
  constructor(lists: readonly OtherList[], byMailbox: boolean, pause: () => void = () => undefined) {
    this.#byMailbox = byMailbox;
    for (const list of lists) {
      const database = openReading(list.file, 'list');
      try {
        guarded(list.file, () => {
          let count = 0;
          for (const address of database.prepare<[], string>("SELECT address FROM rows WHERE kind = 'open'").pluck().iterate()) {
            if (count++ % 10_000 === 0) pause();
            this.#keys.addOrFind(byMailbox ? mailboxOf(address) : address, list.listId);
          }
        });
      } finally {
        database.close();
      }
    }
  }

  /** The list that has the address, or 0. */
  listOf(parsed: ParsedAddress): number {
    return this.#keys.find(this.#byMailbox ? canonicalAddress(parsed) : parsed.address);
  }
}
