// Turns each record of a file into a row: its address cell parsed and normalised, empty and repeated ones marked,
// impossible ones judged at once. Keeps no row: memory is the hashes of the keys seen (see KeyIndex).
// A cell that is no address as it stands is searched for one (extract-addresses): where that is all it holds, it counts.
// Two rows are duplicates if their normalised addresses are equal (local parts are case-sensitive, RFC 5321 2.4), or,
// where the user wants it so, if they are one mailbox (canonical-address); where there is no address in them, if their
// trimmed texts are. The first one wins. What the user has suppressed is never asked, and is no one's duplicate. An address
// that another list has, where the user wishes that looked for, is told apart (`elsewhere`).
import { canonicalAddress } from '../../../shared/address/canonical-address.ts';
import { extractAddresses } from '../../../shared/address/extract-addresses.ts';
import { parseAddress, type ParsedAddress, type ParseResult } from '../../../shared/address/parse-address.ts';
import type { SyntaxReason } from '../../../shared/address/syntax-fault.ts';
import { BUILT_IN_LISTS, createAddressLists, type AddressLists, type CustomLists } from '../../../shared/lists/address-lists.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag } from '../../../shared/verdict/verdict.ts';
import type { RecordSink, RecordView } from '../csv/chunk-parser.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { CELL_DOUBLED, cellValue } from '../csv/record-scanner.ts';
import type { ImportProblem } from '../interface.ts';
import type { LocalVerdict, RowKind } from './local-row.ts';
import { cleanCell } from './clean-cell.ts';
import { KeyIndex } from './key-index.ts';
import type { KnownRows } from './known-rows.ts';
import type { SourceProblem } from './list-source.ts';
import type { OtherLists } from './other-lists.ts';
import { plainAddressAt } from './plain-address.ts';
import type { IntakePlan } from './plan-intake.ts';
import { RecordText } from './record-text.ts';

/** As many remarks as are kept, and as many records that were left out. */
export const MAX_PROBLEMS = 10_000;

export interface RowIntakeOptions {
  readonly plan: IntakePlan;
  readonly practice: boolean;
  /** Time of the import, for the verdicts that it gives. */
  readonly atMs: number;
  /** Default `address`. */
  readonly duplicatesBy?: 'address' | 'mailbox' | undefined;
  readonly lists?: CustomLists | undefined;
  /** Rows that are there already: these are numbered on. */
  readonly known?: KnownRows | undefined;
  /** Addresses that other lists have: their rows here are nobody's to verify. */
  readonly others?: OtherLists | undefined;
}

/** A row as it was understood. One object for all of them: only valid during the call. */
export interface IntakeRow {
  readonly id: number;
  readonly kind: RowKind;
  /** Where the record lies in the chunk's bytes. */
  readonly start: number;
  readonly end: number;
  /** All of its bytes are ASCII. */
  readonly ascii: boolean;
  /** The record is no valid UTF-8, and its text is not what lies there. */
  readonly foreign: boolean;
  /** The record's text. */
  raw(): string;
  /** Normalised; null but for `open`. */
  readonly address: string | null;
  /** Where exactly the address lies in the chunk's bytes; -1 where it does not as it is. */
  readonly addressStart: number;
  readonly addressEnd: number;
  /** 0 but for `open`. */
  readonly domainId: number;
  /** 0 but for `duplicate`. */
  readonly duplicateOf: number;
  /** 0 but for `elsewhere`: the list that has the address. */
  readonly otherList: number;
}

/** Where the rows go: a batch for the writer, or a preview. */
export interface RowTarget {
  addRow(row: IntakeRow): void;
  /** A domain that is new; they are numbered from 1 in this order. `firstRow`: the first row that asks for it. */
  addDomain(name: string, firstRow: number): void;
  addVerdict(verdict: LocalVerdict): void;
}

export class RowIntake implements RecordSink {
  readonly #options: RowIntakeOptions;
  readonly #target: RowTarget;
  readonly #text: RecordText;
  readonly #seen: KeyIndex;
  readonly #domains: KeyIndex;
  readonly #firstRow: number;
  readonly #others: OtherLists | null;
  readonly #flags: readonly Flag[];
  readonly #lists: AddressLists;
  /** Without one nobody is looked up. */
  readonly #suppresses: boolean;
  readonly #byMailbox: boolean;
  /** An address in plain form at a known domain needs nothing but its place: see `#addPlain`. */
  readonly #plainIsEnough: boolean;
  /** Its bytes beyond ASCII are known to be sound. */
  readonly #sound: boolean;
  readonly #row: CurrentRow;
  #headerLeft: boolean;
  readonly problems: ImportProblem[] = [];
  problemCount = 0;
  /** Of the problems: records that were left out. */
  droppedCount = 0;
  rows = 0;
  duplicates = 0;
  empty = 0;
  /** Rows whose address was taken out of a messy cell, repeated and suppressed ones too. */
  extracted = 0;
  suppressed = 0;
  /** Rows whose address another list has, by that list; not among the duplicates. */
  readonly elsewhere = new Map<number, number>();
  blankLines = 0;
  /** Cells of the widest record. */
  width: number;

  constructor(target: RowTarget, options: RowIntakeOptions) {
    this.#target = target;
    this.#options = options;
    this.#text = new RecordText(options.plan);
    this.#seen = options.known?.seen ?? new KeyIndex();
    this.#domains = options.known?.domains ?? new KeyIndex();
    this.#firstRow = (options.known?.lastRow ?? 0) + 1;
    this.#others = options.others ?? null;
    this.#row = new CurrentRow(this.#text);
    this.#flags = options.practice ? ['practice'] : [];
    this.#lists = options.lists === undefined ? BUILT_IN_LISTS : createAddressLists(options.lists);
    this.#suppresses = (options.lists?.suppress?.length ?? 0) > 0;
    this.#byMailbox = options.duplicatesBy === 'mailbox';
    this.#plainIsEnough = !this.#byMailbox && !this.#suppresses && !options.plan.guarded && this.#others === null;
    this.#sound = options.plan.encoding === 'utf-8' && options.plan.clean;
    this.#headerLeft = options.plan.hasHeader;
    this.width = options.plan.header.length;
  }

  blankLine(): void {
    this.blankLines++;
  }

  problem(problem: { readonly record: number; readonly line: number; readonly problem: string; readonly dropped: boolean }): void {
    const { line, dropped } = problem;
    this.#note({ row: this.#rowOf(problem.record), line, problem: problem.problem, dropped });
  }

  /** What a format found wrong before the row that comes next. */
  sourceProblem(problem: SourceProblem): void {
    this.#note({ row: this.rows + this.#firstRow, ...problem });
  }

  record(view: RecordView): void {
    if (this.#headerLeft) {
      this.#headerLeft = false;
      return;
    }
    const { plan } = this.#options;
    const { scanner } = view;
    this.width = Math.max(this.width, scanner.count);
    if (plan.hasHeader && scanner.count !== plan.header.length) {
      const problem = `the row has ${String(scanner.count)} cells, the header ${String(plan.header.length)}`;
      this.problem({ record: view.record, line: view.line, problem, dropped: false });
    }
    this.#row.set(view, this.#rowOf(view.record));
    if (this.#plainIsEnough && (this.#row.ascii || this.#sound) && this.#addPlain(view)) return;
    const cell = this.#addressCell(view);
    this.#row.foreign = this.#text.foreign;
    if (this.#text.fault !== null) this.problem({ record: view.record, line: view.line, problem: this.#text.fault, dropped: false });
    this.#add(view, cell);
  }

  /** The row of nearly every record, by its bytes alone: a third of the time. False: it takes a closer look. */
  #addPlain({ bytes, scanner }: RecordView): boolean {
    const column = this.#options.plan.addressColumn;
    if (column >= scanner.count || (scanner.kinds[column] ?? 0) >= CELL_DOUBLED) return false;
    const start = scanner.starts[column] ?? 0;
    const end = scanner.ends[column] ?? 0;
    const at = plainAddressAt(bytes, start, end);
    if (at < 0) return false;
    const domainId = this.#domains.findBytes(bytes, at + 1, end);
    if (domainId === 0) return false;
    this.rows++;
    const row = this.#row;
    row.foreign = false;
    const first = this.#seen.addOrFindBytes(bytes, start, at, row.id, domainId);
    if (first === 0) {
      row.kind = 'open';
      row.domainId = domainId;
      row.addressStart = start;
      row.addressEnd = end;
    } else {
      this.duplicates++;
      row.kind = 'duplicate';
      row.duplicateOf = first;
    }
    this.#target.addRow(row);
    return true;
  }

  #addressCell(view: RecordView): string {
    const { scanner } = view;
    const column = this.#options.plan.addressColumn;
    if (column >= scanner.count) {
      // Whether the record is what it should be is looked at all the same.
      this.#text.of(view, view.start, view.start);
      return '';
    }
    const start = scanner.starts[column] ?? 0;
    const end = scanner.ends[column] ?? 0;
    const slice = this.#text.of(view, start, end);
    const cell = cellValue(slice, scanner.kinds[column] ?? 0);
    const clean = cleanCell(this.#options.plan.guarded ? unguardCell(cell) : cell);
    // Nothing was taken away, and no character has more than one byte: the text is exactly what lies there.
    this.#row.cellAt = clean.length === end - start && !this.#text.foreign ? start : -1;
    return clean;
  }

  #add(view: RecordView, cell: string): void {
    this.rows++;
    const row = this.#row;
    const { id } = row;
    if (cell === '') {
      this.empty++;
      this.#other('empty');
      return;
    }
    const asItStands = parseAddress(cell);
    const parsed = asItStands.ok ? asItStands : this.#extract(view, cell, asItStands);
    if (this.#suppresses && parsed.ok && this.#lists.isSuppressed(parsed)) {
      this.suppressed++;
      this.#other('suppressed');
      return;
    }
    const otherList = this.#others === null || !parsed.ok ? 0 : this.#others.listOf(parsed);
    if (otherList !== 0) {
      this.elsewhere.set(otherList, (this.elsewhere.get(otherList) ?? 0) + 1);
      row.otherList = otherList;
      this.#other('elsewhere');
      return;
    }
    // A domain that is new to the list cannot have a duplicate: it is always this row that is its first.
    const domainId = parsed.ok && !this.#byMailbox ? this.#domainOf(parsed, id) : 0;
    const first = this.#seen.addOrFind(this.#keyOf(cell, parsed), id, domainId);
    if (first !== 0) {
      this.duplicates++;
      row.duplicateOf = first;
      this.#other('duplicate');
    } else if (parsed.ok) {
      row.kind = 'open';
      row.normalised = parsed.address;
      row.domainId = domainId === 0 ? this.#domainOf(parsed, id) : domainId;
      row.addressStart = parsed.address === cell ? row.cellAt : -1;
      row.addressEnd = row.addressStart + cell.length;
      this.#target.addRow(row);
    } else {
      this.#other('invalid');
      this.#judge(id, cell, parsed.reason, parsed.position);
    }
  }

  #other(kind: RowKind): void {
    this.#row.kind = kind;
    this.#target.addRow(this.#row);
  }

  /** The address in a cell that holds nothing else, or the fault that the cell has as it stands. */
  #extract(view: RecordView, cell: string, fault: ParseResult): ParseResult {
    const { found, leftover } = extractAddresses(cell);
    const [first] = found;
    if (first === undefined || leftover) return fault;
    this.extracted++;
    if (found.length > 1) {
      const problem = `the cell holds ${String(found.length)} addresses; the first is verified`;
      this.problem({ record: view.record, line: view.line, problem, dropped: false });
    }
    return first.address;
  }

  /** Local parts are keys within their domain's space. Mailboxes have no NUL, what is no address begins with one: the
   *  two cannot meet. */
  #keyOf(cell: string, parsed: ParseResult): string {
    if (!parsed.ok) return `\0${cell}`;
    return this.#byMailbox ? canonicalAddress(parsed) : parsed.local;
  }

  #domainOf(parsed: ParsedAddress, firstRow: number): number {
    const { domain } = parsed;
    const next = this.#domains.size + 1;
    const known = this.#domains.addOrFind(domain, next);
    if (known === 0) this.#target.addDomain(domain, firstRow);
    return known === 0 ? next : known;
  }

  #judge(rowId: number, cell: string, reason: SyntaxReason, position: number): void {
    this.#target.addVerdict({
      rowId,
      reason,
      score: scoreOf(reason, this.#flags),
      flags: this.#flags,
      didYouMean: this.#lists.suggest(cell),
      evidence: {
        stage: 'LOCAL', code: null, enhanced: null, text: `${reason} at character ${String(position + 1)}`,
        mxHost: null, ip: null, tls: null, atMs: this.#options.atMs, attempt: 0,
      },
    });
  }

  #note(problem: ImportProblem): void {
    this.problemCount++;
    if (problem.dropped) this.droppedCount++;
    const before = problem.dropped ? this.droppedCount : this.problemCount - this.droppedCount;
    if (before <= MAX_PROBLEMS) this.problems.push(problem);
  }

  /** Data rows are numbered from 1; the header is none of them. */
  #rowOf(record: number): number {
    return record - (this.#options.plan.hasHeader ? 2 : 1) + this.#firstRow;
  }
}

class CurrentRow implements IntakeRow {
  readonly #text: RecordText;
  #view: RecordView | null = null;
  id = 0;
  kind: RowKind = 'open';
  start = 0;
  end = 0;
  ascii = false;
  foreign = false;
  /** The address, where it is no plain one. */
  normalised: string | null = null;
  addressStart = -1;
  addressEnd = -1;
  domainId = 0;
  duplicateOf = 0;
  otherList = 0;
  /** Where the address cell lies as it is, or -1. */
  cellAt = -1;

  constructor(text: RecordText) {
    this.#text = text;
  }

  set(view: RecordView, id: number): void {
    this.#view = view;
    this.id = id;
    this.start = view.start;
    this.end = view.end;
    this.ascii = !view.scanner.anyHigh;
    this.normalised = null;
    this.addressStart = -1;
    this.addressEnd = -1;
    this.domainId = 0;
    this.duplicateOf = 0;
    this.otherList = 0;
    this.cellAt = -1;
  }

  get address(): string | null {
    if (this.kind !== 'open' || this.#view === null) return null;
    return this.normalised ?? this.#view.latin1.slice(this.addressStart, this.addressEnd);
  }

  raw(): string {
    return this.#view === null ? '' : this.#text.of(this.#view, this.start, this.end);
  }
}
