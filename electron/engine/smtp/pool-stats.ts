// What a pool tells of itself, for the summary of a run and (later) the metrics. Plain numbers.
import type { SmtpFailure, SmtpFailureCode } from './types.ts';

export interface SmtpPoolStats {
  /** Open or opening sessions. */
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  /** Connections dialled so far, and how many of them were greeted. */
  readonly connects: number;
  readonly greeted: number;
  /** 421 replies, at any stage. */
  readonly closedWith421: number;
  /** Failures so far, of connections and of sessions. */
  readonly failures: Readonly<Partial<Record<SmtpFailureCode, number>>>;
}

export class PoolCounters {
  connects = 0;
  greeted = 0;
  closedWith421 = 0;
  readonly failures: Partial<Record<SmtpFailureCode, number>> = {};

  countFailure(failed: SmtpFailure): void {
    this.failures[failed.code] = (this.failures[failed.code] ?? 0) + 1;
    if (failed.reply?.code === 421) this.closedWith421 += 1;
  }
}
