// The network that one run asks: the Internet by the user's settings, a lab named on the command line, or a practice
// world. Used by both hosts, the app and the command line.
// Loopback is opened by an option of the run only, never by a setting.
import type { Settings } from '../../shared/settings/schema.ts';
import { isAllowedTarget } from '../../shared/net/target-policy.ts';
import { systemClock } from '../engine/clock.ts';
import { providerOf } from '../engine/destinations/provider-rules.ts';
import { createTargetRules } from '../engine/destinations/target-rules.ts';
import type { CacheLevel } from '../engine/dns/cache-level.ts';
import { createMxResolver, type MxResolverWithStats } from '../engine/dns/create-mx-resolver.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import { systemDnsServers } from '../engine/dns/system-dns-servers.ts';
import { createStoreCacheLevel, type DnsAnswerStore } from '../engine/dns/store-cache-level.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import type { Metrics } from '../engine/metrics/create-metrics.ts';
import { NO_STORE_OBSERVER, type StoreObserver } from '../engine/metrics/observers.ts';
import { createSmtpPool, type EngineSmtpPool } from '../engine/smtp/pool.ts';
import { practiceSettings } from '../practice/practice-settings.ts';
import type { PracticeWorld } from '../practice/types.ts';
import { localAddresses } from './local-addresses.ts';

/** What the command line names instead of the Internet. */
export interface LabOptions {
  readonly dns: DnsServer | undefined;
  readonly port: number | undefined;
  readonly allowLoopback: boolean;
}

export interface NetworkOptions {
  readonly lab: LabOptions;
  /** Asked instead of everything else. Belongs to who started it: `close` does not stop it. */
  readonly practice: PracticeWorld | null;
  /** Keeps DNS answers for later runs; only where the Internet itself is asked. */
  readonly dnsStore?: NetworkStore;
  /** Hears of everything that this network does, and reads its numbers until it is closed. */
  readonly metrics?: Metrics | null;
}

export interface NetworkStore extends DnsAnswerStore {
  dnsCacheClear(): Promise<void>;
}

export interface RunNetwork {
  /** The settings of this run: the user's, with what the options say instead. */
  readonly settings: Settings;
  readonly resolver: MxResolverWithStats;
  readonly pool: EngineSmtpPool;
  /** For the run's commits. */
  readonly observer: StoreObserver;
  /** For the run to notice another network by; undefined where loopback is asked, which no change of network touches. */
  readonly localAddresses: (() => string) | undefined;
  close(): Promise<void>;
}

/** Throws `UserError` for a DNS server in the settings that is none. */
export function openNetwork({ lab, practice, dnsStore, metrics = null }: NetworkOptions, loaded: Settings): RunNetwork {
  const named = lab.port === undefined ? loaded : { ...loaded, smtp: { ...loaded.smtp, port: lab.port } };
  const settings = practice === null ? named : practiceSettings(named, practice);
  const allowLoopback = practice !== null || lab.allowLoopback;
  const resolver = createMxResolver({
    servers: dnsServersOf(lab, settings, practice),
    settings: settings.dns,
    clock: systemClock,
    ipv6: settings.smtp.ipv6,
    allowLoopback,
    levels: isInternet({ lab, practice }) && dnsStore !== undefined ? storedLevels(dnsStore, settings) : [],
    ...(metrics === null ? {} : { observer: metrics.dns }),
  });
  const rules = createTargetRules(settings);
  const pool = createSmtpPool({
    settings: rules.widest,
    identity: settings.identity,
    clock: systemClock,
    isAllowed: (ip) => isAllowedTarget(ip, { allowLoopback }),
    sessionLimits: (target) => rules.sessionLimitsOf(target.mxHost),
    perTargetLimit: (target) => rules.maxConnectionsOf(target.mxHost),
    groupOf: (target) => providerOf(target.mxHost)?.id ?? 'other',
    ...(metrics === null ? {} : { observer: metrics.pool }),
  });
  const detach = [metrics?.attachPool(() => pool.stats()), metrics?.attachDns(() => resolver.stats())];
  return {
    settings,
    resolver,
    pool,
    observer: metrics?.store ?? NO_STORE_OBSERVER,
    localAddresses: isInternet({ lab, practice }) ? localAddresses : undefined,
    async close() {
      await pool.close(0);
      resolver.close();
      // Last, so that the end of each session is counted too.
      for (const leave of detach) leave?.();
    },
  };
}

/** Whether answers are those of the world: neither a practice world nor a lab of the command line. */
function isInternet({ lab, practice }: Pick<NetworkOptions, 'lab' | 'practice'>): boolean {
  return practice === null && lab.dns === undefined && !lab.allowLoopback;
}

function storedLevels(store: NetworkStore, { dns }: Settings): readonly CacheLevel[] {
  if (dns.persistCache) return [createStoreCacheLevel({ store, clock: systemClock })];
  // Switched off: what was kept before is of no use any more. A store that cannot do it now does it at the next run.
  store.dnsCacheClear().catch(() => undefined);
  return [];
}

/** Whom a run asks of DNS. */
export function dnsServersOf(lab: LabOptions, settings: Settings, practice: PracticeWorld | null): readonly DnsServer[] {
  if (practice !== null) return [practice.dns];
  if (lab.dns !== undefined) return [lab.dns];
  if (settings.dns.servers.length > 0) return settings.dns.servers.map(parseDnsServer);
  return systemDnsServers();
}
