// A list of so many rows with a verdict for most, made by the store itself: imported from a file, claimed, committed.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreClient } from '../../../electron/worker/client.ts';
import type { ListId, VerdictRecord } from '../../../electron/worker/interface.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';

const REASONS: readonly Reason[] = ['accepted', 'accepted', 'accepted', 'mailbox_not_found', 'accept_all', 'role', 'timeout', 'accepted', 'greylisted'];
const FLAGS: readonly (readonly Flag[])[] = [['free', 'provider:google'], ['provider:microsoft-365'], [], ['role'], ['gateway:mimecast']];
const AT_MS = 1_760_000_000_000;
const BATCH = 8_000;
const IN_FLIGHT = 2;

export async function makeList(store: StoreClient, folder: string, rows: number): Promise<ListId> {
  const path = join(folder, 'list.csv');
  const file = await open(path, 'w');
  for (let at = 0; at < rows; at += 50_000) {
    let text = at === 0 ? 'no,email,company\n' : '';
    for (let row = at; row < Math.min(rows, at + 50_000); row++) text += `${String(row)},${addressOf(row)},Company ${String(row % 977)}\n`;
    await file.write(text);
  }
  await file.close();
  const { list } = await store.importList({ path });
  return list.id;
}

export interface JudgeTask {
  readonly dir: string;
  readonly workerPath: string;
  readonly listId: ListId;
}

/** Verdicts for all rows but duplicates, as claims give them: row after row of a domain, far apart in the list. How many. */
export async function judge(store: StoreClient, listId: ListId): Promise<number> {
  let committed = 0;
  const inFlight = new Set<Promise<void>>();
  for (;;) {
    const claims = await store.claim(listId, { maxDomains: 500, maxAddressesPerDomain: 1_000_000, nowMs: AT_MS, includeScheduled: false });
    if (claims.length === 0) break;
    const rowIds = claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
    for (let at = 0; at < rowIds.length; at += BATCH) {
      if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
      const verdicts = rowIds.slice(at, at + BATCH).map(verdictOf);
      const isLast = at + BATCH >= rowIds.length;
      const sent: Promise<void> = store.commit({ listId, verdicts, domains: [], releasedDomainIds: isLast ? claims.map(({ domainId }) => domainId) : [] }).then(() => {
        inFlight.delete(sent);
      });
      inFlight.add(sent);
      committed += verdicts.length;
    }
    await Promise.all(inFlight);
  }
  return committed;
}

/** 7,919 is prime: neighbours differ in their first letters, and one in fifty repeats an earlier row. */
function addressOf(row: number): string {
  const number = row % 50 === 49 ? row - 49 : row;
  return `${((number * 7_919) % 1_000_003).toString(36)}.user${String(number)}@company${String(number % 20_000)}.example`;
}

function verdictOf(rowId: number): VerdictRecord {
  const reason = REASONS[rowId % REASONS.length] ?? 'accepted';
  return {
    rowId, reason, score: (rowId * 31) % 101, flags: FLAGS[rowId % FLAGS.length] ?? [], didYouMean: null, reply: '250 2.1.5 Ok',
    mx: 'mx.example.com', checkedAtMs: AT_MS + ((rowId * 7_919) % 1_000_003) * 300, attempt: 1, retryAtMs: null, provisional: false, heard: 'recipient',
    evidence: [{ stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx.example.com', ip: '192.0.2.1', tls: 'verified', atMs: AT_MS, attempt: 1 }],
  };
}
