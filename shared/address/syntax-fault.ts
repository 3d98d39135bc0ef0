// What is wrong with an address, and where. Shared by the parsers of the two halves; data only.
import type { Reason } from '../verdict/verdict.ts';

export type SyntaxReason = Extract<Reason, `syntax_${string}`>;

export interface SyntaxFault {
  readonly ok: false;
  readonly reason: SyntaxReason;
  /** 0-based UTF-16 index of the fault in the text (after NFC where the text is not ASCII). */
  readonly position: number;
}

export function syntaxFault(reason: SyntaxReason, position: number): SyntaxFault {
  return { ok: false, reason, position };
}
