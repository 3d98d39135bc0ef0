// What the intake says of a row by itself, before anybody is asked: its kind, and the verdict on one that cannot be mailed.
import type { SyntaxReason } from '../../../shared/address/syntax-fault.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import type { Flag } from '../../../shared/verdict/verdict.ts';

/** `elsewhere`: a duplicate of a row in another list; stored as `duplicate` without a first row. */
export type RowKind = 'open' | 'invalid' | 'duplicate' | 'elsewhere' | 'empty' | 'suppressed';

export interface LocalVerdict {
  readonly rowId: number;
  readonly reason: SyntaxReason;
  readonly score: number;
  readonly flags: readonly Flag[];
  readonly didYouMean: string | null;
  readonly evidence: Evidence;
}
