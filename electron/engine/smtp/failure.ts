// Makes `SmtpFailure`s, so that each is complete and written the same way.
// `detail` is plain words for evidence and the log: never an address, never a server's text (that is in `reply`).
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import type { SmtpFailure, SmtpFailureCode } from './types.ts';

export function failure(code: SmtpFailureCode, stage: SmtpStage, detail: string, reply: SmtpReply | null = null): SmtpFailure {
  return { code, stage, reply, detail };
}
