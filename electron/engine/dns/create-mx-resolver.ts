// From a domain to the hosts that take its mail (RFC 5321 5.1), told apart as the verdicts need it.
// Always holds: an answer that makes addresses undeliverable (`domain_not_found`, `no_mail_server`, `null_mx`,
// `unroutable_mx`) is given only where every question it rests on was answered for certain; anything less is
// `dns_temporary`. At most five addresses are handed out, and none that this run may not dial. Never rejects.
import type { Clock } from '../clock.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { askConfirmed } from './ask-confirmed.ts';
import { createDnsCache, type DnsCacheStats } from './dns-cache.ts';
import { canonicalName } from './dns-name.ts';
import { followAliases } from './follow-aliases.ts';
import { hostAddresses, type HostAddresses } from './host-addresses.ts';
import { createHijackCheck, type HijackState } from './hijack-check.ts';
import { createMemoryCacheLevel } from './memory-cache-level.ts';
import { mxCandidates } from './mx-candidates.ts';
import { createResolver, type ResolverStats } from './resolver.ts';
import type { DnsServer, MxHost, MxLookup, MxResolver } from './types.ts';

/** Faults row 46, and Postfix's `smtp_mx_address_limit`. */
const MAX_ADDRESSES = 5;
/** Hosts resolved at a time until there are addresses enough. */
const HOSTS_AT_A_TIME = 5;
/** A domain with more MX hosts than this and none that can be dialled stays without a certain answer. */
const MAX_HOSTS_RESOLVED = 20;

export interface MxResolverOptions {
  /** In the order in which they are asked; see `systemDnsServers` and `parseDnsServer`. */
  readonly servers: readonly DnsServer[];
  readonly settings: Settings['dns'];
  readonly clock: Clock;
  /** False: IPv6 addresses are handed out only for hosts that have no others. */
  readonly ipv6: boolean;
  /** True only for practice and `--allow-loopback` runs. */
  readonly allowLoopback: boolean;
  /** Gives [0, 1); for tests. */
  readonly random?: () => number;
}

export type DnsStats = ResolverStats & DnsCacheStats;

export interface MxResolverWithStats extends MxResolver {
  /** Counts since the start. */
  stats(): DnsStats;
  /** Asks for a name that cannot exist (faults row 53). After `hijacked`, no lookup says `domain_not_found`. */
  checkForHijacking(): Promise<HijackState>;
}

export function createMxResolver(options: MxResolverOptions): MxResolverWithStats {
  const { servers, settings, clock, random = Math.random } = options;
  const resolver = createResolver({ servers, settings, clock });
  const cache = createDnsCache({
    levels: [createMemoryCacheLevel({ maxEntries: settings.cacheMaxEntries, shards: settings.cacheShards })],
    clock,
    source: (name, type) => askConfirmed(resolver, name, type),
  });
  const hijack = createHijackCheck(resolver);
  const resolveHost = (name: string): Promise<HostAddresses> =>
    hostAddresses(cache, name, { ipv6: options.ipv6, allowLoopback: options.allowLoopback, random });

  async function lookup(domain: string): Promise<MxLookup> {
    const result = await followAliases(cache, domain, 'MX');
    switch (result.kind) {
      case 'failed':
        return temporary(`MX of ${domain}: ${result.detail}`);
      case 'nxdomain':
        return hijack.state === 'hijacked' ? temporary('the DNS server answers for names that do not exist') : { kind: 'domain_not_found' };
      case 'nodata':
        return implicitMx(domain);
      case 'records':
        break;
    }
    const candidates = mxCandidates(result.mx, random);
    return candidates.kind === 'null_mx' ? candidates : explicitMx(candidates.hosts, candidates.malformed > 0);
  }

  async function explicitMx(candidates: readonly { name: string; preference: number }[], anyMalformed: boolean): Promise<MxLookup> {
    const resolved: { readonly host: MxHost; readonly found: HostAddresses }[] = [];
    // Two names for one machine are one target (faults row 45 for addresses).
    const seen = new Set<string>();
    let addressCount = 0;
    for (let start = 0; start < Math.min(candidates.length, MAX_HOSTS_RESOLVED) && addressCount < MAX_ADDRESSES; start += HOSTS_AT_A_TIME) {
      const wave = candidates.slice(start, start + HOSTS_AT_A_TIME);
      const found = await Promise.all(wave.map(({ name }) => resolveHost(name)));
      for (const [index, { name, preference }] of wave.entries()) {
        const addresses = found[index];
        if (addresses === undefined) continue;
        const taken = addresses.addresses.filter(({ ip }) => !seen.has(ip)).slice(0, MAX_ADDRESSES - addressCount);
        for (const { ip } of taken) seen.add(ip);
        addressCount += taken.length;
        resolved.push({ host: { name, preference, addresses: taken }, found: addresses });
      }
    }
    if (addressCount > 0) {
      return { kind: 'hosts', hosts: resolved.map(({ host }) => host).filter((host) => host.addresses.length > 0), implicit: false };
    }
    if (anyMalformed || resolved.length < candidates.length) return temporary('MX hosts could not all be resolved');
    return nothingToDial(resolved.map(({ found }) => found));
  }

  async function implicitMx(domain: string): Promise<MxLookup> {
    const found = await resolveHost(domain);
    const addresses = found.addresses.slice(0, MAX_ADDRESSES);
    if (addresses.length > 0) {
      if (hijack.isHijackAddress(addresses)) return temporary('the DNS server answers for names that do not exist');
      return { kind: 'hosts', hosts: [{ name: canonicalName(domain), preference: 0, addresses }], implicit: true };
    }
    if (found.failure !== null) return temporary(`address of ${domain}: ${found.failure}`);
    // The name was there when its MX was asked for: answers that contradict each other prove nothing.
    if (found.missing) return temporary(`contradictory answers about ${domain}`);
    if (found.blocked.length + found.unroutable.length === 0) return { kind: 'no_mail_server' };
    return nothingToDial([found]);
  }

  return {
    async lookup(domain) {
      return lookup(canonicalName(domain));
    },
    stats: () => ({ ...resolver.stats(), ...cache.stats() }),
    checkForHijacking: () => hijack.check(),
    close() {
      resolver.close();
    },
  };
}

/** Nothing of what the MX hosts resolved to may be dialled: why not decides. */
function nothingToDial(hosts: readonly HostAddresses[]): MxLookup {
  const failure = hosts.find((host) => host.failure !== null)?.failure;
  if (failure !== undefined && failure !== null) return temporary(`address of an MX host: ${failure}`);
  const blocked = hosts.flatMap((host) => host.blocked);
  if (blocked.length > 0) return { kind: 'blocked_target', detail: `the mail server's address is not public: ${blocked.slice(0, MAX_ADDRESSES).join(', ')}` };
  return { kind: 'unroutable_mx' };
}

function temporary(detail: string): MxLookup {
  return { kind: 'dns_temporary', detail };
}
