// Whether a farm knows a recipient: the truth that verdicts are held against. Pure, so that farm and benchmark compute the
// same without asking each other. Known are `user` and digits at any domain, but for a share of them that is chosen by a
// seeded hash of the whole address. Anybody else (a catch-all probe's random name) is unknown.

export interface FarmTruth {
  /** 0-1. */
  readonly unknownShare: number;
  readonly seed: number;
}

export function isKnownRecipient(address: string, truth: FarmTruth): boolean {
  return knownBetween(address, 0, address.length, truth);
}

/** The same for an address that stands within a longer text, from `start` up to `end`. */
export function knownBetween(text: string, start: number, end: number, { unknownShare, seed }: FarmTruth): boolean {
  if (!text.startsWith('user', start)) return false;
  const digit = text.charCodeAt(start + 4);
  if (digit < 48 || digit > 57) return false;
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5 ^ seed;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV's low bits are its best mixed ones; one multiplication more spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296 >= unknownShare;
}
