// What the classifier says of one reply, and what a verdict is decided from. Pure data.
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** Of whom a reply speaks. Only `recipient` may ever give `undeliverable`. */
export type ReplyScope = 'recipient' | 'us' | 'server';

export interface Classification {
  readonly reason: Reason;
  readonly scope: ReplyScope;
  readonly confidence: 'high' | 'fair' | 'low';
  /** True for a 5yz to RCPT with neither enhanced code nor telling words: says nothing by itself (faults row 28). */
  readonly bare: boolean;
  /** True where the reply's words speak of this very mailbox (an unknown, disabled or full one). */
  readonly namesUser: boolean;
}

export interface ReplyInput {
  readonly reply: SmtpReply;
  /** Null: unknown, judged as if given to RCPT (verdicts rule 8). */
  readonly stage: SmtpStage | null;
  /** The MX host's name where known, for provider rules. */
  readonly mxHost?: string | null;
}
