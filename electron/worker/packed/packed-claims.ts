// Claims as they cross from the batch worker: columns and two texts instead of an object an address, because a structured
// clone of nested objects costs more on both sides than everything else that a claim takes.
// Always holds: what is unpacked equals what was packed. What few claims have (facts, earlier attempts) is told one by one.
import type { ClaimedAddress, DomainClaim, DomainFacts, EarlierVerdict, ListId } from '../interface.ts';

export interface PackedClaims {
  readonly listId: ListId;
  readonly domainIds: Float64Array;
  /** Names of the domains, and addresses of all of them in the claims' order: joined by line ends, which neither holds. */
  readonly domains: string;
  readonly addresses: string;
  /** How many addresses there are up to the end of each claim. */
  readonly ends: Uint32Array;
  readonly rowIds: Float64Array;
  /** Of domains of which something is known, by their place. */
  readonly facts: readonly (readonly [index: number, facts: DomainFacts])[];
  /** Of addresses that were asked before, by their place. */
  readonly asked: readonly (readonly [index: number, attempt: number, earlier: EarlierVerdict | null])[];
}

const NOTHING_KNOWN: DomainFacts = { catchAll: 'not_run', acceptedAny: false, random: null };

export function packClaims(listId: ListId, claims: readonly DomainClaim[]): PackedClaims {
  const domainIds = new Float64Array(claims.length);
  const ends = new Uint32Array(claims.length);
  const names: string[] = [];
  const addresses: string[] = [];
  const rowIds: number[] = [];
  const facts: [number, DomainFacts][] = [];
  const asked: [number, number, EarlierVerdict | null][] = [];
  for (const [index, claim] of claims.entries()) {
    domainIds[index] = claim.domainId;
    names.push(claim.domain);
    if (isKnown(claim.facts)) facts.push([index, claim.facts]);
    for (const { rowId, address, attempt, earlier } of claim.addresses) {
      if (attempt !== 1 || earlier !== null) asked.push([rowIds.length, attempt, earlier]);
      rowIds.push(rowId);
      addresses.push(address);
    }
    ends[index] = rowIds.length;
  }
  return { listId, domainIds, domains: names.join('\n'), addresses: addresses.join('\n'), ends, rowIds: Float64Array.from(rowIds), facts, asked };
}

export function unpackClaims(packed: PackedClaims): DomainClaim[] {
  const { listId, domainIds, ends, rowIds } = packed;
  const facts = new Map(packed.facts);
  const asked = new Map(packed.asked.map(([index, attempt, earlier]) => [index, { attempt, earlier }]));
  const names = packed.domains.split('\n');
  const addresses = packed.addresses.split('\n');
  const claims: DomainClaim[] = [];
  let at = 0;
  for (let index = 0; index < domainIds.length; index++) {
    const claimed: ClaimedAddress[] = [];
    for (const end = ends[index] ?? 0; at < end; at++) {
      const { attempt, earlier } = asked.get(at) ?? FIRST;
      claimed.push({ rowId: rowIds[at] ?? 0, address: addresses[at] ?? '', attempt, earlier });
    }
    claims.push({ listId, domainId: domainIds[index] ?? 0, domain: names[index] ?? '', facts: facts.get(index) ?? NOTHING_KNOWN, addresses: claimed });
  }
  return claims;
}

const FIRST = { attempt: 1, earlier: null } as const;

function isKnown({ catchAll, acceptedAny, random }: DomainFacts): boolean {
  return catchAll !== 'not_run' || acceptedAny || random !== null;
}
