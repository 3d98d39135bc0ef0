// A name server and mail servers on loopback for faults of this machine and its network, and the engine's own network
// (real resolver, real pool), which can be opened again as a host does it after a change. Stops all that it started.
import { systemClock, type Clock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import { createSmtpPool, type EngineSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import { isAllowedTarget } from '../../../shared/net/target-policy.ts';
import { settingsSchema, type Settings, type SettingsInput } from '../../../shared/settings/schema.ts';
import { startLabDns, type LabDnsServer, type LabScript } from '../dns-server.ts';
import { startSmtpServer, type LabServer, type SmtpScript } from '../smtp-server.ts';

export interface OpenedLab {
  readonly resolver: MxResolverWithStats;
  readonly pool: EngineSmtpPool;
}

export interface NetworkWorld {
  readonly dns: LabDnsServer;
  readonly smtp: LabServer;
  readonly settings: Settings;
  open(): OpenedLab;
  /** What was left open, if anything; then all is stopped. */
  stop(): Promise<readonly string[]>;
}

export interface NetworkWorldOptions {
  readonly dns: LabScript;
  readonly smtp?: SmtpScript;
  readonly settings?: SettingsInput;
  readonly clock?: Clock;
}

export async function startNetworkWorld({ dns: script, smtp: smtpScript = {}, settings: more = {}, clock = systemClock }: NetworkWorldOptions): Promise<NetworkWorld> {
  const smtp = await startSmtpServer({ answer: knowsUsers, ...smtpScript });
  const dns = await startLabDns(script);
  const settings = settingsSchema.parse({
    ...more,
    identity: { heloName: 'me.test', mailFrom: 'verify@me.test' },
    smtp: { port: smtp.port, maxRetries: 0, ...more.smtp },
    batch: { maxVerdicts: 10, maxDelayMs: 1 },
  });
  const opened: OpenedLab[] = [];
  return {
    dns,
    smtp,
    settings,
    open() {
      const network = {
        resolver: createMxResolver({ servers: [dns.server], settings: settings.dns, clock, ipv6: false, allowLoopback: true }),
        pool: createSmtpPool({ settings: settings.smtp, identity: settings.identity, clock, isAllowed: (ip) => isAllowedTarget(ip, { allowLoopback: true }) }),
      };
      opened.push(network);
      return network;
    },
    async stop() {
      const left = opened.filter(({ pool }) => pool.size > 0).map(({ pool }) => `${String(pool.size)} sessions are still open`);
      for (const { pool, resolver } of opened) {
        await pool.close(0);
        resolver.close();
      }
      await smtp.stop();
      await dns.stop();
      return left;
    },
  };
}

/** As a server with a list of its users. */
export function knowsUsers(command: string): string | undefined {
  return !command.startsWith('RCPT') ? undefined : command.includes('<user') ? '250 2.1.5 ok\r\n' : '550 5.1.1 no such user\r\n';
}
