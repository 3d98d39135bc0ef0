// Looks up the hosts that take a domain's mail: the cache with its levels, the resolver behind it, and the steps of
// `mx-lookup-steps` walked over both.
// Always holds: a look-up ends by `timeoutMs` after it got its turn, with all that it needs (faults row 47: second queries,
// aliases, addresses of MX hosts, TCP); at most `maxInFlight` have their turn at a time, the others wait in order. Never
// rejects. What memory knows is answered without waiting for a turn.
import type { Clock } from '../clock.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { NO_DNS_OBSERVER, type DnsObserver } from '../metrics/observers.ts';
import { askConfirmed } from './ask-confirmed.ts';
import type { CacheLevel } from './cache-level.ts';
import { createDnsCache, type DnsCacheStats } from './dns-cache.ts';
import { canonicalName } from './dns-name.ts';
import { followAliases, tryFollowAliases, type FollowedResult } from './follow-aliases.ts';
import { createHijackCheck, type HijackState } from './hijack-check.ts';
import { InFlightLine } from './in-flight-line.ts';
import { createMemoryCacheLevel, type MemoryCacheStats } from './memory-cache-level.ts';
import { mxLookupSteps, type LookupRules, type LookupSteps } from './mx-lookup-steps.ts';
import type { Question } from './question.ts';
import { createResolver, type ResolverStats } from './resolver.ts';
import { createTargetSieve } from './target-sieve.ts';
import type { DnsServer, MxLookup, MxResolver } from './types.ts';
import { warmUp } from './warm-up.ts';

export interface MxResolverOptions {
  /** In the order in which they are asked; see `systemDnsServers` and `parseDnsServer`. */
  readonly servers: readonly DnsServer[];
  readonly settings: Settings['dns'];
  readonly clock: Clock;
  /** False: IPv6 addresses are handed out only for hosts that have no others. */
  readonly ipv6: boolean;
  /** True only for practice and `--allow-loopback` runs. */
  readonly allowLoopback: boolean;
  /** Levels of the cache behind memory; closed with the resolver. */
  readonly levels?: readonly CacheLevel[];
  readonly observer?: DnsObserver;
  /** Gives [0, 1); for tests. */
  readonly random?: () => number;
}

export type DnsStats = ResolverStats & DnsCacheStats & MemoryCacheStats;

export interface MxResolverWithStats extends MxResolver {
  /** Counts since the start. */
  stats(): DnsStats;
  /** Asks for a name that cannot exist (faults row 53). After `hijacked`, no lookup says `domain_not_found`. */
  checkForHijacking(): Promise<HijackState>;
}

export function createMxResolver(options: MxResolverOptions): MxResolverWithStats {
  const { servers, settings, clock, observer = NO_DNS_OBSERVER, random = Math.random } = options;
  const resolver = createResolver({ servers, settings, clock });
  const memory = createMemoryCacheLevel({ maxEntries: settings.cacheMaxEntries, shards: settings.cacheShards, clock });
  const cache = createDnsCache({
    levels: [memory, ...(options.levels ?? [])],
    clock,
    observer,
    source: (asked) => {
      askConfirmed(resolver, asked);
    },
  });
  const hijack = createHijackCheck({ resolver, clock, timeoutMs: settings.timeoutMs });
  const rules: LookupRules = { ipv6: options.ipv6, sieve: createTargetSieve({ allowLoopback: options.allowLoopback }), hijack, random };
  const line = new InFlightLine(settings.maxInFlight);

  /** As far as memory leads: the answer, or the questions that it cannot answer. */
  function walkNow(steps: LookupSteps<MxLookup>): IteratorResult<readonly Question[], MxLookup> {
    let step = steps.next([]);
    while (step.done !== true) {
      const results = tryAll(step.value);
      if (results === null) return step;
      step = steps.next(results);
    }
    observer.lookup(0, step.value.kind);
    return step;
  }

  function tryAll(questions: readonly Question[]): readonly FollowedResult[] | null {
    const results: FollowedResult[] = [];
    for (const { name, type } of questions) {
      const result = tryFollowAliases(cache, name, type);
      if (result === null) return null;
      results.push(result);
    }
    return results;
  }

  /** The rest of the way, by one deadline. */
  async function walk(steps: LookupSteps<MxLookup>, questions: readonly Question[]): Promise<MxLookup> {
    const startedMs = clock.monotonicMs();
    const deadlineMs = startedMs + settings.timeoutMs;
    let open = questions;
    for (;;) {
      const [only] = open;
      const answers = only !== undefined && open.length === 1
        ? [await followAliases(cache, only.name, only.type, deadlineMs)]
        : await Promise.all(open.map(({ name, type }) => followAliases(cache, name, type, deadlineMs)));
      const step = steps.next(answers);
      if (step.done === true) {
        observer.lookup(clock.monotonicMs() - startedMs, step.value.kind);
        return step.value;
      }
      open = step.value;
    }
  }

  /** How far memory led with the domain that was looked up last, for who asks for the rest of the way right after. */
  let begun: { readonly domain: string; readonly steps: LookupSteps<MxLookup>; readonly questions: readonly Question[] } | null = null;

  function lookupNow(domain: string): MxLookup | null {
    const steps = mxLookupSteps(canonicalName(domain), rules);
    const step = walkNow(steps);
    begun = step.done === true ? null : { domain, steps, questions: step.value };
    return step.done === true ? step.value : null;
  }

  function lookup(domain: string): Promise<MxLookup> {
    if (begun?.domain !== domain) {
      const known = lookupNow(domain);
      if (known !== null) return Promise.resolve(known);
    }
    const rest = begun;
    begun = null;
    if (rest === null) return Promise.reject(new Error('no step to go on with'));
    return new Promise((resolve, reject) => {
      line.enter({
        start() {
          walk(rest.steps, rest.questions).then(resolve, reject).finally(() => {
            line.leave();
          });
          return true;
        },
      });
    });
  }

  return {
    lookup,
    lookupNow,
    warmUp: (domains) => warmUp(domains, { cache, lookup, concurrency: settings.maxInFlight }),
    stats: () => ({ ...resolver.stats(), ...cache.stats(), ...memory.stats() }),
    checkForHijacking: () => hijack.check(),
    close() {
      resolver.close();
      cache.close();
    },
  };
}
