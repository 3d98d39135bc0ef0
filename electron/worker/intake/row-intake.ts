// Turns each record of a file into a row: its address cell parsed and normalised, empty and repeated ones marked,
// impossible ones judged at once. Keeps no row: memory is the hashes of the keys seen (see KeyIndex).
// A cell that is no address as it stands is searched for one (extract-addresses): where that is all it holds, it counts.
// Two rows are duplicates if their normalised addresses are equal (local parts are case-sensitive, RFC 5321 2.4), or,
// where the user wants it so, if they are one mailbox (canonical-address); where there is no address in them, if their
// trimmed texts are. The first one wins. What the user has suppressed is never asked, and is no one's duplicate.
import { canonicalAddress } from '../../../shared/address/canonical-address.ts';
import { extractAddresses } from '../../../shared/address/extract-addresses.ts';
import { parseAddress, type ParsedAddress, type ParseResult } from '../../../shared/address/parse-address.ts';
import type { SyntaxReason } from '../../../shared/address/syntax-fault.ts';
import { BUILT_IN_LISTS, createAddressLists, type AddressLists, type CustomLists } from '../../../shared/lists/address-lists.ts';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag } from '../../../shared/verdict/verdict.ts';
import type { RecordSink, RecordView } from '../csv/chunk-parser.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { cellValue } from '../csv/record-scanner.ts';
import type { ImportProblem } from '../interface.ts';
import type { LoadedRow, LocalVerdict } from '../store/list-loader.ts';
import { cleanCell } from './clean-cell.ts';
import { KeyIndex } from './key-index.ts';
import type { IntakePlan } from './plan-intake.ts';
import { RecordText } from './record-text.ts';

export const MAX_PROBLEMS = 100;
/** For the first size of the hash tables; lists have longer rows than this more often than not. */
const BYTES_PER_ROW = 40;

export interface RowIntakeOptions {
  readonly plan: IntakePlan;
  readonly practice: boolean;
  readonly fileBytes: number;
  /** Time of the import, for the verdicts that it gives. */
  readonly atMs: number;
  /** Default `address`. */
  readonly duplicatesBy?: 'address' | 'mailbox' | undefined;
  readonly lists?: CustomLists | undefined;
}

/** Where the rows go: the list's loader, or a preview. */
export interface RowTarget {
  addRow(row: LoadedRow): void;
  addDomain(id: number, name: string, firstRow: number): void;
  addVerdict(verdict: LocalVerdict): void;
}

export class RowIntake implements RecordSink {
  readonly #options: RowIntakeOptions;
  readonly #target: RowTarget;
  readonly #text: RecordText;
  readonly #seen: KeyIndex;
  readonly #domains = new KeyIndex(1_000);
  readonly #flags: readonly Flag[];
  readonly #lists: AddressLists;
  /** Without one nobody is looked up. */
  readonly #suppresses: boolean;
  readonly #byMailbox: boolean;
  #headerLeft: boolean;
  readonly problems: ImportProblem[] = [];
  problemCount = 0;
  rows = 0;
  duplicates = 0;
  empty = 0;
  /** Rows whose address was taken out of a messy cell, repeated and suppressed ones too. */
  extracted = 0;
  suppressed = 0;
  blankLines = 0;
  /** Cells of the widest record. */
  width: number;

  constructor(target: RowTarget, options: RowIntakeOptions) {
    this.#target = target;
    this.#options = options;
    this.#text = new RecordText(options.plan);
    this.#seen = new KeyIndex(Math.min(options.fileBytes / BYTES_PER_ROW, 20_000_000));
    this.#flags = options.practice ? ['practice'] : [];
    this.#lists = options.lists === undefined ? BUILT_IN_LISTS : createAddressLists(options.lists);
    this.#suppresses = (options.lists?.suppress?.length ?? 0) > 0;
    this.#byMailbox = options.duplicatesBy === 'mailbox';
    this.#headerLeft = options.plan.hasHeader;
    this.width = options.plan.header.length;
  }

  blankLine(): void {
    this.blankLines++;
  }

  problem(problem: { readonly record: number; readonly line: number; readonly problem: string; readonly dropped: boolean }): void {
    this.problemCount++;
    if (this.problems.length >= MAX_PROBLEMS) return;
    const { line, dropped } = problem;
    this.problems.push({ row: this.#rowOf(problem.record), line, problem: problem.problem, dropped });
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
    const id = this.#rowOf(view.record);
    const raw = this.#text.of(view, view.start, view.end);
    if (this.#text.fault !== null) this.problem({ record: view.record, line: view.line, problem: this.#text.fault, dropped: false });
    this.#add(view, id, raw, this.#addressCell(view));
  }

  #addressCell(view: RecordView): string {
    const { scanner } = view;
    const column = this.#options.plan.addressColumn;
    if (column >= scanner.count) return '';
    const slice = this.#text.of(view, scanner.starts[column] ?? 0, scanner.ends[column] ?? 0);
    const cell = cellValue(slice, scanner.kinds[column] ?? 0);
    return cleanCell(this.#options.plan.guarded ? unguardCell(cell) : cell);
  }

  #add(view: RecordView, id: number, raw: string, cell: string): void {
    this.rows++;
    const none = { address: null, domainId: null, duplicateOf: null };
    if (cell === '') {
      this.empty++;
      this.#target.addRow({ id, raw, kind: 'empty', ...none });
      return;
    }
    const asItStands = parseAddress(cell);
    const parsed = asItStands.ok ? asItStands : this.#extract(view, cell, asItStands);
    if (this.#suppresses && parsed.ok && this.#lists.isSuppressed(parsed)) {
      this.suppressed++;
      this.#target.addRow({ id, raw, kind: 'suppressed', ...none });
      return;
    }
    const first = this.#seen.addOrFind(this.#keyOf(cell, parsed), id);
    if (first !== 0) {
      this.duplicates++;
      this.#target.addRow({ id, raw, kind: 'duplicate', ...none, duplicateOf: first });
    } else if (parsed.ok) {
      this.#target.addRow({ id, raw, kind: 'open', ...none, address: parsed.address, domainId: this.#domainOf(parsed, id) });
    } else {
      this.#target.addRow({ id, raw, kind: 'invalid', ...none });
      this.#judge(id, cell, parsed.reason, parsed.position);
    }
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

  /** Keys of addresses have an at sign between texts without a NUL, the others begin with one: the two cannot meet. */
  #keyOf(cell: string, parsed: ParseResult): string {
    if (!parsed.ok) return `\0${cell}`;
    return this.#byMailbox ? canonicalAddress(parsed) : parsed.address;
  }

  #domainOf(parsed: ParsedAddress, firstRow: number): number {
    const next = this.#domains.size + 1;
    const known = this.#domains.addOrFind(parsed.domain, next);
    if (known !== 0) return known;
    this.#target.addDomain(next, parsed.domain, firstRow);
    return next;
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

  /** Data rows are numbered from 1; the header is none of them. */
  #rowOf(record: number): number {
    return this.#options.plan.hasHeader ? record - 1 : record;
  }
}
