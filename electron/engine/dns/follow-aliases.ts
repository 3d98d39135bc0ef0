// Asks the cache and goes along the CNAMEs that the server did not follow: waiting for answers, or with what is in memory.
import { AliasTrail } from './alias-trail.ts';
import type { DnsAnswer, DnsFailure, DnsResult, QueryType } from './dns-answer.ts';
import type { DnsCache } from './dns-cache.ts';

export type FollowedResult = Exclude<DnsAnswer, { kind: 'alias' }> | DnsFailure;

/** `deadlineMs` on the monotonic clock, for all steps together. Never rejects. */
export async function followAliases(cache: Pick<DnsCache, 'ask'>, name: string, type: QueryType, deadlineMs: number): Promise<FollowedResult> {
  let trail: AliasTrail | null = null;
  let result: DnsResult = await cache.ask(name, type, deadlineMs);
  while (result.kind === 'alias') {
    trail ??= new AliasTrail(name);
    const failure = trail.follow(result);
    if (failure !== null) return failure;
    result = await cache.ask(result.target, type, deadlineMs);
  }
  return trail === null ? result : byAlias(result);
}

/** The same from memory alone; null where that does not know enough. */
export function tryFollowAliases(cache: Pick<DnsCache, 'tryAsk'>, name: string, type: QueryType): FollowedResult | null {
  let trail: AliasTrail | null = null;
  let result = cache.tryAsk(name, type);
  while (result !== null && result.kind === 'alias') {
    trail ??= new AliasTrail(name);
    const failure = trail.follow(result);
    if (failure !== null) return failure;
    result = cache.tryAsk(result.target, type);
  }
  return trail === null || result === null ? result : byAlias(result);
}

function byAlias(result: FollowedResult): FollowedResult {
  return result.kind === 'records' ? { ...result, aliased: true } : result;
}
