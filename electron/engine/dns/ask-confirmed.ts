// NXDOMAIN makes an address undeliverable, so it is believed only when a second query says the same, put to another
// server where there is one (faults row 39). The second query asks for an address: there are name servers that answer
// NXDOMAIN for record types that they do not know, and none that do so for A.
import type { DnsResult, QueryType } from './dns-answer.ts';
import type { Resolver } from './resolver.ts';

/** As `resolver.ask`, but an `nxdomain` has been confirmed; one that could not be is `failed`. */
export async function askConfirmed(resolver: Resolver, name: string, type: QueryType): Promise<DnsResult> {
  const first = await resolver.ask(name, type);
  if (first.kind !== 'nxdomain') return first;

  const second = await resolver.ask(name, 'A', { startAt: 1 });
  if (second.kind === 'nxdomain') return first;
  if (second.kind === 'failed') return { kind: 'failed', detail: `NXDOMAIN not confirmed: ${second.detail}` };
  if (type === 'A') return second;

  // The name exists after all. What of the type that was asked for?
  const again = await resolver.ask(name, type, { startAt: 1 });
  return again.kind === 'nxdomain' ? { kind: 'nodata', ttlSec: again.ttlSec } : again;
}
