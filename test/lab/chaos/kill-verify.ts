// A verification that is killed again and again, and each time gone on with: every verdict that the store acknowledged
// stays and is never asked for again, servers are asked for little more than an undisturbed run asks them for, and the
// finished list is that of the undisturbed run to the byte, its times left out.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../electron/worker/client.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import type { SettingsInput } from '../../../shared/settings/schema.ts';
import { createDraw, type Draw } from '../faults/draw.ts';
import { KeptVerdicts } from './kept-verdicts.ts';
import { addressOf, startMailWorld, type MailWorld } from './mail-world.ts';
import { runVictim, type Moment } from './run-victim.ts';
import type { KillOptions, KillReport } from './kill-report.ts';

const ROWS = 4_000;
const DOMAINS = 61;
const CONNECTIONS = 12;
const FLIGHT = 20;
const BATCH = 40;
/** What one kill may cost: the flights under way, two batches that are being committed, and one that is being filled. */
const FLIGHT_WINDOW = CONNECTIONS * FLIGHT + 3 * BATCH;
/** A job that is killed more often than this has stopped moving. */
const MOST_KILLS_A_JOB = 200;

const SETTINGS: SettingsInput = {
  identity: { heloName: 'me.test', mailFrom: 'verify@me.test' },
  smtp: { ipv6: false, maxConnections: CONNECTIONS, maxFlight: FLIGHT, targetErrorBudget: 10_000 },
  retry: { greylistFirstMs: 20, greylistNextMs: 20, backoffMs: 20, backoffMaxMs: 40 },
  batch: { maxVerdicts: BATCH, maxDelayMs: 20 },
};

export async function killVerify({ kills, seed, victim }: KillOptions): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-kill-verify-'));
  try {
    const draw = createDraw(seed);
    const compileCache = join(folder, 'compiled');
    const undisturbed = await verifyOnce(join(folder, 'undisturbed'), { draw, kills: 0, compileCache, victim });
    const problems = undisturbed.problems.map((words) => `undisturbed: ${words}`);
    let done = 0;
    let recipients = 0;
    let allowed = 0;
    for (let job = 1; done < kills && problems.length === 0; job += 1) {
      const one = await verifyOnce(join(folder, `job-${String(job)}`), { draw, kills: Math.min(kills - done, MOST_KILLS_A_JOB), compileCache, victim });
      done += one.kills;
      recipients += one.recipients;
      allowed += undisturbed.recipients + one.kills * FLIGHT_WINDOW;
      problems.push(...one.problems);
      if (one.recipients > undisturbed.recipients + one.kills * FLIGHT_WINDOW) {
        problems.push(`${String(one.recipients)} recipients were asked for with ${String(one.kills)} kills; ${String(undisturbed.recipients)} without`);
      }
      if (one.exported !== undisturbed.exported) problems.push('the finished list is another one than that of an undisturbed run');
    }
    return { kills: done, problems, detail: { recipients, allowed, undisturbed: undisturbed.recipients } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface JobOptions {
  readonly draw: Draw;
  readonly kills: number;
  readonly compileCache: string;
  readonly victim: string;
}

interface OneJob {
  readonly kills: number;
  readonly recipients: number;
  /** Without its times. */
  readonly exported: string;
  readonly problems: readonly string[];
}

async function verifyOnce(folder: string, options: JobOptions): Promise<OneJob> {
  const world = await startMailWorld(DOMAINS);
  try {
    return await verifyIn(world, folder, options);
  } finally {
    await world.stop();
  }
}

async function verifyIn(world: MailWorld, folder: string, { draw, kills, compileCache, victim }: JobOptions): Promise<OneJob> {
  const storeDir = join(folder, 'store');
  const outPath = join(folder, 'out.csv');
  const listId = await importRows(folder, storeDir);
  const lists = join(storeDir, 'lists');
  const kept = new KeptVerdicts(join(lists, `${String(listId)}.db`), (row) => addressOf(row, DOMAINS));
  const problems: string[] = [];
  let killed = 0;
  for (;;) {
    const moment = killed < kills ? momentOf(draw) : null;
    const end = await runVictim({
      task: { kind: 'verify', storeDir, outPath, dnsPort: world.dnsPort, smtpPort: world.smtpPort, settings: SETTINGS },
      moment,
      folders: [lists],
      onRecipient: (heard) => world.onRecipient(heard),
      compileCache,
      victim,
    });
    problems.push(...kept.afterLife(end.said, world.asked).map((words) => `${words} (killed at ${JSON.stringify(moment)})`));
    if (end.killed) killed += 1;
    if (!end.killed || problems.length > 0) break;
  }
  problems.push(...world.violations);
  if (problems.length > 0) return { kills: killed, recipients: world.recipients, exported: '', problems };
  return { kills: killed, recipients: world.recipients, exported: withoutTimes(readFileSync(outPath, 'utf8')), problems };
}

/** Mostly in the middle of the work, now and then while it starts. */
function momentOf(draw: Draw): Moment {
  const kind = draw.pick(['line', 'write', 'recipient', 'recipient'] as const);
  return { kind, count: draw.between(1, { line: 8, write: 60, recipient: 300 }[kind]) };
}

async function importRows(folder: string, storeDir: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'list.csv');
  writeFileSync(path, `email\n${Array.from({ length: ROWS }, (_, index) => addressOf(index + 1, DOMAINS)).join('\n')}\n`);
  const store = await openStore({ dir: storeDir, workerPath: workerPath() });
  const { list } = await store.importList({ path });
  await store.close();
  return list.id;
}

function withoutTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME');
}
