// The engine's probe: the SMTP pool over real sockets, its sessions, and the classification of every reply to a status.
// Not in it: reading the list, DNS, grouping by domain, the random recipient, scoring, the store (bench `verify` has them).
// The polite bounds of a session are off, but for 100 recipients a transaction.
import { systemClock } from '../../../electron/engine/clock.ts';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { createSmtpPool, type EngineSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import type { SmtpSession } from '../../../electron/engine/smtp/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { addressesOf, hostOf, scored, stopwatch, type Opinion, type ProbeFigures, type ProbeTask } from './task.ts';

const FROM = 'verify@me.test';
const BOUNDS_OFF = { errorBudget: 1e9, maxTransactionsPerSession: 1e9, maxRecipientsPerSession: 1e9, maxSessionMs: 3_600_000 };

/** A host's addresses by their index, and which is next. */
interface HostWork {
  readonly indices: readonly number[];
  next: number;
}

export async function winnow(task: ProbeTask): Promise<ProbeFigures> {
  const addresses = addressesOf(task);
  const opinions: Opinion[] = new Array<Opinion>(addresses.length).fill('undecided');
  const work = task.hosts.map((_, host): HostWork => ({ indices: addresses.map((_, i) => i).filter((i) => i % task.hosts.length === host), next: 0 }));
  const pool = openPool(task);
  const watch = stopwatch();
  const sessions = await Promise.all(Array.from({ length: task.concurrency }, async (_, i) => acquire(pool, task, i)));
  const greetedMs = watch.wallMs();
  await Promise.all(
    sessions.map(async (session, i) => {
      const host = work[i % work.length];
      if (host !== undefined) await askAll(session, host, addresses, opinions);
      pool.release(session);
    }),
  );
  const wholeMs = watch.wallMs();
  const cpuMs = watch.cpuMs();
  await pool.close(0);
  return { wholeMs, askingMs: wholeMs - greetedMs, cpuMs, ...scored(task, addresses, opinions) };
}

async function askAll(session: SmtpSession, host: HostWork, addresses: readonly string[], opinions: Opinion[]): Promise<void> {
  const { mxHost } = session.target;
  let newTransaction = true;
  while (host.next < host.indices.length) {
    const taken = host.indices.slice(host.next, host.next + session.maxFlight);
    host.next += taken.length;
    const { replies, failure } = await session.flight({ from: FROM, recipients: taken.map((index) => addresses[index] ?? ''), newTransaction });
    newTransaction = false;
    if (failure !== null) throw new Error(`A flight failed: ${failure.detail}`);
    for (let i = 0; i < taken.length; i += 1) {
      const reply = replies[i];
      const index = taken[i];
      if (reply === null || reply === undefined || index === undefined) continue;
      const status = statusOf(classifyReply({ reply, stage: 'RCPT', mxHost }).reason);
      opinions[index] = status === 'deliverable' || status === 'undeliverable' ? status : 'undecided';
    }
  }
}

async function acquire(pool: EngineSmtpPool, task: ProbeTask, index: number): Promise<SmtpSession> {
  const acquired = await pool.acquire({ ip: hostOf(task, index), port: task.port, mxHost: `mx${String(index % task.hosts.length)}.example.net` });
  if (!acquired.ok) throw new Error(`No session: ${acquired.failure.detail}`);
  return acquired.session;
}

function openPool(task: ProbeTask): EngineSmtpPool {
  return createSmtpPool({
    settings: {
      ...DEFAULT_SETTINGS.smtp,
      ...BOUNDS_OFF,
      port: task.port,
      maxFlight: task.flight,
      maxConnections: task.concurrency,
      maxConnectionsPerDestination: Math.ceil(task.concurrency / task.hosts.length),
    },
    identity: { heloName: 'me.test', mailFrom: FROM },
    clock: systemClock,
    isAllowed: (ip) => task.hosts.includes(ip),
  });
}
