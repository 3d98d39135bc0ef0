// What is known of a domain, between its row and the interface: read for claims, written with each batch.
// What is known stays known: an acceptance, a clear answer of the random recipient, and above all that somebody who
// cannot exist was accepted. Nothing here judges an address.
import type { RandomFact, CatchAll } from '../../../shared/verdict/evidence.ts';
import type { DomainFacts } from '../interface.ts';

export interface DomainFactRow {
  readonly catch_all: CatchAll;
  readonly accepted_any: number;
  readonly random_code: number | null;
  readonly random_enhanced: string | null;
  readonly random_text: string | null;
  readonly random_local: string | null;
  readonly random_mx: string | null;
  readonly random_ip: string | null;
  readonly random_at_ms: number | null;
}

/** In the order of `domainFactCells`. */
export const DOMAIN_FACT_COLUMNS =
  'catch_all, accepted_any, random_code, random_enhanced, random_text, random_local, random_mx, random_ip, random_at_ms';

export function domainFactsOf(row: DomainFactRow): DomainFacts {
  return { catchAll: row.catch_all, acceptedAny: row.accepted_any === 1, random: randomOf(row) };
}

export function domainFactCells({ catchAll, acceptedAny, random }: DomainFacts): (string | number | null)[] {
  const answer = random === null ? [null, null, null, null, null, null, null] : [
    random.code, random.enhanced, random.text, random.local, random.mxHost, random.ip, random.atMs,
  ];
  return [catchAll, acceptedAny ? 1 : 0, ...answer];
}

/** `after`: what a claim that just ended says, made from what was known when it was handed out. */
export function mergedFacts(before: DomainFacts, after: DomainFacts): DomainFacts {
  const kept = isKept(before.catchAll, after.catchAll) ? before : after;
  return {
    catchAll: kept.catchAll,
    acceptedAny: before.acceptedAny || after.acceptedAny,
    // An answer and what it says belong together; one is better than none.
    random: kept.random ?? (kept.catchAll === after.catchAll ? after.random : null),
  };
}

function isKept(before: CatchAll, after: CatchAll): boolean {
  // One host of a domain that accepts anybody makes acceptances there worthless, whatever another host says.
  if (before === 'accepted') return true;
  if (after === 'not_run') return true;
  return before === 'refused' && after === 'inconclusive';
}

function randomOf(row: DomainFactRow): RandomFact | null {
  if (row.random_code === null || row.random_mx === null || row.random_ip === null) return null;
  return {
    code: row.random_code,
    enhanced: row.random_enhanced,
    text: row.random_text ?? '',
    local: row.random_local,
    mxHost: row.random_mx,
    ip: row.random_ip,
    atMs: row.random_at_ms ?? 0,
  };
}
