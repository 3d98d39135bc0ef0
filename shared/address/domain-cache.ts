// Domains that were parsed before. A list names few domains and many people: most are answered from here unread.
// Fixed size, two places a hash, nothing is searched. Where both are taken only one newcomer in sixteen gets in: a list of
// more domains than there are places would else throw out each one just before it comes again.
// Holds only domains that are valid as they stand (ASCII, in lower case), and no slice of a larger text.

export interface KnownDomain {
  readonly domain: string;
  readonly unicodeDomain: string;
  readonly specialUse: boolean;
}

/** A power of two. Full, all of it takes about 6 MB. */
const PLACES = 32_768;
/** Letters that are hashed. Names differ at their start; alike ones share a place, which costs time and nothing else. */
const HASHED = 12;
/** One in so many. */
const NEWCOMERS = 16;

/** Never 0, so that an empty place has nobody's hash. */
const hashes = new Int32Array(PLACES);
const known: KnownDomain[] = new Array<KnownDomain>(PLACES).fill({ domain: '', unicodeDomain: '', specialUse: false });
let turnedAway = 0;

/** What is known of `domain`, exactly as it is written, or null. */
export function knownDomain(domain: string): KnownDomain | null {
  const hash = hashOf(domain);
  const place = placeOf(hash);
  // Hashes first: to compare texts, and to fetch them, costs far more.
  const found = hashes[place] === hash ? known[place] : hashes[place + 1] === hash ? known[place + 1] : undefined;
  return found?.domain === domain ? found : null;
}

/** `parsed.domain` is ASCII, and `knownDomain` does not know it. */
export function rememberDomain(parsed: KnownDomain): void {
  const hash = hashOf(parsed.domain);
  let place = placeOf(hash);
  if (hashes[place] !== 0) {
    if (hashes[place + 1] === 0) {
      place += 1;
    } else {
      turnedAway += 1;
      if (turnedAway % NEWCOMERS !== 0) return;
      // In turn, so that neither place keeps for ever what is never asked for again.
      place += (turnedAway / NEWCOMERS) & 1;
    }
  }
  // A copy: a slice would keep the whole chunk alive that it was cut from.
  const domain = ` ${parsed.domain}`.slice(1);
  const unicodeDomain = parsed.domain === parsed.unicodeDomain ? domain : ` ${parsed.unicodeDomain}`.slice(1);
  hashes[place] = hash;
  known[place] = { domain, unicodeDomain, specialUse: parsed.specialUse };
}

function hashOf(domain: string): number {
  const { length } = domain;
  const end = length < HASHED ? length : HASHED;
  let hash = length;
  for (let i = 0; i < end; i += 1) hash = Math.imul(hash ^ domain.charCodeAt(i), 0x9e3779b1);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 1;
}

/** Index of the first of the two places of a hash; the other is the next. */
function placeOf(hash: number): number {
  return (hash >>> 16) & (PLACES - 2);
}
