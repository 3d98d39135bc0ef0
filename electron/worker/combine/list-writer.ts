// A new list made of rows of others, with their verdicts and all that was heard for them. Nobody sees it and nothing of it
// is durable until it is complete, as at an import; a list that was not finished is erased at the next open.
// Of two verdicts for one address a certain one goes before an unknown one, and then the newer; what was heard for the
// other stays beside it as an earlier attempt.
import Database from 'better-sqlite3';
import { statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { KeyIndex } from '../intake/key-index.ts';
import type { Counters, DomainFacts } from '../interface.ts';
import { readDetails } from '../packed/verdict-details.ts';
import { completeList } from '../store/complete-list.ts';
import { DetailsBlocks, detailsSql } from '../store/details-blocks.ts';
import { DOMAIN_FACT_COLUMNS, domainFactCells, domainFactsOf, mergedFacts, type DomainFactRow } from '../store/domain-facts.ts';
import { setForLoading } from '../store/list-loader.ts';
import { openDatabase } from '../store/open-database.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { guarded } from '../store/store-error.ts';
import { countRows } from './count-rows.ts';
import { DetailsCopy } from './details-copy.ts';
import type { ListReading, SourceVerdict, StoredKind } from './list-reading.ts';

/** Rows in one transaction; without a journal it only saves locks. */
const ROWS_AT_A_TIME = 10_000;
/** Of SQLite, for each of up to a hundred lists that are written at once. */
const CACHE_KIB = 2_048;
/** Numbers of attempts that were another list's: no attempt of a run takes their place. */
const OTHERS_ATTEMPTS = 1_000;

export interface NewRow {
  readonly raw: string;
  readonly kind: StoredKind;
  readonly address: string | null;
  readonly domainId: number | null;
  readonly dupOf: number | null;
  readonly otherList: number | null;
}

export class ListWriter {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #reasons: ReasonCodes;
  readonly #details: DetailsBlocks;
  readonly #copy: DetailsCopy;
  readonly #domains = new KeyIndex();
  /** By domain: its first row without a verdict. */
  #open = new Uint32Array(1_024);
  /** Domains of which such a row got a verdict later. */
  readonly #doubtful = new Set<number>();
  readonly #statements;
  readonly #kinds = { open: 0, invalid: 0, duplicate: 0, empty: 0, suppressed: 0 };
  #nextId = 1;
  #isOpen = true;

  /** `path`: of the list's database, which is made. Throws StoreUnwritable, DiskFull. */
  constructor(path: string) {
    this.#path = path;
    openDatabase(path, 'list', { create: true }).close();
    this.#database = new Database(path);
    setForLoading(this.#database);
    this.#database.pragma(`cache_size = -${String(CACHE_KIB)}`);
    this.#reasons = ReasonCodes.complete(this.#database);
    this.#details = new DetailsBlocks(this.#database);
    this.#copy = new DetailsCopy(this.#details);
    this.#statements = prepared(this.#database);
    this.#begin();
  }

  /** Number of the row that is added next. */
  get nextId(): number {
    return this.#nextId;
  }

  get rows(): number {
    return this.#nextId - 1;
  }

  /** The number of a domain here; what is known of it is joined with what was known. */
  domain(name: string, facts: DomainFacts): number {
    const next = this.#domains.size + 1;
    const known = this.#domains.addOrFind(name, next);
    return guarded(this.#path, () => {
      const { addDomain, factsOf, putFacts } = this.#statements;
      if (known === 0) {
        addDomain.run(next, name, ...domainFactCells(facts));
        return next;
      }
      const before = factsOf.get(known);
      if (before !== undefined) putFacts.run(...domainFactCells(mergedFacts(domainFactsOf(before), facts)), known);
      return known;
    });
  }

  /** The number of a domain, or 0 if no row has it yet. */
  knownDomain(name: string): number {
    return this.#domains.find(name);
  }

  add({ raw, kind, address, domainId, dupOf, otherList }: NewRow): number {
    const id = this.#nextId++;
    guarded(this.#path, () => {
      const { addRow, addDuplicate, addElsewhere } = this.#statements;
      addRow.run(id, raw, address, domainId, kind, dupOf);
      if (dupOf !== null) addDuplicate.run(id, dupOf);
      if (otherList !== null) addElsewhere.run(id, otherList);
      if (id % ROWS_AT_A_TIME === 0) {
        this.#commit();
        this.#begin();
      }
    });
    this.#kinds[kind]++;
    if (kind === 'open' && domainId !== null) this.#noteOpen(domainId, id);
    return id;
  }

  /** Gives the row a verdict of a list that is read. */
  give(row: number, reading: ListReading, verdict: SourceVerdict): void {
    guarded(this.#path, () => {
      const { addVerdict, putVerdict, dropSchedule, dropProvisional, verdictOf, domainOf } = this.#statements;
      const code = this.#reasons.code(verdict.reason) ?? 0;
      const place = this.#copy.of(reading, verdict.place);
      const domainId = domainOf.get(row) ?? null;
      const isFirst = addVerdict.run(row, code, verdict.score, place).changes > 0;
      for (const { attempt, place: from } of verdict.earlier) this.#keepBeside(row, this.#copy.of(reading, from), isFirst ? attempt : null);
      for (const { attempt, json } of verdict.evidence) this.#keepEvidence(row, json, isFirst ? attempt : null);
      if (isFirst) {
        this.#noteJudged(domainId, row);
      } else {
        const before = verdictOf.get(row);
        if (before === undefined || !this.#isBetter(verdict.reason, reading.checkedAtMs(verdict.place), before)) {
          this.#keepBeside(row, place, null);
          return;
        }
        this.#keepBeside(row, before.place, null);
        putVerdict.run(code, verdict.score, place, row);
        dropSchedule.run(row);
        dropProvisional.run(domainId, row);
      }
      this.#keepOpen(row, domainId, verdict);
    });
  }

  /** Everything is on disk when it returns. `list`: kept in the list's file too. */
  finish(list: object): Counters {
    guarded(this.#path, () => {
      const { setNextRow } = this.#statements;
      for (let domain = 1; domain <= this.#domains.size; domain++) {
        const row = this.#open[domain] ?? 0;
        if (row !== 0) setNextRow.run(row, domain);
      }
      this.#database.exec(SET_RETRIES);
      this.#commit();
    });
    this.close();
    return completeList(this.#path, list, (database) => {
      const find = database.prepare<{ id: number }>(FIND_NEXT_ROW);
      for (const id of this.#doubtful) find.run({ id });
      return countRows(database, this.#kinds);
    });
  }

  /** Lets go of the file, which is erased by whoever began it. */
  close(): void {
    if (this.#isOpen) this.#database.close();
    this.#isOpen = false;
  }

  #begin(): void {
    this.#database.exec('BEGIN');
    this.#details.begin();
  }

  #commit(): void {
    this.#details.flush();
    this.#database.exec('COMMIT');
  }

  #noteOpen(domainId: number, row: number): void {
    if (domainId >= this.#open.length) {
      const wider = new Uint32Array(Math.max(domainId + 1, this.#open.length * 2));
      wider.set(this.#open);
      this.#open = wider;
    }
    if (this.#open[domainId] === 0) this.#open[domainId] = row;
  }

  #noteJudged(domainId: number | null, row: number): void {
    if (domainId === null || this.#open[domainId] !== row) return;
    // The row that was added last: it was never open.
    if (row === this.#nextId - 1) this.#open[domainId] = 0;
    else this.#doubtful.add(domainId);
  }

  #isBetter(reason: Reason, checkedAtMs: number, before: { readonly reason: number; readonly place: number }): boolean {
    const known = this.#reasons.reason(before.reason);
    const isCertain = statusOf(reason) !== 'unknown';
    const wasCertain = known !== null && statusOf(known) !== 'unknown';
    if (isCertain !== wasCertain) return isCertain;
    this.#details.flush();
    const line = this.#statements.line.get(before.place, before.place);
    return line === undefined || line === null || checkedAtMs > readDetails(line).checkedAtMs;
  }

  /** What only some verdicts have: a place in the schedule, a note that it is provisional. */
  #keepOpen(row: number, domainId: number | null, { scheduled, provisional }: SourceVerdict): void {
    if (domainId === null) return;
    const { addSchedule, addProvisional } = this.#statements;
    if (scheduled !== null) addSchedule.run(row, domainId, scheduled.retry_at_ms, scheduled.attempt, scheduled.reason, scheduled.heard, scheduled.again);
    if (provisional) addProvisional.run(domainId, row);
  }

  /** `attempt`: its own number; null: one that no run uses. */
  #keepBeside(row: number, place: number, attempt: number | null): void {
    const { addEarlier, lastEarlier } = this.#statements;
    addEarlier.run(row, attempt ?? Math.max(OTHERS_ATTEMPTS, (lastEarlier.get(row) ?? 0) + 1), place);
  }

  #keepEvidence(row: number, json: string, attempt: number | null): void {
    const { addEvidence, lastEvidence } = this.#statements;
    addEvidence.run(row, attempt ?? Math.max(OTHERS_ATTEMPTS, (lastEvidence.get(row) ?? 0) + 1), json);
  }
}

function prepared(database: Database.Database) {
  const facts = '?, ?, ?, ?, ?, ?, ?, ?, ?';
  return {
    addRow: database.prepare('INSERT INTO rows (id, raw, address, domain_id, kind, dup_of) VALUES (?, ?, ?, ?, ?, ?)'),
    addDuplicate: database.prepare<[number, number]>('INSERT INTO duplicates VALUES (?, ?)'),
    addElsewhere: database.prepare<[number, number]>('INSERT INTO elsewhere VALUES (?, ?)'),
    addDomain: database.prepare(`INSERT INTO domains (id, name, ${DOMAIN_FACT_COLUMNS}) VALUES (?, ?, ${facts})`),
    factsOf: database.prepare<[number], DomainFactRow>(`SELECT ${DOMAIN_FACT_COLUMNS} FROM domains WHERE id = ?`),
    putFacts: database.prepare(`UPDATE domains SET (${DOMAIN_FACT_COLUMNS}) = (${facts}) WHERE id = ?`),
    setNextRow: database.prepare<[number, number]>('UPDATE domains SET next_row = ? WHERE id = ?'),
    domainOf: database.prepare<[number], number | null>('SELECT domain_id FROM rows WHERE id = ?').pluck(),
    addVerdict: database.prepare<[number, number, number, number]>('INSERT OR IGNORE INTO verdicts (row_id, reason, score, details) VALUES (?, ?, ?, ?)'),
    putVerdict: database.prepare<[number, number, number, number]>('UPDATE verdicts SET reason = ?, score = ?, details = ? WHERE row_id = ?'),
    verdictOf: database.prepare<[number], { readonly reason: number; readonly place: number }>('SELECT reason, details AS place FROM verdicts WHERE row_id = ?'),
    line: database.prepare<[number, number], Buffer | null>(`SELECT ${detailsSql('CAST(? AS INTEGER)')}`).pluck(),
    addSchedule: database.prepare('INSERT OR REPLACE INTO schedule (row_id, domain_id, retry_at_ms, attempt, reason, heard, again) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dropSchedule: database.prepare<[number]>('DELETE FROM schedule WHERE row_id = ?'),
    addProvisional: database.prepare<[number, number]>('INSERT OR IGNORE INTO provisional VALUES (?, ?)'),
    dropProvisional: database.prepare<[number | null, number]>('DELETE FROM provisional WHERE domain_id = ? AND row_id = ?'),
    addEarlier: database.prepare<[number, number, number]>('INSERT INTO earlier (row_id, attempt, details) VALUES (?, ?, ?)'),
    lastEarlier: database.prepare<[number], number | null>('SELECT max(attempt) FROM earlier WHERE row_id = ?').pluck(),
    addEvidence: database.prepare<[number, number, string]>('INSERT INTO evidence (row_id, attempt, json) VALUES (?, ?, ?)'),
    lastEvidence: database.prepare<[number], number | null>('SELECT max(attempt) FROM evidence WHERE row_id = ?').pluck(),
  };
}

const SET_RETRIES = `UPDATE domains SET next_retry_ms = (SELECT min(retry_at_ms) FROM schedule WHERE domain_id = domains.id)
  WHERE id IN (SELECT domain_id FROM schedule)`;
const FIND_NEXT_ROW = `UPDATE domains SET next_row = (SELECT id FROM rows WHERE domain_id = @id
  AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) ORDER BY id LIMIT 1) WHERE id = @id`;
