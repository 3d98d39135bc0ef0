// How much is claimed at once: as many domains as there is room for by what the list's domains have held so far, within
// bounds that keep one claim short for the worker and for the main thread. Never claims; it only counts.
import type { ClaimOptions, DomainClaim } from '../../worker/interface.ts';

/** One claim is taken in without a pause: some milliseconds of the main thread. */
const MOST_DOMAINS = 500;
const MOST_ADDRESSES = 10_000;
/** A domain with more is claimed again when these are judged. Its destination needs so many, to fill its connections while
 *  the last ones of a claim are on their way to the disk. */
const MOST_A_DOMAIN = 5_000;
/** Before anything is known: as if a list were all of one provider. */
const MEAN_AT_FIRST = 500;

export interface ClaimSizing {
  next(roomForDomains: number, roomForAddresses: number): Pick<ClaimOptions, 'maxDomains' | 'maxAddressesPerDomain'>;
  learn(claims: readonly DomainClaim[]): void;
}

export function createClaimSizing(): ClaimSizing {
  let mean = MEAN_AT_FIRST;
  return {
    next(roomForDomains, roomForAddresses) {
      const addresses = Math.min(MOST_ADDRESSES, roomForAddresses);
      const domains = Math.min(MOST_DOMAINS, roomForDomains, Math.ceil(addresses / mean));
      return { maxDomains: Math.max(1, domains), maxAddressesPerDomain: MOST_A_DOMAIN };
    },
    learn(claims) {
      if (claims.length === 0) return;
      let addresses = 0;
      for (const claim of claims) addresses += claim.addresses.length;
      // Half of the old, so that one giant at the head of a list is soon forgotten.
      mean = (mean + addresses / claims.length) / 2;
    },
  };
}
