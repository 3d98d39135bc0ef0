// Makes `SmtpFailure`s, so that each is complete and written the same way.
// `detail` is plain words for evidence and the log: never an address, never a server's text (that is in `reply`).
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import type { SmtpFailure, SmtpFailureCode } from './types.ts';

export function failure(code: SmtpFailureCode, stage: SmtpStage, detail: string, reply: SmtpReply | null = null): SmtpFailure {
  return { code, stage, reply, detail };
}

/** The host is left alone; where and how it last failed goes with it, so that a verdict says what was really seen. */
export function breakerOpen(cause: SmtpFailure | null): SmtpFailure {
  if (cause === null) return failure('BreakerOpen', 'CONNECT', 'the host is left alone for a while');
  return { code: 'BreakerOpen', stage: cause.stage, reply: cause.reply, detail: `the host is left alone for a while: ${cause.detail}`, cause };
}
