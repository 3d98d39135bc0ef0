// Follows a CNAME chain where the server left it to us. At most eight steps, whoever takes them (faults rows 42, 43):
// a chain that is longer or turns in a circle gives no answer at all, never an empty one.
import { MAX_CNAME_STEPS } from './dns-message.ts';
import type { DnsAnswer, DnsFailure, QueryType } from './dns-answer.ts';
import type { DnsCache } from './dns-cache.ts';

export type FollowedResult = Exclude<DnsAnswer, { kind: 'alias' }> | DnsFailure;

export async function followAliases(cache: DnsCache, name: string, type: QueryType): Promise<FollowedResult> {
  const visited = new Set([name]);
  let steps = 0;
  let result = await cache.ask(name, type);
  while (result.kind === 'alias') {
    steps += result.steps;
    if (steps > MAX_CNAME_STEPS) return { kind: 'failed', detail: 'CNAME chain too long' };
    if (visited.has(result.target)) return { kind: 'failed', detail: 'CNAME loop' };
    visited.add(result.target);
    result = await cache.ask(result.target, type);
  }
  return result;
}
