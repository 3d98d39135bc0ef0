// A scripted SMTP fault as a row of the table gives it, and how it is run: the domain's MX hosts on addresses of their own,
// people who are asked about and what is right to say of each. The hosts answer in the seed's chunks after the seed's
// jitter, and offer PIPELINING or not, as the seed says.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { SettingsInput } from '../../../shared/settings/schema.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { a, mx, startLabDns, zoneScript, type LabDnsServer } from '../dns-server.ts';
import { startSmtpServer, type LabServer, type LabSession, type ScriptedReply, type SmtpScript } from '../smtp-server.ts';
import { startBlackHole, type BlackHole } from './black-hole.ts';
import { createDraw, type Draw } from './draw.ts';
import type { Fault, FaultResult } from './fault.ts';
import { FASTER, runEngine, type EngineRun, type EngineWorld } from './run-engine.ts';

export const DOMAIN = 'faulty.example';
/** Keywords without and with PIPELINING. */
const KEYWORDS = ['ENHANCEDSTATUSCODES', '8BITMIME', 'SMTPUTF8'];

export type ScenarioHost = SmtpScript | 'closed' | 'black_hole';

export interface SmtpScenario {
  /** In the order of their preference. */
  readonly hosts: readonly ScenarioHost[];
  /** Local part → what may be said of it. */
  readonly expected: ReadonlyMap<string, readonly Reason[]>;
  readonly smtp?: NonNullable<SettingsInput['smtp']>;
  readonly deadlines?: EngineWorld['deadlines'];
  readonly faster?: number;
  /** What else is held against the run. */
  readonly inspect?: (seen: SeenScenario) => readonly string[];
  /** Whatever the row started beside the hosts. */
  readonly stop?: () => Promise<void>;
}

export interface SeenScenario {
  readonly run: EngineRun;
  /** Those of `hosts` that are scripted, in their order. */
  readonly servers: readonly LabServer[];
}

export type SmtpRow = (draw: Draw) => SmtpScenario | Promise<SmtpScenario>;

export function smtpFault(row: number, name: string, scenarioOf: SmtpRow, options: Pick<Fault, 'mayRefuse'> = {}): Fault {
  return { row, name: `smtp ${name}`, ...options, run: (seed) => runScenario(scenarioOf, createDraw(seed * 101 + row)) };
}

/** What a healthy server says: everybody is known but those who cannot exist. */
export function healthy(command: string): string | undefined {
  if (!command.startsWith('RCPT')) return undefined;
  return isRandom(command) ? '550 5.1.1 no such user\r\n' : '250 2.1.5 ok\r\n';
}

/** The random recipient of a catch-all probe. */
export function isRandom(command: string): boolean {
  return /<w[a-z2-7]{19}@/.test(command);
}

async function runScenario(scenarioOf: SmtpRow, draw: Draw): Promise<FaultResult> {
  const scenario = await scenarioOf(draw);
  const world = await startHosts(scenario.hosts, draw);
  const records = world.ips.flatMap((ip, i) => [mx(DOMAIN, `mx${String(i)}.${DOMAIN}`, 10 * (i + 1)), a(`mx${String(i)}.${DOMAIN}`, ip)]);
  const violations: string[] = [];
  let dns: LabDnsServer | undefined;
  try {
    dns = await startLabDns(zoneScript(records), freshIp());
    const smtp = { port: world.port, ipv6: false, ...scenario.smtp };
    const locals = [...scenario.expected.keys()];
    const run = await runEngine({
      addresses: locals.map((local) => `${local}@${DOMAIN}`),
      dns: [dns.server],
      // Names are not this table's trouble: a slow moment of the machine must not become one.
      settings: { smtp, dns: { timeoutMs: 56_000 } },
      ...(scenario.deadlines === undefined ? {} : { deadlines: scenario.deadlines }),
      ...(scenario.faster === undefined ? {} : { faster: scenario.faster }),
    });
    violations.push(...run.violations, ...(scenario.inspect?.({ run, servers: world.servers }) ?? []));
    for (const server of world.servers) violations.push(...server.violations, ...(await openSessions(server)));
    const verdicts = locals.map((local) => {
      const verdict = run.store.verdictOf(`${local}@${DOMAIN}`);
      return { address: local, expected: scenario.expected.get(local) ?? [], reason: verdict?.reason ?? null, scheduled: (verdict?.retryAtMs ?? null) !== null };
    });
    return { verdicts, attempts: run.attempts, violations };
  } finally {
    await stopAll(world, dns, scenario);
  }
}

/** Each session's socket must be closed by us; a moment for the last FIN. */
async function openSessions({ sessions }: LabServer): Promise<string[]> {
  const late = new Promise<string[]>((resolve) => {
    setTimeout(resolve, 5_000, ['a connection was left open']).unref();
  });
  return Promise.race([Promise.all(sessions.map(async ({ closed }) => closed)).then(() => []), late]);
}

interface Hosts {
  readonly port: number;
  readonly ips: readonly string[];
  readonly servers: readonly LabServer[];
  readonly holes: readonly BlackHole[];
}

/** Addresses of this process's own, each used once, so that scenarios can run beside each other. */
let used = 0;
function freshIp(): string {
  used += 1;
  return `127.${String(64 + (process.pid % 128))}.${String(1 + (Math.floor(used / 250) % 250))}.${String(1 + (used % 250))}`;
}

/** Whoever else holds the port on one of the addresses, another one will be free. */
async function startHosts(hosts: readonly ScenarioHost[], draw: Draw): Promise<Hosts> {
  const pipelining = draw.next() < 0.7;
  for (let tries = 1; ; tries += 1) {
    const servers: LabServer[] = [];
    const holes: BlackHole[] = [];
    const ips = hosts.map(freshIp);
    const port = await freePort(ips[0] ?? '127.0.0.1');
    try {
      for (const [i, host] of hosts.entries()) {
        const ip = ips[i] ?? '';
        if (host === 'black_hole') holes.push(await startBlackHole([ip], port));
        else if (host !== 'closed') servers.push(await startSmtpServer({ ...inManner(host, draw, pipelining), ip, port }));
      }
      return { port, ips, servers, holes };
    } catch (error) {
      await stopAll({ servers, holes });
      if (tries === 5) throw error;
    }
  }
}

/** The script as the seed has it told: cut, late by some milliseconds, with PIPELINING or without. */
function inManner(script: SmtpScript, draw: Draw, pipelining: boolean): SmtpScript {
  const jitterMs = draw.pick([0, 0, 2, 8]);
  const answer = async (command: string, session: LabSession): Promise<ScriptedReply> => {
    if (jitterMs > 0) await new Promise((resolve) => setTimeout(resolve, draw.next() * jitterMs));
    const scripted = await script.answer?.(command, session);
    return scripted === undefined ? healthy(command) : scripted;
  };
  return { ehlo: pipelining ? ['PIPELINING', ...KEYWORDS] : KEYWORDS, cut: draw.cut, ...script, answer };
}

export async function freePort(ip: string): Promise<number> {
  const probe = createServer().listen(0, ip);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function stopAll({ servers, holes }: Pick<Hosts, 'servers' | 'holes'>, dns?: LabDnsServer, scenario?: SmtpScenario): Promise<void> {
  await Promise.allSettled([...servers, ...holes].map(async (each) => each.stop()));
  await dns?.stop();
  await scenario?.stop?.();
}

/** Milliseconds of the world for milliseconds of the product. */
export function scaled(ms: number): number {
  return ms / FASTER;
}
