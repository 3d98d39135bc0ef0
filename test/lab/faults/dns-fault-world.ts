// The world of a DNS fault: scripted name servers and a mail server on loopback, and the whole engine between them and a
// store in memory (real resolver, real pool, real sockets). Gives the plain facts that `problems-of-fault` judges.
// Always holds: nothing but loopback is asked; every server is stopped and every socket closed when it returns.
import { systemClock, type Clock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { MxResolver } from '../../../electron/engine/dns/types.ts';
import { startRun, type RunOutcome } from '../../../electron/engine/run/run.ts';
import { createSmtpPool, type EngineSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import { isAllowedTarget } from '../../../shared/net/target-policy.ts';
import { settingsSchema, type Settings, type SettingsInput } from '../../../shared/settings/schema.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { seeded } from '../../bench/store/seeded.ts';
import { startLabDns, type LabDnsServer, type LabScript } from '../dns-server.ts';
import { createMemoryStore, type MemoryStore } from '../memory-store.ts';
import { startSmtpServer, type LabServer } from '../smtp-server.ts';
import { cutBy, noisy } from './dns-noise.ts';
import type { Fault, FaultResult } from './fault.ts';
import { knowsUsers } from './network-world.ts';

/** All that one look-up may take, in ms: long enough for a busy machine where there is an answer to be had. */
const DNS_TIMEOUT_MS = 4_000;
/** The same where there is none, and the end of the wait is the point. */
const SILENCE_MS = 400;
/** Asking the mail server after that. */
const SMTP_MS = 1_000;

export interface DnsFaultScript {
  /** One name server for each, in the order in which they are asked. */
  readonly dns: readonly LabScript[];
  /** Each address that is asked, and any of the reasons that are right for it; null: no verdict. */
  readonly expected: Readonly<Record<string, Reason | null | readonly Reason[]>>;
  readonly settings?: SettingsInput;
  /** True: a look-up waits in vain, and not for long. */
  readonly silent?: boolean;
  /** Default: as in a lab run. */
  readonly allowLoopback?: boolean;
  /** True: answers are left as they are, because how they are wrong is the point. */
  readonly plain?: boolean;
  readonly cut?: (bytes: Buffer) => readonly (Buffer | null)[];
  /** The resolver's clock, where its time has to pass faster. */
  readonly clock?: Clock;
  /** Before the run, as the hosts do it. */
  readonly checkHijacking?: boolean;
  /** What the pipeline sees of the resolver. */
  readonly resolver?: (resolver: MxResolverWithStats) => MxResolver;
  /** `::1` beside 127.0.0.1. */
  readonly ipv6Server?: boolean;
  /** What else is wrong; empty where nothing is. */
  readonly problems?: (seen: SeenWorld) => readonly string[];
}

export interface SeenWorld {
  readonly dns: readonly LabDnsServer[];
  readonly smtp: LabServer;
  readonly pool: EngineSmtpPool;
  readonly resolver: MxResolverWithStats;
  readonly store: MemoryStore;
  readonly outcome: RunOutcome;
}

/** A row of the table; `script` is called for each run, so that it can count. */
export function dnsFault(row: number, name: string, script: (random: () => number) => DnsFaultScript, more: Pick<Fault, 'mayRefuse'> = {}): Fault {
  return {
    row,
    name,
    ...more,
    run: (seed) => {
      const random = seeded(seed);
      return runDnsFault(script(random), random);
    },
  };
}

async function runDnsFault(script: DnsFaultScript, random: () => number): Promise<FaultResult> {
  const smtp = await startSmtpServer({ answer: knowsUsers });
  const second = script.ipv6Server === true ? await startSmtpServer({ answer: knowsUsers, ip: '::1', port: smtp.port }) : null;
  const cut = script.cut ?? cutBy(random);
  const dns = await Promise.all(script.dns.map((of) => startLabDns(script.plain === true ? of : noisy(of, random), '127.0.0.1', cut)));
  const settings = faultSettings(script, smtp.port);
  const allowLoopback = script.allowLoopback ?? true;
  const resolver = createMxResolver({
    servers: dns.map(({ server }) => server),
    settings: settings.dns,
    clock: script.clock ?? systemClock,
    ipv6: settings.smtp.ipv6,
    allowLoopback,
    random,
  });
  const pool = createSmtpPool({
    settings: settings.smtp,
    identity: settings.identity,
    clock: systemClock,
    isAllowed: (ip) => isAllowedTarget(ip, { allowLoopback }),
    random,
  });
  const addresses = Object.keys(script.expected);
  const store = createMemoryStore(addresses);
  try {
    if (script.checkHijacking === true) await resolver.checkForHijacking();
    const startedMs = performance.now();
    const run = startRun({ store, listId: 1, settings, resolver: script.resolver?.(resolver) ?? resolver, pool, wait: false });
    const outcome = await run.done;
    const tookMs = performance.now() - startedMs;
    const verdicts = addresses.map((address) => {
      const verdict = store.verdictOf(address);
      return { address, expected: listOf(script.expected[address] ?? null), reason: verdict?.reason ?? null, scheduled: verdict !== null && verdict.retryAtMs !== null };
    });
    const violations = [...(script.problems?.({ dns, smtp, pool, resolver, store, outcome }) ?? []), ...smtp.violations];
    if (pool.size > 0) violations.push(`${String(pool.size)} sessions are still open`);
    return { verdicts, attempts: [{ what: 'the run', tookMs, deadlineMs: settings.dns.timeoutMs + SMTP_MS }], violations };
  } finally {
    await pool.close(0);
    resolver.close();
    await Promise.all([smtp.stop(), second?.stop(), ...dns.map((server) => server.stop())]);
  }
}

function faultSettings({ settings: more = {}, silent = false }: DnsFaultScript, port: number): Settings {
  return settingsSchema.parse({
    ...more,
    identity: { heloName: 'me.test', mailFrom: 'verify@me.test' },
    dns: { timeoutMs: silent ? SILENCE_MS : DNS_TIMEOUT_MS, ...more.dns },
    smtp: { port, maxRetries: 0, ...more.smtp },
    batch: { maxVerdicts: 10, maxDelayMs: 1 },
  });
}

function listOf(expected: Reason | null | readonly Reason[]): readonly (Reason | null)[] {
  return expected === null || typeof expected === 'string' ? [expected] : expected;
}
