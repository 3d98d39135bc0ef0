// Faults 57-59: this machine's own network is blocked, goes away, or has no socket to give. None of it is any server's
// doing: no address gets a verdict from it, and none is charged an attempt. (56, a portal that answers for everybody, is
// with the preflight's tests.)
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../../electron/engine/clock.ts';
import { startRun, type RunOutcome } from '../../../electron/engine/run/run.ts';
import { seeded } from '../../bench/store/seeded.ts';
import { a, mx, zoneScript, type LabScript } from '../dns-server.ts';
import { createMemoryStore, type MemoryStore } from '../memory-store.ts';
import type { LabSession } from '../smtp-server.ts';
import type { Fault, FaultResult } from './fault.ts';
import { knowsUsers, startNetworkWorld } from './network-world.ts';

const OUT_OF_FILES = join(import.meta.dirname, 'out-of-files-program.ts');
const HERE = '127.0.0.1';
/** The watch looks each second. */
const NOTICED_MS = 1_000;
const AN_HOUR_MS = 3_600_000;

/** More than `HOSTS_UNTIL_BLOCKED`, each with a host of its own where nobody listens. */
const HOSTS = 25;

const oneOf = <T>(random: () => number, items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
const users = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${String(index)}@firm.test`);

async function blockedPort(seed: number): Promise<FaultResult> {
  const random = seeded(seed);
  // Where but one host can be reached, the others are dead and not the port.
  const alive = random() < 0.5 ? Math.floor(random() * HOSTS) : -1;
  const domains = Array.from({ length: HOSTS }, (_, index) => `d${String(index)}.test`);
  const zone = domains.flatMap((domain, index) => [mx(domain, `mx.${domain}`), a(`mx.${domain}`, index === alive ? HERE : `127.8.0.${String(index + 1)}`)]);
  const world = await startNetworkWorld({ dns: zoneScript(zone), settings: { smtp: { connectTimeoutMs: 500, maxConnections: 5 } } });
  try {
    const store = createMemoryStore(domains.map((domain) => `user@${domain}`));
    const { done } = startRun({ store, listId: 1, settings: world.settings, ...world.open(), wait: false });
    const outcome = await done;
    // The one that answers may be too late: five are dialled at a time, and twenty that fail are enough.
    const paused = outcome.kind === 'paused';
    const violations = paused && outcome.reason === 'port25_blocked' ? [] : [`the run is ${JSON.stringify(outcome)}`];
    if (alive < 0 || paused) return { verdicts: verdictsOf(store, domains.map((domain) => `user@${domain}`), [null, 'accepted']), attempts: [], violations };
    const verdicts = domains.flatMap((domain, index) => verdictsOf(store, [`user@${domain}`], [index === alive ? 'accepted' : 'no_connect']));
    return { verdicts, attempts: [], violations: [] };
  } finally {
    await world.stop();
  }
}

/** Where the run is when its network goes away, and how it is told. */
const STUCK_AT = ['dns', 'greeting', 'flight', 'resets'] as const;
const TOLD_BY = ['sleep', 'addresses', 'host'] as const;

async function changedNetwork(seed: number): Promise<FaultResult> {
  const random = seeded(seed);
  const stuck = oneOf(random, STUCK_AT);
  const told = oneOf(random, TOLD_BY);
  const addresses = users(1 + Math.floor(random() * 30));
  let gone = true;
  let aheadMs = 0;
  let address = '192.0.2.10';
  const clock = { ...systemClock, epochMs: () => systemClock.epochMs() + aheadMs };
  const zone = zoneScript([mx('firm.test', 'mx.test'), a('mx.test', HERE)]);
  const dns: LabScript = (query) => (gone && stuck === 'dns' ? [] : zone(query));
  const change = (): void => {
    if (told === 'sleep') aheadMs = AN_HOUR_MS;
    else if (told === 'addresses') address = '198.51.100.20';
    else run.networkChanged('this machine goes to sleep');
  };
  const onRcpt = (session: LabSession): null => {
    // Cut off before anybody has told: what fails then is not believed before it was looked.
    if (stuck === 'resets') {
      change();
      session.reset();
    }
    return null;
  };
  const world = await startNetworkWorld({
    dns,
    clock,
    smtp: { answer: (command, session) => (gone && (stuck === 'greeting' || command.startsWith('RCPT')) ? onRcpt(session) : knowsUsers(command)) },
  });
  const store = createMemoryStore(addresses);
  const first = world.open();
  const run = startRun({ store, listId: 1, settings: world.settings, clock, ...first, wait: true, localAddresses: () => address });
  try {
    const begun = stuck === 'dns' ? world.dns.received(1) : stuck === 'greeting' ? world.smtp.session(0) : world.smtp.session(0).then((session) => session.commandsSeen(1));
    await Promise.race([begun, run.done]);
    const startedMs = performance.now();
    if (stuck !== 'resets') change();
    const limit = setTimeout(() => { run.pause('interrupted', 'the change was never noticed'); }, 5 * NOTICED_MS);
    const paused = await run.done;
    clearTimeout(limit);
    const tookMs = performance.now() - startedMs;
    const violations = endedWell(paused, store);
    if (first.pool.size > 0) violations.push(`${String(first.pool.size)} connections are still open`);

    // As the hosts do it: the claims are let go of, and another network is asked.
    gone = false;
    store.forgetClaims();
    const again = await startRun({ store, listId: 1, settings: world.settings, clock, ...world.open(), wait: true, localAddresses: () => address }).done;
    if (again.kind !== 'done') violations.push(`the second run is ${again.kind}`);
    for (const who of addresses) {
      const attempt = store.verdictOf(who)?.attempt ?? 0;
      if (attempt !== 1) violations.push(`${who} is charged ${String(attempt)} attempts`);
    }
    return { verdicts: verdictsOf(store, addresses, ['accepted']), attempts: [{ what: 'the pause', tookMs, deadlineMs: NOTICED_MS }], violations };
  } finally {
    await world.stop();
  }
}

function endedWell(outcome: RunOutcome, store: MemoryStore): string[] {
  const violations = outcome.kind === 'paused' && outcome.reason === 'network_changed' ? [] : [`the run is ${JSON.stringify(outcome)}`];
  if (store.timesJudged.size > 0) violations.push(`${String(store.timesJudged.size)} verdicts of a network that was gone`);
  return violations;
}

/** In a process of its own, which has few descriptors and uses all of them up at some step. */
async function outOfFiles(seed: number): Promise<FaultResult> {
  const random = seeded(seed);
  const addresses = users(1 + Math.floor(random() * 40));
  const step = oneOf(random, ['dns', 'smtp', 'tcp'] as const);
  const zone = zoneScript([mx('firm.test', 'mx.test'), a('mx.test', HERE)]);
  const world = await startNetworkWorld({ dns: (query) => (step === 'tcp' && query.transport === 'udp' ? { truncated: true } : zone(query)) });
  try {
    // Soft and hard, since Node raises the one to the other.
    const command = 'ulimit -n 100 && exec "$0" --disable-warning=ExperimentalWarning "$@"';
    const program = [process.execPath, OUT_OF_FILES, step, String(world.dns.server.port), String(world.smtp.port), addresses.join()];
    const { stdout } = await promisify(execFile)('sh', ['-c', command, ...program]);
    const seen = JSON.parse(stdout) as { readonly reasons: readonly (FaultResult['verdicts'][number]['reason'])[]; readonly starved: number; readonly attempts: readonly number[] };
    const violations = seen.starved > 0 ? [] : ['there were files enough: nothing was tried'];
    if (seen.attempts.some((attempt) => attempt !== 1)) violations.push('an attempt was charged');
    return { verdicts: addresses.map((address, index) => ({ address, expected: ['accepted'], reason: seen.reasons[index] ?? null, scheduled: false })), attempts: [], violations };
  } finally {
    await world.stop();
  }
}

function verdictsOf(store: MemoryStore, addresses: readonly string[], expected: FaultResult['verdicts'][number]['expected']): FaultResult['verdicts'] {
  return addresses.map((address) => {
    const verdict = store.verdictOf(address);
    return { address, expected, reason: verdict?.reason ?? null, scheduled: verdict !== null && verdict.retryAtMs !== null };
  });
}

export const NETWORK_FAULTS: readonly Fault[] = [
  { row: 57, name: 'port-25-blocked', run: blockedPort },
  { row: 58, name: 'sleep-and-network-change', run: changedNetwork },
  { row: 59, name: 'out-of-files', run: outOfFiles },
];
