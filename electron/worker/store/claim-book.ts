// Hands out work: domains with rows that nobody has asked, or whose retry is due. No domain is in two open claims.
// Claims live in memory only: when the process dies they are gone, and the rows are open again with nothing to undo.
// Goes through the queue of domains once, by their first unasked rows; what is released with rows left comes back by
// itself. A domain whose place in the queue is out of date (a process died between commit and release) is passed by.
import type Database from 'better-sqlite3';
import type { Heard } from '../../../shared/verdict/evidence.ts';
import { readDetails } from '../packed/verdict-details.ts';
import type { ClaimedAddress, ClaimOptions, DomainClaim, EarlierVerdict, ListId } from '../interface.ts';
import { detailsSql } from './details-blocks.ts';
import { DOMAIN_FACT_COLUMNS, type DomainFactRow, domainFactsOf } from './domain-facts.ts';
import type { OpenClaims } from './open-claims.ts';
import type { ReasonCodes } from './reason-codes.ts';
import { steady } from './steady-value.ts';

/** Nothing is scheduled further ahead than this (settings allow a day): a retry beyond it was written by a clock that
 *  was wrong, or is read by one that is. Such a row is due, so that no jump of the clock can lose it (faults row 65). */
export const MAX_RETRY_AHEAD_MS = 7 * 86_400_000;

interface DomainRow extends DomainFactRow {
  readonly id: number;
  readonly name: string;
  readonly next_row: number | null;
  readonly next_retry_ms: number | null;
  readonly has_provisional: number;
}

/** With its first rows that nobody has asked, one a line: `ID ADDRESS`. One statement for many domains costs a third of
 *  one for each, and addresses hold no control characters. */
interface QueuedDomain extends DomainRow {
  readonly fresh: string | null;
}

type FreshRow = readonly [id: number, address: string];

interface DueRow {
  readonly id: number;
  readonly address: string;
  readonly attempt: number;
  /** Null for rows that were scheduled before version 3. */
  readonly heard: Heard | null;
  /** Code. */
  readonly reason: number | null;
  readonly details: Buffer | null;
}

interface Candidate {
  readonly domain: DomainRow;
  readonly addresses: readonly ClaimedAddress[];
  readonly fresh: readonly number[];
  readonly behind: number | null;
}

type Span = readonly [fromMs: number, toMs: number];

export class ClaimBook {
  readonly #open: OpenClaims;
  readonly #reasons: ReasonCodes;
  readonly #claim: (listId: ListId, options: ClaimOptions) => readonly DomainClaim[];
  readonly #queue: Database.Statement<[number, number, number], QueuedDomain>;
  readonly #dueDomains: Database.Statement<[number, number, number], number>;
  readonly #domain: Database.Statement<[number], DomainRow>;
  readonly #freshRows: Database.Statement<[number, number, number], FreshRow>;
  readonly #dueRows: Database.Statement<[number, number, number, number], DueRow>;
  /** The queue has been gone through up to this row. */
  #passed = -1;
  /** Domains behind that, released with rows that nobody has judged; each with its first. */
  readonly #returned = new Map<number, number>();

  constructor(database: Database.Database, open: OpenClaims, reasons: ReasonCodes) {
    this.#open = open;
    this.#reasons = reasons;
    const columns = `id, name, next_row, next_retry_ms, ${DOMAIN_FACT_COLUMNS},
      EXISTS (SELECT 1 FROM provisional p WHERE p.domain_id = domains.id) AS has_provisional`;
    // One transaction: every read outside of one takes and lets go of locks.
    this.#claim = database.transaction((listId: ListId, options: ClaimOptions) => this.#claimed(listId, options));
    const fresh = (domain: string, from: string): string => `SELECT id, address FROM rows WHERE domain_id = ${domain} AND id >= ${from}
      AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) ORDER BY id LIMIT ?`;
    this.#queue = database.prepare(
      `SELECT ${columns}, (SELECT group_concat(id || ' ' || address, char(10)) FROM (${fresh('domains.id', 'domains.next_row')})) AS fresh
       FROM domains WHERE next_row > ? ORDER BY next_row LIMIT ?`,
    );
    this.#dueDomains = database
      .prepare<[number, number, number], number>('SELECT id FROM domains WHERE next_retry_ms BETWEEN ? AND ? ORDER BY next_retry_ms LIMIT ?')
      .pluck();
    this.#domain = database.prepare(`SELECT ${columns} FROM domains WHERE id = ?`);
    this.#freshRows = database.prepare<[number, number, number], FreshRow>(fresh(steady('?'), steady('?'))).raw();
    this.#dueRows = database.prepare(
      `SELECT s.row_id AS id, r.address, s.attempt, s.heard, v.reason, ${detailsSql('v.details')} AS details
       FROM schedule s JOIN rows r ON r.id = s.row_id LEFT JOIN verdicts v ON v.row_id = s.row_id
       WHERE s.domain_id = ${steady('?')} AND s.retry_at_ms BETWEEN ${steady('?')} AND ${steady('?')} ORDER BY s.retry_at_ms LIMIT ?`,
    );
  }

  /** In row order of each domain's first open row. Due rows count before fresh ones where a domain has too many. */
  claim(listId: ListId, options: ClaimOptions): readonly DomainClaim[] {
    return this.#claim(listId, options);
  }

  #claimed(listId: ListId, options: ClaimOptions): readonly DomainClaim[] {
    const spans = dueSpans(options);
    const due = this.#due(spans, options);
    const fresh = this.#fresh(spans, options, new Set(due.map(({ domain }) => domain.id)));
    const taken = [...due, ...fresh]
      .sort((a, b) => (a.addresses[0]?.rowId ?? 0) - (b.addresses[0]?.rowId ?? 0))
      .slice(0, Math.max(0, options.maxDomains));
    for (const candidate of taken) this.#take(candidate);
    this.#passUpTo(fresh, due);
    return taken.map(({ domain, addresses }) => ({ listId, domainId: domain.id, domain: domain.name, facts: domainFactsOf(domain), addresses }));
  }

  /** What a released domain has left, as committed. */
  release(domainId: number): void {
    const claim = this.#open.ofDomain(domainId);
    if (claim === undefined) return;
    this.#open.remove(domainId);
    if (claim.nextRow !== null && claim.nextRow <= this.#passed) this.#returned.set(domainId, claim.nextRow);
  }

  #take({ domain, fresh, behind }: Candidate): void {
    this.#returned.delete(domain.id);
    this.#open.add({
      domainId: domain.id,
      facts: domainFactsOf(domain),
      nextRow: domain.next_row,
      behind,
      rows: fresh,
      left: fresh.length,
      hasProvisional: domain.has_provisional === 1,
    });
  }

  /** Domains with a retry that is due and that nobody has claimed, at most `maxDomains`. */
  #due(spans: readonly Span[], options: ClaimOptions): Candidate[] {
    // So many that enough remain when all claimed ones are left out.
    const limit = options.maxDomains + this.#open.size;
    const ids = spans.flatMap(([from, to]) => this.#dueDomains.all(from, to, limit)).filter((id) => !this.#open.has(id));
    return ids.slice(0, options.maxDomains).flatMap((id) => {
      const domain = this.#domain.get(id);
      const candidate = domain === undefined ? null : this.#candidateOf(domain, spans, options);
      return candidate === null ? [] : [candidate];
    });
  }

  /** Domains with rows that nobody has asked, the returned ones too, in their order; at most `maxDomains`. */
  #fresh(spans: readonly Span[], options: ClaimOptions, besides: ReadonlySet<number>): Candidate[] {
    const found: Candidate[] = [];
    const returned = [...this.#returned].sort(([, a], [, b]) => a - b);
    for (const [id] of returned) {
      const domain = besides.has(id) ? undefined : this.#domain.get(id);
      const candidate = domain === undefined ? null : this.#candidateOf(domain, spans, options);
      if (candidate !== null) found.push(candidate);
      else if (!besides.has(id)) this.#returned.delete(id);
      // All of these come before whatever is not passed yet.
      if (found.length === options.maxDomains) return found;
    }
    for (let from = this.#passed; found.length < options.maxDomains; ) {
      // One more than there is room for: where the domain goes on.
      const domains = this.#queue.all(options.maxAddressesPerDomain + 1, from, options.maxDomains);
      for (const domain of domains) {
        from = domain.next_row ?? from;
        const skipped = this.#open.has(domain.id) || this.#returned.has(domain.id) || besides.has(domain.id);
        const candidate = skipped ? null : this.#candidateOf(domain, spans, options, linesOf(domain.fresh));
        if (candidate !== null) found.push(candidate);
        // Claimed, or nothing to ask: passed for good, as long as nothing before it is left over.
        else if (found.length === 0 && !besides.has(domain.id)) this.#passed = from;
        if (found.length === options.maxDomains) break;
      }
      if (domains.length < options.maxDomains) break;
    }
    return found;
  }

  /** Those that were taken are passed, up to the first that was not. */
  #passUpTo(fresh: readonly Candidate[], due: readonly Candidate[]): void {
    for (const { domain } of fresh) {
      if (!this.#open.has(domain.id)) break;
      if (domain.next_row !== null && domain.next_row > this.#passed) this.#passed = domain.next_row;
    }
    for (const { domain } of due) {
      if (!this.#open.has(domain.id) && domain.next_row !== null && domain.next_row <= this.#passed) this.#returned.set(domain.id, domain.next_row);
    }
  }

  /** Null if there is nothing to ask. `known`: its first fresh rows, one more than may be claimed. */
  #candidateOf(domain: DomainRow, spans: readonly Span[], options: ClaimOptions, known?: readonly FreshRow[]): Candidate | null {
    const most = options.maxAddressesPerDomain;
    const due =
      domain.next_retry_ms === null ? [] : spans.flatMap(([from, to]) => this.#dueRows.all(domain.id, from, to, most)).slice(0, most);
    const room = most - due.length;
    const fresh = known ?? (domain.next_row === null ? [] : this.#freshRows.all(domain.id, domain.next_row, room + 1));
    const found = fresh.length > room ? fresh.slice(0, room) : fresh;
    const behind = fresh[room]?.[0] ?? null;
    if (due.length + found.length === 0) return null;
    const addresses: ClaimedAddress[] = found.map(([rowId, address]) => ({ rowId, address, attempt: 1, earlier: null }));
    if (due.length > 0) {
      addresses.push(...due.map((row) => ({ rowId: row.id, address: row.address, attempt: row.attempt + 1, earlier: this.#earlierOf(row) })));
      addresses.sort((a, b) => a.rowId - b.rowId);
    }
    return { domain, addresses, fresh: found.map(([rowId]) => rowId), behind };
  }

  #earlierOf({ reason: code, heard, details }: DueRow): EarlierVerdict | null {
    const reason = this.#reasons.reason(code);
    if (reason === null || heard === null || details === null) return null;
    const { reply, mx } = readDetails(details);
    return { reason, heard, reply, mx };
  }
}

function linesOf(lines: string | null): FreshRow[] {
  if (lines === null) return [];
  return lines.split('\n').map((line) => {
    const space = line.indexOf(' ');
    return [Number(line.slice(0, space)), line.slice(space + 1)];
  });
}

/** The times at which a scheduled row is due now: up to now, and so far ahead that a clock must have been wrong. */
function dueSpans(options: ClaimOptions): readonly Span[] {
  if (!options.includeScheduled) return [];
  return [
    [0, options.nowMs],
    [options.nowMs + MAX_RETRY_AHEAD_MS + 1, Number.MAX_SAFE_INTEGER],
  ];
}
