// One round of the `store` benchmark: a list is imported, all of it is claimed, all of it is committed, batch by batch.
// The batches are made as they are sent, as a run does, and that is told apart from what the store costs.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import type { ClaimedAddress, CommitAck, DomainClaim, DomainUpdate, ListId, VerdictRecord } from '../../../electron/worker/interface.ts';
import { seeded, shuffle } from './seeded.ts';
import { verdictMaker } from './verdicts.ts';

/** What the batcher comes to at such a rate. */
export const BATCH = 8_000;
export const IN_FLIGHT = 2;

/** `spread`: in row order, but neighbours are of different domains. */
export type Order = 'row order' | 'spread' | 'random';

export interface Round {
  /** From the first batch sent to the last acknowledged, the making of the verdicts included. */
  readonly perSecond: number;
  /** On the main thread: making the verdicts, which is the benchmark's own, and packing and sending them. */
  readonly makingUs: number;
  readonly sendingUs: number;
  readonly workerUs: number;
  readonly claimPerSecond: number;
  readonly medianCommitMs: number;
  readonly p99CommitMs: number;
  readonly longestCommitMs: number;
  readonly walMb: number;
  readonly listMb: number;
}

/** Throws if a verdict is missing at the end. */
export async function oneRound(order: Order, { rows, domains }: { readonly rows: number; readonly domains: number }): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-store-'));
  const workerPath = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));
  const client = await openStore({ dir: join(folder, 'store'), workerPath });
  try {
    const path = join(folder, 'list.csv');
    await writeList(path, order, rows, domains);
    const { list } = await client.importList({ path });
    const { claims, claimMs } = await claimAll(client, list.id);
    const work = claims.flatMap((claim) => claim.addresses.map((address) => ({ address, claim })));
    if (order === 'random') shuffle(work, seeded(5));
    else work.sort((a, b) => a.address.rowId - b.address.rowId);
    const file = join(folder, 'store', 'lists', `${String(list.id)}.db`);
    const commits = await commitAll(client, list.id, work, claims, file);
    const { counters } = await client.list(list.id);
    if (counters.byState.done !== rows) throw new Error(`${String(counters.byState.done)} of ${String(rows)} rows are done`);
    return { claimPerSecond: Math.round((work.length / claimMs) * 1_000), ...commits, listMb: mb(statSync(file).size) };
  } finally {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In row order a domain's rows follow one another (a sorted list is what gives that order); else they lie far apart. */
async function writeList(path: string, order: Order, rows: number, domains: number): Promise<void> {
  const file = await open(path, 'w');
  for (let at = 0; at < rows; at += 50_000) {
    let text = at === 0 ? 'email\n' : '';
    for (let row = at; row < Math.min(rows, at + 50_000); row++) text += `user${String(row)}@company${String(order === 'row order' ? Math.floor((row * domains) / rows) : row % domains)}.example\n`;
    await file.write(text);
  }
  await file.close();
}

async function claimAll(client: StoreClient, listId: ListId): Promise<{ claims: DomainClaim[]; claimMs: number }> {
  const all: DomainClaim[] = [];
  const startedMs = performance.now();
  for (;;) {
    const claims = await client.claim(listId, { maxDomains: 500, maxAddressesPerDomain: 1_000_000, nowMs: Date.now(), includeScheduled: true });
    if (claims.length === 0) return { claims: all, claimMs: performance.now() - startedMs };
    all.push(...claims);
  }
}

async function commitAll(
  client: StoreClient,
  listId: ListId,
  work: readonly { readonly address: ClaimedAddress; readonly claim: DomainClaim }[],
  claims: readonly DomainClaim[],
  file: string,
): Promise<Omit<Round, 'claimPerSecond' | 'listMb'>> {
  const left = new Map(claims.map((claim) => [claim.domainId, claim.addresses.length]));
  const commitMs: number[] = [];
  const inFlight = new Set<Promise<void>>();
  const verdictOf = verdictMaker();
  let sendingMs = 0;
  let makingMs = 0;
  let workerMs = 0;
  let wal = 0;
  const startedMs = performance.now();
  for (let at = 0; at < work.length; at += BATCH) {
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
    const makesMs = performance.now();
    const { verdicts, domains } = batchOf(work.slice(at, at + BATCH), left, verdictOf);
    const sendsMs = performance.now();
    makingMs += sendsMs - makesMs;
    const sent: Promise<void> = client
      .commit({ listId, verdicts, domains, releasedDomainIds: domains.map(({ domainId }) => domainId) })
      .then((ack: CommitAck) => {
        commitMs.push(ack.tookMs ?? 0);
        workerMs += ack.tookMs ?? 0;
        wal = Math.max(wal, statSync(`${file}-wal`).size);
        inFlight.delete(sent);
      });
    inFlight.add(sent);
    sendingMs += performance.now() - sendsMs;
  }
  await Promise.all(inFlight);
  const elapsedMs = performance.now() - startedMs;
  commitMs.sort((a, b) => a - b);
  return {
    perSecond: Math.round((work.length / elapsedMs) * 1_000),
    makingUs: us(makingMs, work.length),
    sendingUs: us(sendingMs, work.length),
    workerUs: us(workerMs, work.length),
    medianCommitMs: Math.round(commitMs[Math.floor(commitMs.length / 2)] ?? 0),
    p99CommitMs: Math.round(commitMs[Math.floor(commitMs.length * 0.99)] ?? 0),
    longestCommitMs: Math.round(commitMs.at(-1) ?? 0),
    walMb: mb(wal),
  };
}

/** A domain's claim ends with its last verdict. */
function batchOf(
  work: readonly { readonly address: ClaimedAddress; readonly claim: DomainClaim }[],
  left: Map<number, number>,
  verdictOf: ReturnType<typeof verdictMaker>,
): { verdicts: VerdictRecord[]; domains: DomainUpdate[] } {
  const domains: DomainUpdate[] = [];
  const verdicts = work.map(({ address, claim }) => {
    const verdict = verdictOf(address, claim);
    const open = (left.get(claim.domainId) ?? 0) - 1;
    left.set(claim.domainId, open);
    if (open === 0) domains.push({ domainId: claim.domainId, catchAll: 'refused', acceptedAny: true, random: randomOf(verdict) });
    return verdict;
  });
  return { verdicts, domains };
}

function randomOf({ evidence: [, random] }: VerdictRecord): DomainUpdate['random'] {
  if (random === undefined || random.mxHost === null || random.ip === null) return null;
  const { code, enhanced, text, mxHost, ip, atMs } = random;
  return { code: code ?? 0, enhanced, text: text.slice('random recipient: '.length), local: 'w', mxHost, ip, atMs };
}

const us = (ms: number, count: number): number => Math.round((ms / count) * 100_000) / 100;
const mb = (bytes: number): number => Math.round(bytes / 1e6);
