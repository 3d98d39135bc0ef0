// One round of the `store` benchmark: a list is imported, and a part after the other is claimed and committed, batch by
// batch. Rows of a part lie all over the list where the order is random, since each has a domain by chance.
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
/** Rows that are claimed before they are committed: what ten million objects would take has no place in a test. */
const PART_ROWS = 400_000;

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
    const file = join(folder, 'store', 'lists', `${String(list.id)}.db`);
    const figures = new Figures(file);
    for (;;) {
      const startedMs = performance.now();
      const claims = await claimPart(client, list.id);
      figures.claimMs += performance.now() - startedMs;
      if (claims.length === 0) break;
      const work = claims.flatMap((claim) => claim.addresses.map((address) => ({ address, claim })));
      if (order === 'random') shuffle(work, seeded(5));
      else work.sort((a, b) => a.address.rowId - b.address.rowId);
      await commitAll(client, list.id, work, claims, figures);
    }
    const { counters } = await client.list(list.id);
    if (counters.byState.done !== rows) throw new Error(`${String(counters.byState.done)} of ${String(rows)} rows are done`);
    return figures.of(rows);
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
    for (let row = at; row < Math.min(rows, at + 50_000); row++) text += `user${String(row)}@company${String(domainOf(order, row, rows, domains))}.example\n`;
    await file.write(text);
  }
  await file.close();
}

function domainOf(order: Order, row: number, rows: number, domains: number): number {
  if (order === 'row order') return Math.floor((row * domains) / rows);
  // A domain has its rows by chance all over the list where the order is random.
  return (order === 'random' ? Math.imul(row + 1, 0x9e3779b1) >>> 0 : row) % domains;
}

/** Claims of about as many rows as make a part; none when all rows are claimed. */
async function claimPart(client: StoreClient, listId: ListId): Promise<DomainClaim[]> {
  const part: DomainClaim[] = [];
  for (let rows = 0; rows < PART_ROWS; ) {
    const claims = await client.claim(listId, { maxDomains: 500, maxAddressesPerDomain: 1_000_000, nowMs: Date.now(), includeScheduled: true });
    if (claims.length === 0) break;
    for (const claim of claims) {
      part.push(claim);
      rows += claim.addresses.length;
    }
  }
  return part;
}

/** Of all parts together. */
class Figures {
  readonly file: string;
  readonly commitMs: number[] = [];
  claimMs = 0;
  sendingMs = 0;
  makingMs = 0;
  workerMs = 0;
  elapsedMs = 0;
  walBytes = 0;

  constructor(file: string) {
    this.file = file;
  }

  of(rows: number): Round {
    const commitMs = this.commitMs.toSorted((a, b) => a - b);
    return {
      claimPerSecond: Math.round((rows / this.claimMs) * 1_000),
      perSecond: Math.round((rows / this.elapsedMs) * 1_000),
      makingUs: us(this.makingMs, rows),
      sendingUs: us(this.sendingMs, rows),
      workerUs: us(this.workerMs, rows),
      medianCommitMs: Math.round(commitMs[Math.floor(commitMs.length / 2)] ?? 0),
      p99CommitMs: Math.round(commitMs[Math.floor(commitMs.length * 0.99)] ?? 0),
      longestCommitMs: Math.round(commitMs.at(-1) ?? 0),
      walMb: mb(this.walBytes),
      listMb: mb(statSync(this.file).size),
    };
  }
}

async function commitAll(
  client: StoreClient,
  listId: ListId,
  work: readonly { readonly address: ClaimedAddress; readonly claim: DomainClaim }[],
  claims: readonly DomainClaim[],
  figures: Figures,
): Promise<void> {
  const left = new Map(claims.map((claim) => [claim.domainId, claim.addresses.length]));
  const inFlight = new Set<Promise<void>>();
  const verdictOf = verdictMaker();
  const startedMs = performance.now();
  for (let at = 0; at < work.length; at += BATCH) {
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
    const makesMs = performance.now();
    const { verdicts, domains } = batchOf(work.slice(at, at + BATCH), left, verdictOf);
    const sendsMs = performance.now();
    figures.makingMs += sendsMs - makesMs;
    const sent: Promise<void> = client
      .commit({ listId, verdicts, domains, releasedDomainIds: domains.map(({ domainId }) => domainId) })
      .then((ack: CommitAck) => {
        figures.commitMs.push(ack.tookMs ?? 0);
        figures.workerMs += ack.tookMs ?? 0;
        figures.walBytes = Math.max(figures.walBytes, statSync(`${figures.file}-wal`).size);
        inFlight.delete(sent);
      });
    inFlight.add(sent);
    figures.sendingMs += performance.now() - sendsMs;
  }
  await Promise.all(inFlight);
  figures.elapsedMs += performance.now() - startedMs;
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
