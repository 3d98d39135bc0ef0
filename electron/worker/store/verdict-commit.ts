// Commits a batch: verdicts, domain facts, schedule, counters and each domain's place in the queue, in one transaction
// or not at all. A verdict of a row that is not open is ignored, so a batch that is sent twice counts once.
// First verdicts of rows that are claimed are put in without a question to the database; every other goes to
// `late-verdicts`. When a domain has accepted somebody, its bare refusals are settled (`settle-provisional`).
import type Database from 'better-sqlite3';
import { REASONS } from '../../../shared/verdict/verdict.ts';
import type { DomainUpdate } from '../interface.ts';
import type { PackedBatch } from '../packed/packed-batch.ts';
import { unpackDomains } from '../packed/packed-domains.ts';
import { BatchReading } from './batch-reading.ts';
import { MAX_RETRY_AHEAD_MS } from './claim-book.ts';
import { CounterChanges, type CounterTable } from './counter-table.ts';
import { DetailsBlocks } from './details-blocks.ts';
import { DomainQueue } from './domain-queue.ts';
import { LateVerdicts, type LateVerdict } from './late-verdicts.ts';
import type { OpenClaims } from './open-claims.ts';
import type { ReasonCodes } from './reason-codes.ts';
import { RepeatedRows } from './repeated-rows.ts';
import { SettleProvisional } from './settle-provisional.ts';
import { VerdictInsert } from './verdict-insert.ts';

export class VerdictCommit {
  readonly #counters: CounterTable;
  readonly #claims: OpenClaims;
  readonly #run: Database.Transaction<(batch: PackedBatch) => number>;
  readonly #codes: readonly number[];
  readonly #repeated: RepeatedRows;
  readonly #details: DetailsBlocks;
  readonly #insert: VerdictInsert;
  readonly #late: LateVerdicts;
  readonly #queue: DomainQueue;
  readonly #settle: SettleProvisional;
  readonly #putSchedule: Database.Statement;
  readonly #putProvisional: Database.Statement<[number, number]>;

  constructor(database: Database.Database, parts: { readonly counters: CounterTable; readonly claims: OpenClaims; readonly reasons: ReasonCodes }) {
    this.#counters = parts.counters;
    this.#claims = parts.claims;
    this.#codes = REASONS.map((reason) => parts.reasons.code(reason) ?? 0);
    this.#repeated = new RepeatedRows(database);
    this.#details = new DetailsBlocks(database);
    this.#insert = new VerdictInsert(database);
    this.#late = new LateVerdicts(database, parts.reasons, this.#repeated);
    this.#queue = new DomainQueue(database, parts.claims);
    this.#settle = new SettleProvisional(database, parts.reasons, this.#repeated);
    this.#putSchedule = database.prepare('INSERT OR REPLACE INTO schedule (row_id, domain_id, retry_at_ms, attempt, reason, heard, again) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#putProvisional = database.prepare('INSERT OR IGNORE INTO provisional VALUES (?, ?)');
    this.#run = database.transaction((batch: PackedBatch) => this.#apply(batch));
  }

  /** How many verdicts counted. Throws what SQLite throws; nothing is changed then. */
  commit(batch: PackedBatch): number {
    try {
      const committed = this.#run.immediate(batch);
      this.#claims.keep();
      this.#queue.keep();
      return committed;
    } catch (error) {
      this.#claims.putBack();
      this.#queue.forget();
      throw error;
    }
  }

  #apply(batch: PackedBatch): number {
    const changes = new CounterChanges();
    const reading = new BatchReading(batch, this.#details);
    this.#insert.begin();
    this.#queue.begin();
    const committed = this.#put(reading, changes);
    this.#details.flush();
    for (const update of unpackDomains(batch.domains)) this.#update(update);
    for (const domainId of this.#queue.settling()) this.#settle.settle(domainId, changes);
    this.#queue.write(batch.releasedDomainIds);
    this.#counters.apply(changes);
    return committed;
  }

  #put(reading: BatchReading, changes: CounterChanges): number {
    const first = new Uint32Array(REASONS.length);
    let committed = 0;
    for (const index of reading.inRowOrder()) {
      const rowId = reading.rowId(index);
      const claim = this.#claims.take(rowId);
      if (claim === undefined) {
        if (this.#putLate(reading, index, changes)) committed++;
        continue;
      }
      const place = reading.reason(index);
      this.#insert.add(rowId, this.#codes[place] ?? 0, reading.score(index), reading.putDetails(index));
      first[place] = (first[place] ?? 0) + 1;
      committed++;
      const duplicates = this.#repeated.countOf(rowId);
      if (duplicates > 0) changes.duplicates(reading.reasonName(index), duplicates);
      if (reading.isSpecial(index)) this.#putSpecial(reading, index, claim.domainId, changes);
      else changes.state('done', 1);
    }
    this.#insert.flush();
    for (const [place, reason] of REASONS.entries()) {
      const count = first[place] ?? 0;
      if (count === 0) continue;
      changes.reason(reason, count);
      changes.state('pending', -count);
    }
    return committed;
  }

  /** A row that is asked again, or of which no claim is known. False: it is not open. */
  #putLate(reading: BatchReading, index: number, changes: CounterChanges): boolean {
    // The same row may be in the batch before.
    this.#insert.flush();
    const late = this.#late.put(reading, index, this.#codes[reading.reason(index)] ?? 0, changes);
    if (late === null) return false;
    if (late.wasScheduled) this.#queue.rescheduled(late.domainId);
    if (late.isFirst) this.#queue.judgedUnclaimed(late.domainId);
    if (reading.isSpecial(index)) this.#putSpecial(reading, index, late.domainId, changes, late);
    else changes.state('done', 1);
    this.#queue.touched(late.domainId);
    return true;
  }

  /** What few verdicts need: a place in the schedule, or a note that it is provisional. */
  #putSpecial(reading: BatchReading, index: number, domainId: number, changes: CounterChanges, late?: LateVerdict): void {
    const rowId = reading.rowId(index);
    const retry = reading.retryOf(index);
    if (retry === undefined) {
      changes.state('done', 1);
    } else {
      const reason = reading.reasonName(index);
      const atMs = Math.min(retry.retryAtMs, retry.checkedAtMs + MAX_RETRY_AHEAD_MS);
      this.#putSchedule.run(rowId, domainId, atMs, reading.attempt(index), reason, retry.heard, Number(late?.isAgain ?? false));
      changes.state('scheduled', 1);
      changes.scheduled(reason, 1);
      this.#queue.rescheduled(domainId);
    }
    if (!reading.isProvisional(index) || late?.isKept === true) return;
    this.#putProvisional.run(domainId, rowId);
    this.#queue.provisional(domainId);
  }

  #update(update: DomainUpdate): void {
    this.#queue.learned(update.domainId, update);
  }
}
