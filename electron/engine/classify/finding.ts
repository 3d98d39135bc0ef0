// What one step of the classifier found, before it is completed to a `Classification`.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Classification, ReplyScope } from './types.ts';

export interface Finding {
  readonly reason: Reason;
  readonly confidence: Classification['confidence'];
  /** Derived from the reason if absent. */
  readonly scope?: ReplyScope;
  readonly bare?: boolean;
  /** Derived from the reason if absent. */
  readonly namesUser?: boolean;
}
