// Whether a cell's bytes begin as nearly all do: with an ASCII dot-atom of a lawful length and an at sign (RFC 5321
// 4.1.2). With a domain that is known to the list as it is written, such a cell is an address in its normal form, and no
// string has to be made of it. Says nothing of any other cell: those are the whole grammar's (`parseAddress`).
import { AT, DOT, IS_ATEXT } from '../../../shared/address/characters.ts';

/** RFC 5321 4.5.3.1.1, in octets. */
const MAX_LOCAL_OCTETS = 64;
/** RFC 5321 4.5.3.1.3 without the angle brackets. */
const MAX_ADDRESS_OCTETS = 254;

/** Where the at sign of `bytes[start, end)` is, or -1 for everything that needs a closer look. */
export function plainAddressAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > MAX_ADDRESS_OCTETS) return -1;
  const last = Math.min(end, start + MAX_LOCAL_OCTETS + 1);
  let before = DOT;
  for (let at = start; at < last; at++) {
    const byte = bytes[at] ?? 0;
    if (IS_ATEXT[byte] !== 1) {
      if (byte === AT) return before === DOT ? -1 : at;
      if (byte !== DOT || before === DOT) return -1;
    }
    before = byte;
  }
  return -1;
}
