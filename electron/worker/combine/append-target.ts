// Writes rows that were read into a list that is there already, within the caller's transaction. Domains are numbered on.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { LocalVerdict } from '../intake/local-row.ts';
import type { IntakeRow, RowTarget } from '../intake/row-intake.ts';
import { AsciiWriter } from '../packed/ascii-writer.ts';
import { writeDetails } from '../packed/verdict-details.ts';
import { DetailsBlocks } from '../store/details-blocks.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { VerdictInsert } from '../store/verdict-insert.ts';

export class AppendTarget implements RowTarget {
  readonly #record: (raw: string) => string;
  readonly #addRow: Database.Statement;
  readonly #addDuplicate: Database.Statement<[number, number]>;
  readonly #addElsewhere: Database.Statement<[number, number]>;
  readonly #addDomain: Database.Statement<[number, string, number]>;
  readonly #verdicts: VerdictInsert;
  readonly #details: DetailsBlocks;
  readonly #reasons: ReasonCodes;
  readonly #writer = new AsciiWriter(1_024);
  #domains: number;
  readonly kinds = { open: 0, invalid: 0, duplicate: 0, elsewhere: 0, empty: 0, suppressed: 0 };
  readonly judged: Partial<Record<Reason, number>> = {};

  /** `domains`: how many there are. `record`: a record of the file as the list has it. */
  constructor(database: Database.Database, domains: number, record: (raw: string) => string) {
    this.#record = record;
    this.#domains = domains;
    this.#addRow = database.prepare('INSERT INTO rows (id, raw, address, domain_id, kind, dup_of) VALUES (?, ?, ?, ?, ?, ?)');
    this.#addDuplicate = database.prepare('INSERT INTO duplicates VALUES (?, ?)');
    this.#addElsewhere = database.prepare('INSERT INTO elsewhere VALUES (?, ?)');
    this.#addDomain = database.prepare('INSERT INTO domains (id, name, next_row) VALUES (?, ?, ?)');
    this.#reasons = ReasonCodes.complete(database);
    this.#verdicts = new VerdictInsert(database);
    this.#details = new DetailsBlocks(database);
    this.#details.begin();
  }

  addRow(row: IntakeRow): void {
    const { id, kind } = row;
    const isOpen = kind === 'open';
    const dupOf = kind === 'duplicate' ? row.duplicateOf : null;
    this.#addRow.run(id, this.#record(row.raw()), isOpen ? row.address : null, isOpen ? row.domainId : null, kind === 'elsewhere' ? 'duplicate' : kind, dupOf);
    if (dupOf !== null) this.#addDuplicate.run(id, dupOf);
    if (kind === 'elsewhere') this.#addElsewhere.run(id, row.otherList);
    this.kinds[kind]++;
  }

  addDomain(name: string, firstRow: number): void {
    this.#domains++;
    this.#addDomain.run(this.#domains, name, firstRow);
  }

  addVerdict({ rowId, reason, score, flags, didYouMean, evidence }: LocalVerdict): void {
    this.judged[reason] = (this.judged[reason] ?? 0) + 1;
    // Never asked: attempt 0, and no reply.
    const source = { checkedAtMs: evidence.atMs, attempt: 0, flags, didYouMean, reply: null, mx: null };
    this.#writer.clear();
    writeDetails(this.#writer, source, [evidence]);
    const details = this.#details.addDetails(0, this.#writer.bytes, 0, this.#writer.length);
    this.#verdicts.add(rowId, this.#reasons.code(reason) ?? 0, score, details);
  }

  /** What was added is in the tables. */
  flush(): void {
    this.#verdicts.flush();
    this.#details.flush();
  }
}
