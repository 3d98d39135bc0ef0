// One run of the whole engine in a test's own world: claims from a store in memory, DNS, destinations, sessions on real
// sockets, verdicts. Everything waits by the clock it is given. Tells how long dials and flights took against the
// deadlines of the settings; a run that does not end by itself is ended, and that is a violation.
import { createTargetRules } from '../../../electron/engine/destinations/target-rules.ts';
import { createMxResolver } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { DnsServer } from '../../../electron/engine/dns/types.ts';
import { NO_POOL_OBSERVER } from '../../../electron/engine/metrics/observers.ts';
import { startRun, type RunOutcome } from '../../../electron/engine/run/run.ts';
import { createSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import type { SmtpPoolStats } from '../../../electron/engine/smtp/pool-stats.ts';
import { isAllowedTarget } from '../../../shared/net/target-policy.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';
import { createMemoryStore, type MemoryStore } from '../memory-store.ts';
import { createScaledClock } from '../scaled-clock.ts';

/** Each wait of the product takes a 15th of its time: its 60 s for a reply are 4 s. */
export const FASTER = 15;
/** In the world's time. Far above the slowest fault: a run that takes so long hangs. */
const HANGS_AFTER_MS = 60_000;

export interface EngineWorld {
  readonly addresses: readonly string[];
  readonly dns: readonly DnsServer[];
  readonly settings: SettingsInput;
  /** In the product's time. `flightMs`: where only one reply of a flight is late; else each may be. */
  readonly deadlines?: { readonly dialMs?: number; readonly flightMs?: number };
  readonly allowLoopback?: boolean;
  /** Other than `FASTER`: 1 where nothing is waited for and a slow moment of the machine must not look like a fault. */
  readonly faster?: number;
}

export interface EngineRun {
  readonly store: MemoryStore;
  readonly outcome: RunOutcome;
  /** In the world's time. */
  readonly attempts: readonly { readonly what: string; readonly tookMs: number; readonly deadlineMs: number }[];
  readonly dials: readonly string[];
  readonly stats: SmtpPoolStats;
  readonly violations: readonly string[];
}

export async function runEngine({ addresses, dns, settings: given, deadlines = {}, allowLoopback = true, faster = FASTER }: EngineWorld): Promise<EngineRun> {
  const settings = settingsSchema.parse({ identity: { heloName: 'me.test', mailFrom: 'verify@me.test' }, ...given });
  const { smtp } = settings;
  const clock = createScaledClock(faster);
  const dialMs = deadlines.dialMs ?? smtp.connectTimeoutMs + smtp.greetingTimeoutMs + smtp.commandTimeoutMs;
  const attempts: { what: string; tookMs: number; deadlineMs: number }[] = [];
  const dials: string[] = [];
  const violations: string[] = [];
  const resolver = createMxResolver({ servers: dns, settings: settings.dns, clock, ipv6: smtp.ipv6, allowLoopback, levels: [] });
  const rules = createTargetRules(settings);
  const pool = createSmtpPool({
    settings: rules.widest,
    identity: settings.identity,
    clock,
    isAllowed: (ip) => isAllowedTarget(ip, { allowLoopback }),
    sessionLimits: (target) => rules.sessionLimitsOf(target.mxHost),
    perTargetLimit: (target) => rules.maxConnectionsOf(target.mxHost),
    observer: {
      ...NO_POOL_OBSERVER,
      connected: (_group, tookMs, outcome) => {
        dials.push(outcome);
        attempts.push({ what: `a dial (${outcome})`, tookMs: tookMs / faster, deadlineMs: dialMs / faster });
      },
      flight: (_group, tookMs, recipients, outcome) => {
        const flightMs = deadlines.flightMs ?? smtp.commandTimeoutMs * (recipients + 1);
        attempts.push({ what: `a flight (${outcome})`, tookMs: tookMs / faster, deadlineMs: flightMs / faster });
      },
    },
  });
  const store = createMemoryStore(addresses);
  const run = startRun({ store, listId: 1, settings, resolver, pool, clock, wait: false });
  const watchdog = setTimeout(() => {
    violations.push(`the run did not end within ${String(HANGS_AFTER_MS)} ms`);
    run.pause('interrupted', 'hangs');
  }, HANGS_AFTER_MS);
  const outcome = await run.done;
  clearTimeout(watchdog);
  const stats = pool.stats();
  await pool.close(0);
  resolver.close();
  if (outcome.kind === 'paused') violations.push(`the run paused: ${outcome.reason}: ${outcome.message}`);
  if (pool.size > 0) violations.push(`${String(pool.size)} sessions are still open`);
  for (const [rowId, times] of store.timesJudged) if (times > 1) violations.push(`row ${String(rowId)} was judged ${String(times)} times`);
  return { store, outcome, attempts, dials, stats, violations };
}
