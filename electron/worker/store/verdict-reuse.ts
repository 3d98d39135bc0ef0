// Verdicts that pass from list to list: what servers said for certain of an address is remembered when a run ends, and
// given to the same address of another list before that is asked. In slices of rows, so that no other call waits long.
// Always holds: only `deliverable` and `undeliverable`, only from an answer to that very RCPT, never of another scope or
// fit, never older than asked for. A verdict that was used again is not remembered anew: it would never grow old.
import { reusedNote } from '../../../shared/verdict/reused.ts';
import { FLAGS, REASONS, statusOf, type Flag, type Reason } from '../../../shared/verdict/verdict.ts';
import type { VerdictRecord } from '../interface.ts';
import { packBatch } from '../packed/pack-batch.ts';
import { readDetails } from '../packed/verdict-details.ts';
import type { KnownReport, KnownSlice } from '../store-care.ts';
import type { AddressHash } from './address-hash.ts';
import { detailsSql } from './details-blocks.ts';
import type { KnownVerdict, KnownVerdictTable } from './known-verdict-table.ts';
import type { OpenList } from './open-list.ts';

/** Rows looked at in one slice: some tens of milliseconds. */
const SLICE_ROWS = 5_000;
/** About 100 bytes each; the library is checked after an unclean end (0.2 s for all of them). */
const MAX_ROWS = 1_000_000;
/** What an answer to a RCPT begins with, and all that is kept of it. */
const CODES = /^([25]\d\d)(?: ([25]\.\d{1,3}\.\d{1,3}))?(?: |$)/;

const CERTAIN: ReadonlySet<Reason> = new Set(REASONS.filter((reason) => statusOf(reason) === 'deliverable' || statusOf(reason) === 'undeliverable'));
const KNOWN_FLAGS: ReadonlySet<string> = new Set(FLAGS);

interface OpenRow {
  readonly id: number;
  readonly address: string;
  readonly open: number;
}

interface JudgedRow {
  readonly id: number;
  readonly address: string;
  /** Code. */
  readonly reason: number;
  readonly score: number;
  readonly details: Buffer;
}

export class VerdictReuse {
  readonly #table: KnownVerdictTable;
  readonly #hash: AddressHash;

  constructor(table: KnownVerdictTable, hash: AddressHash) {
    this.#table = table;
    this.#hash = hash;
  }

  /** Rows without a verdict get one. `list`: none of its rows is claimed. */
  reuse(list: OpenList, { afterRow, scope, fit, nowMs, maxAgeMs }: KnownSlice): KnownReport {
    if (this.#table.count === 0) return { nextRow: null, rows: 0, oldestAtMs: null };
    const rows = list.database
      .prepare<[number, number], OpenRow>(
        `SELECT id, coalesce(address, '') AS address, kind = 'open' AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) AS open
         FROM rows WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .all(afterRow, SLICE_ROWS);
    const verdicts = rows.flatMap(({ id, address, open }) => {
      const known = open === 1 ? this.#table.find(this.#hash.of(scope, address), fit, nowMs - maxAgeMs, nowMs) : undefined;
      return known === undefined ? [] : [recordOf(id, known)];
    });
    if (verdicts.length > 0) list.commit(packBatch({ listId: list.record.id, verdicts, domains: [], releasedDomainIds: [] }));
    return { nextRow: nextOf(rows), rows: verdicts.length, oldestAtMs: oldestOf(verdicts) };
  }

  /** The newest are remembered, as far as there is room. */
  remember(list: OpenList, { afterRow, scope, fit, nowMs, maxAgeMs, maxRows = MAX_ROWS }: KnownSlice): KnownReport {
    const rows = list.database
      .prepare<number[], JudgedRow>(
        `SELECT v.row_id AS id, r.address, v.reason, v.score, ${detailsSql('v.details')} AS details
         FROM verdicts v CROSS JOIN rows r ON r.id = v.row_id WHERE v.row_id > ? AND r.kind = 'open' ORDER BY v.row_id LIMIT ?`,
      )
      .all(afterRow, SLICE_ROWS);
    const entries = rows.flatMap((row) => {
      const reason = list.reasons.reason(row.reason);
      const known = reason === null || !CERTAIN.has(reason) ? null : knownOf(reason, row);
      if (known === null || known.checkedAtMs < nowMs - maxAgeMs || known.checkedAtMs > nowMs) return [];
      return [{ ...known, key: this.#hash.of(scope, row.address) }];
    });
    return { nextRow: nextOf(rows), rows: this.#table.put(entries, fit, maxRows), oldestAtMs: oldestOf(entries) };
  }
}

function nextOf(rows: readonly { readonly id: number }[]): number | null {
  return rows.length < SLICE_ROWS ? null : (rows.at(-1)?.id ?? null);
}

function oldestOf(verdicts: readonly { readonly checkedAtMs: number }[]): number | null {
  return verdicts.length === 0 ? null : Math.min(...verdicts.map(({ checkedAtMs }) => checkedAtMs));
}

/** Null for what is not to be remembered: not asked for this list, no answer to a RCPT, or a suggestion, which is text. */
function knownOf(reason: Reason, { score, details: line }: JudgedRow): KnownVerdict | null {
  const { attempt, reply, flags, didYouMean, checkedAtMs } = readDetails(line);
  const codes = CODES.exec(reply ?? '');
  if (attempt === 0 || codes === null || didYouMean !== null) return null;
  return { reason, score, flags, reply: codes[0].trim(), checkedAtMs };
}

function recordOf(rowId: number, { reason, score, flags, reply, checkedAtMs }: KnownVerdict): VerdictRecord {
  const [code = '', enhanced = null] = reply.split(' ');
  const note = reusedNote(checkedAtMs);
  return {
    rowId,
    reason,
    score,
    flags: flags.split(' ').filter((flag): flag is Flag => KNOWN_FLAGS.has(flag)),
    didYouMean: null,
    heard: 'recipient',
    reply: `${reply} ${note}`,
    mx: null,
    checkedAtMs,
    // Nobody was asked for this list.
    attempt: 0,
    retryAtMs: null,
    provisional: false,
    evidence: [{ stage: 'RCPT', code: Number(code), enhanced, text: note, mxHost: null, ip: null, tls: null, atMs: checkedAtMs, attempt: 0 }],
  };
}
