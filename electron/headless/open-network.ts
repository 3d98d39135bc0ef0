// The network that one run asks: the Internet by the user's settings, a lab named on the command line, or the practice
// world. Loopback is opened by an option of the run only, never by a setting.
import type { Settings } from '../../shared/settings/schema.ts';
import { isAllowedTarget } from '../../shared/net/target-policy.ts';
import { systemClock } from '../engine/clock.ts';
import { sessionLimitsOf } from '../engine/destinations/provider-rules.ts';
import { createMxResolver, type MxResolverWithStats } from '../engine/dns/create-mx-resolver.ts';
import { parseDnsServer } from '../engine/dns/parse-dns-server.ts';
import { systemDnsServers } from '../engine/dns/system-dns-servers.ts';
import type { DnsServer } from '../engine/dns/types.ts';
import { createSmtpPool, type EngineSmtpPool } from '../engine/smtp/pool.ts';
import { PRACTICE_TIME_SCALE, practiceSettings } from '../practice/practice-settings.ts';
import { startPracticeWorld } from '../practice/start-practice-world.ts';
import type { PracticeWorld } from '../practice/types.ts';
import type { VerifyOptions } from './verify-options.ts';

export interface RunNetwork {
  readonly settings: Settings;
  readonly resolver: MxResolverWithStats;
  readonly pool: EngineSmtpPool;
  readonly practice: PracticeWorld | null;
  close(): Promise<void>;
}

export async function openNetwork(options: VerifyOptions, loaded: Settings): Promise<RunNetwork> {
  const practice = options.practice ? await startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE }) : null;
  const named = options.port === undefined ? loaded : { ...loaded, smtp: { ...loaded.smtp, port: options.port } };
  const settings = practice === null ? named : practiceSettings(named, practice);
  const allowLoopback = practice !== null || options.allowLoopback;
  const resolver = createMxResolver({
    servers: dnsServers(options, settings, practice),
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
    practice,
    async close() {
      await pool.close(0);
      resolver.close();
      await practice?.stop();
    },
  };
}

function dnsServers(options: VerifyOptions, settings: Settings, practice: PracticeWorld | null): readonly DnsServer[] {
  if (practice !== null) return [practice.dns];
  if (options.dns !== undefined) return [options.dns];
  if (settings.dns.servers.length > 0) return settings.dns.servers.map(parseDnsServer);
  return systemDnsServers();
}
