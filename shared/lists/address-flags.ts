// The built-in lists as two plain functions, for callers that know no lists of the user's.
import type { ParsedAddress } from '../address/parse-address.ts';
import { BUILT_IN_LISTS, type AddressFlags } from './address-lists.ts';

export type { AddressFlags } from './address-lists.ts';

export function addressFlags(parsed: ParsedAddress): AddressFlags {
  return BUILT_IN_LISTS.flagsOf(parsed);
}

/** For a text that is no address, such as `x@gmail.con`: the whole corrected address if only its domain was mistyped. */
export function suggestAddress(text: string): string | null {
  return BUILT_IN_LISTS.suggest(text);
}
