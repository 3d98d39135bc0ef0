// One row of a fault table (SMTP, DNS, network): a named behaviour of the world, run through the whole engine with a seed,
// and what came of it as plain facts. `problems-of-fault.ts` judges the facts, in one place for all tables.
// The same seed gives the same fault: chunking, who is hit, how many are asked.
import type { Reason } from '../../../shared/verdict/verdict.ts';

export interface FaultVerdict {
  readonly address: string;
  /** Any of these is right; null: no verdict may be given at all. Empty is never right. */
  readonly expected: readonly (Reason | null)[];
  /** Null: the run gave no verdict. */
  readonly reason: Reason | null;
  /** Whether the address is asked again by the schedule. */
  readonly scheduled: boolean;
}

export interface FaultResult {
  readonly verdicts: readonly FaultVerdict[];
  /** The longest that anything took that has a deadline of its own, and that deadline, both in ms as scaled in the run. */
  readonly attempts: readonly { readonly what: string; readonly tookMs: number; readonly deadlineMs: number }[];
  /** What a server saw that must never be sent, what stayed open, and whatever else the row itself holds against the run. */
  readonly violations: readonly string[];
}

export interface Fault {
  /** Row of the fault list. */
  readonly row: number;
  /** Unique over all tables; what `--only` of the soak takes. */
  readonly name: string;
  /** `undeliverable` is right in this row for those who expect it (27, 28, 39, 41 and unroutable hosts); elsewhere never. */
  readonly mayRefuse?: boolean;
  run(seed: number): Promise<FaultResult>;
}
