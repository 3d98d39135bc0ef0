// What was read from an address cell that holds more than an address, as the import read it: the same code again, because
// it is pure and nothing of it is stored. Null for a cell that is an address, or that none was taken out of.
import { extractAddresses } from '../../../shared/address/extract-addresses.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { cleanCell } from '../intake/clean-cell.ts';

export function extractedOf(cell: string): ResultDetail['extracted'] {
  const clean = cleanCell(cell);
  if (parseAddress(clean).ok) return null;
  const { found, leftover } = extractAddresses(clean);
  const [first, ...others] = found;
  if (first === undefined || leftover) return null;
  return { address: first.address.address, changes: [...first.changes], others: others.length };
}
