// What a commit writes of domains: what is known of them, their place in the queue of work, and when they are due again.
// What a claim knows is written from memory, one statement a domain, when the claim ends; of other domains the database
// is asked. Nothing of it counts in memory before the transaction is committed.
import type Database from 'better-sqlite3';
import type { DomainFacts } from '../interface.ts';
import { DOMAIN_FACT_COLUMNS, domainFactCells, type DomainFactRow, domainFactsOf, mergedFacts } from './domain-facts.ts';
import type { OpenClaim, OpenClaims } from './open-claims.ts';
import { steady } from './steady-value.ts';

export class DomainQueue {
  readonly #claims: OpenClaims;
  readonly #facts: Database.Statement<[number], DomainFactRow>;
  readonly #putFacts: Database.Statement;
  readonly #putFactsAndPlace: Database.Statement;
  readonly #putPlace: Database.Statement<[number | null, number]>;
  readonly #findPlace: Database.Statement<{ id: number }>;
  readonly #findRetry: Database.Statement<{ id: number }>;
  readonly #learned = new Map<number, DomainFacts>();
  readonly #placed = new Map<OpenClaim, number | null>();
  readonly #provisional = new Set<number>();
  readonly #rescheduled = new Set<number>();
  readonly #judgedUnclaimed = new Set<number>();
  readonly #touched = new Set<number>();

  constructor(database: Database.Database, claims: OpenClaims) {
    this.#claims = claims;
    this.#facts = database.prepare(`SELECT ${DOMAIN_FACT_COLUMNS} FROM domains WHERE id = ?`);
    const cells = '?, ?, ?, ?, ?, ?, ?, ?, ?';
    this.#putFacts = database.prepare(`UPDATE domains SET (${DOMAIN_FACT_COLUMNS}) = (${cells}) WHERE id = ?`);
    this.#putFactsAndPlace = database.prepare(`UPDATE domains SET (${DOMAIN_FACT_COLUMNS}, next_row) = (${cells}, ?) WHERE id = ?`);
    this.#putPlace = database.prepare('UPDATE domains SET next_row = ? WHERE id = ?');
    this.#findPlace = database.prepare(
      `UPDATE domains SET next_row = (SELECT id FROM rows WHERE domain_id = ${steady('@id')} AND id >= domains.next_row
         AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) ORDER BY id LIMIT 1) WHERE id = @id`,
    );
    this.#findRetry = database.prepare('UPDATE domains SET next_retry_ms = (SELECT min(retry_at_ms) FROM schedule WHERE domain_id = @id) WHERE id = @id');
  }

  begin(): void {
    this.forget();
  }

  /** A row of it got a place in the schedule, or lost it. */
  rescheduled(domainId: number): void {
    this.#rescheduled.add(domainId);
  }

  /** A row of it got its first verdict without a claim. */
  judgedUnclaimed(domainId: number): void {
    this.#judgedUnclaimed.add(domainId);
  }

  /** A verdict of it came late. */
  touched(domainId: number): void {
    this.#touched.add(domainId);
  }

  /** A row of it has a bare refusal now. */
  provisional(domainId: number): void {
    this.#provisional.add(domainId);
  }

  /** What a claim that ends says of it. Not written yet. */
  learned(domainId: number, facts: DomainFacts): void {
    const before = this.#known(domainId);
    if (before !== null) this.#learned.set(domainId, mergedFacts(before, facts));
  }

  /** Domains that have accepted somebody and may have bare refusals. */
  settling(): number[] {
    const candidates = new Set([...this.#provisional, ...this.#touched]);
    for (const domainId of this.#learned.keys()) {
      if (this.#claims.ofDomain(domainId)?.hasProvisional !== false) candidates.add(domainId);
    }
    return [...candidates].filter((domainId) => {
      const isSettled = this.#known(domainId)?.acceptedAny === true;
      // Its rows may be in the schedule.
      if (isSettled) this.#rescheduled.add(domainId);
      return isSettled;
    });
  }

  /** Writes all of it. `released`: domains whose claims end. */
  write(released: Iterable<number>): void {
    for (const domainId of released) {
      const claim = this.#claims.ofDomain(domainId);
      if (claim !== undefined) this.#placed.set(claim, this.#claims.nextRowOf(claim));
    }
    for (const [claim, nextRow] of this.#placed) {
      if (nextRow !== claim.nextRow && !this.#learned.has(claim.domainId)) this.#putPlace.run(nextRow, claim.domainId);
    }
    for (const [domainId, facts] of this.#learned) this.#writeFacts(domainId, facts);
    for (const domainId of this.#judgedUnclaimed) this.#findPlace.run({ id: domainId });
    for (const domainId of this.#rescheduled) this.#findRetry.run({ id: domainId });
  }

  /** It is committed: claims know it too. */
  keep(): void {
    for (const [domainId, facts] of this.#learned) {
      const claim = this.#claims.ofDomain(domainId);
      if (claim !== undefined) claim.facts = facts;
    }
    for (const domainId of this.#provisional) {
      const claim = this.#claims.ofDomain(domainId);
      if (claim !== undefined) claim.hasProvisional = true;
    }
    for (const [claim, nextRow] of this.#placed) claim.nextRow = nextRow;
    this.forget();
  }

  forget(): void {
    this.#learned.clear();
    this.#placed.clear();
    for (const set of [this.#provisional, this.#rescheduled, this.#judgedUnclaimed, this.#touched]) set.clear();
  }

  #writeFacts(domainId: number, facts: DomainFacts): void {
    const claim = this.#claims.ofDomain(domainId);
    const place = claim === undefined ? undefined : this.#placed.get(claim);
    if (claim === undefined || place === undefined || place === claim.nextRow) this.#putFacts.run(...domainFactCells(facts), domainId);
    else this.#putFactsAndPlace.run(...domainFactCells(facts), place, domainId);
  }

  /** Null: there is no such domain. */
  #known(domainId: number): DomainFacts | null {
    const learned = this.#learned.get(domainId) ?? this.#claims.ofDomain(domainId)?.facts;
    if (learned !== undefined) return learned;
    const row = this.#facts.get(domainId);
    return row === undefined ? null : domainFactsOf(row);
  }
}
