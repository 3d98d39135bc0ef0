// What came of asking one address once: its reply, a failure on the way, or a local finding; with where and when.
// Plain data between the lanes (which ask) and the verdict (which judges).
import type { SmtpReply, TlsState } from '../../../shared/verdict/evidence.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Classification } from '../classify/types.ts';
import type { DestinationTarget } from '../destinations/destination.ts';
import type { PutOff } from '../destinations/retry-schedule.ts';
import type { SmtpFailure } from '../smtp/types.ts';

export type OutcomeResult =
  | { readonly kind: 'reply'; readonly reply: SmtpReply; readonly classification: Classification }
  | { readonly kind: 'failure'; readonly failure: SmtpFailure }
  /** Decided without asking: DNS, or something this machine cannot do. */
  | { readonly kind: 'local'; readonly stage: 'DNS' | 'LOCAL'; readonly reason: Reason; readonly detail: string };

export interface Outcome {
  readonly result: OutcomeResult;
  readonly target: DestinationTarget | null;
  readonly tls: TlsState | null;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Not asked itself: the destination is left alone for a while. */
  readonly putOff?: PutOff;
}
