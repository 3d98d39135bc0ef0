// The network that one run asks: the Internet by the user's settings, a lab named on the command line, or a practice
// world. Used by both hosts, the app and the command line.
// Loopback is opened by an option of the run only, never by a setting.
import type { Settings } from '../../shared/settings/schema.ts';
import { isAllowedTarget } from '../../shared/net/target-policy.ts';
import { systemClock } from '../engine/clock.ts';
import { sessionLimitsOf } from '../engine/destinations/provider-rules.ts';
import { createMxResolver, type MxResolverWithStats } from '../engine/dns/create-mx-resolver.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import { systemDnsServers } from '../engine/dns/system-dns-servers.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import { createSmtpPool, type EngineSmtpPool } from '../engine/smtp/pool.ts';
import { practiceSettings } from '../practice/practice-settings.ts';
import type { PracticeWorld } from '../practice/types.ts';

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
}

export interface RunNetwork {
  /** The settings of this run: the user's, with what the options say instead. */
  readonly settings: Settings;
  readonly resolver: MxResolverWithStats;
  readonly pool: EngineSmtpPool;
  close(): Promise<void>;
}

/** Throws `UserError` for a DNS server in the settings that is none. */
export function openNetwork({ lab, practice }: NetworkOptions, loaded: Settings): RunNetwork {
  const named = lab.port === undefined ? loaded : { ...loaded, smtp: { ...loaded.smtp, port: lab.port } };
  const settings = practice === null ? named : practiceSettings(named, practice);
  const allowLoopback = practice !== null || lab.allowLoopback;
  const resolver = createMxResolver({
    servers: dnsServers(lab, settings, practice),
    settings: settings.dns,
    clock: systemClock,
    ipv6: settings.smtp.ipv6,
    allowLoopback,
  });
  const pool = createSmtpPool({
    settings: settings.smtp,
    identity: settings.identity,
    clock: systemClock,
    isAllowed: (ip) => isAllowedTarget(ip, { allowLoopback }),
    sessionLimits: (target) => sessionLimitsOf(target.mxHost),
  });
  return {
    settings,
    resolver,
    pool,
    async close() {
      await pool.close(0);
      resolver.close();
    },
  };
}

function dnsServers(lab: LabOptions, settings: Settings, practice: PracticeWorld | null): readonly DnsServer[] {
  if (practice !== null) return [practice.dns];
  if (lab.dns !== undefined) return [lab.dns];
  if (settings.dns.servers.length > 0) return settings.dns.servers.map(parseDnsServer);
  return systemDnsServers();
}
