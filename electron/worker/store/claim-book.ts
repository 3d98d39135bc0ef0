// Hands out work: domains with rows that nobody has asked, or whose retry is due. No domain is in two open claims.
// Claims live in memory only: when the process dies they are gone, and the rows are open again with nothing to undo.
// A call reads a few index entries a domain, never the rows: each domain keeps its first unasked row and its first
// retry (see the commit), and both have an index.
import type Database from 'better-sqlite3';
import type { Heard } from '../../../shared/verdict/evidence.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { ClaimedAddress, ClaimOptions, DomainClaim, EarlierVerdict, ListId } from '../interface.ts';
import { DOMAIN_FACT_COLUMNS, type DomainFactRow, domainFactsOf } from './domain-facts.ts';

/** Nothing is scheduled further ahead than this (settings allow a day): a retry beyond it was written by a clock that
 *  was wrong, or is read by one that is. Such a row is due, so that no jump of the clock can lose it (faults row 65). */
export const MAX_RETRY_AHEAD_MS = 7 * 86_400_000;

interface DomainRow extends DomainFactRow {
  readonly id: number;
  readonly name: string;
  readonly next_row: number | null;
}

interface OpenRow {
  readonly id: number;
  readonly address: string;
}

interface DueRow extends OpenRow {
  readonly attempt: number;
  /** Null for rows that were scheduled before version 3. */
  readonly heard: Heard | null;
  readonly reason: Reason | null;
  readonly reply: string | null;
  readonly mx: string | null;
}

export class ClaimBook {
  readonly #claimed = new Set<number>();
  readonly #freshDomains: Database.Statement<[number], DomainRow>;
  readonly #dueDomains: Database.Statement<[number, number, number], DomainRow>;
  readonly #freshRows: Database.Statement<[number, number, number], OpenRow>;
  readonly #dueRows: Database.Statement<[number, number, number, number], DueRow>;

  constructor(database: Database.Database) {
    const columns = `id, name, next_row, ${DOMAIN_FACT_COLUMNS}`;
    this.#freshDomains = database.prepare(`SELECT ${columns} FROM domains WHERE next_row IS NOT NULL ORDER BY next_row LIMIT ?`);
    this.#dueDomains = database.prepare(
      `SELECT ${columns} FROM domains WHERE next_retry_ms BETWEEN ? AND ? ORDER BY next_retry_ms LIMIT ?`,
    );
    this.#freshRows = database.prepare(
      `SELECT id, address FROM rows WHERE domain_id = ? AND id >= ?
       AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) ORDER BY id LIMIT ?`,
    );
    this.#dueRows = database.prepare(
      `SELECT s.row_id AS id, r.address, s.attempt, s.heard, v.reason, v.reply, v.mx
       FROM schedule s JOIN rows r ON r.id = s.row_id LEFT JOIN verdicts v ON v.row_id = s.row_id
       WHERE s.domain_id = ? AND s.retry_at_ms BETWEEN ? AND ? ORDER BY s.retry_at_ms LIMIT ?`,
    );
  }

  /** In row order of each domain's first open row. Due rows count before fresh ones where a domain has too many. */
  claim(listId: ListId, options: ClaimOptions): readonly DomainClaim[] {
    const claims = this.#candidates(options)
      .map((domain) => this.#claimOf(listId, domain, options))
      .filter((claim) => claim.addresses.length > 0)
      .sort((a, b) => (a.addresses[0]?.rowId ?? 0) - (b.addresses[0]?.rowId ?? 0))
      .slice(0, Math.max(0, options.maxDomains));
    for (const claim of claims) this.#claimed.add(claim.domainId);
    return claims;
  }

  release(domainIds: readonly number[]): void {
    for (const id of domainIds) this.#claimed.delete(id);
  }

  /** Domains with work that nobody has claimed; at most `maxDomains` of each kind. */
  #candidates(options: ClaimOptions): DomainRow[] {
    // So many that enough remain when all claimed ones are left out.
    const limit = options.maxDomains + this.#claimed.size;
    const due = dueSpans(options).flatMap(([from, to]) => this.#dueDomains.all(from, to, limit));
    const found = new Map<number, DomainRow>();
    for (const domain of [...this.#freshDomains.all(limit), ...due]) {
      if (!this.#claimed.has(domain.id)) found.set(domain.id, domain);
    }
    return [...found.values()];
  }

  #claimOf(listId: ListId, domain: DomainRow, options: ClaimOptions): DomainClaim {
    const most = options.maxAddressesPerDomain;
    const due = dueSpans(options)
      .flatMap(([from, to]) => this.#dueRows.all(domain.id, from, to, most))
      .slice(0, most);
    const fresh =
      domain.next_row === null || due.length >= most ? [] : this.#freshRows.all(domain.id, domain.next_row, most - due.length);
    const addresses: ClaimedAddress[] = [
      ...due.map((row) => ({ rowId: row.id, address: row.address, attempt: row.attempt + 1, earlier: earlierOf(row) })),
      ...fresh.map((row) => ({ rowId: row.id, address: row.address, attempt: 1, earlier: null })),
    ];
    addresses.sort((a, b) => a.rowId - b.rowId);
    return {
      listId,
      domainId: domain.id,
      domain: domain.name,
      facts: domainFactsOf(domain),
      addresses,
    };
  }
}

function earlierOf({ reason, heard, reply, mx }: DueRow): EarlierVerdict | null {
  return reason === null || heard === null ? null : { reason, heard, reply, mx };
}

/** The times at which a scheduled row is due now: up to now, and so far ahead that a clock must have been wrong. */
function dueSpans(options: ClaimOptions): readonly (readonly [fromMs: number, toMs: number])[] {
  if (!options.includeScheduled) return [];
  return [
    [0, options.nowMs],
    [options.nowMs + MAX_RETRY_AHEAD_MS + 1, Number.MAX_SAFE_INTEGER],
  ];
}
