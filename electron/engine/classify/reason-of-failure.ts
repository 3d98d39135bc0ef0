// The reason for an address that got no reply of its own: what happened to the session or on the way to it.
// Never deliverable, never undeliverable and never about the recipient (verdicts rules 1 and 6).
import { assertNever } from '../../../shared/errors.ts';
import type { SmtpReply, SmtpStage } from '../../../shared/verdict/evidence.ts';
import { type Reason, statusOf } from '../../../shared/verdict/verdict.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import { classifyReply } from './classify-reply.ts';

export function reasonOfFailure(failure: SmtpFailure): Reason {
  switch (failure.code) {
    case 'ConnectFailed':
    case 'LocalFailure':
      return 'no_connect';
    case 'ConnectTimeout':
    case 'Timeout':
    case 'PoolExhausted':
      return 'timeout';
    case 'Dropped':
    case 'HealthCheckFailed':
    case 'PoolClosed':
      return 'dropped';
    case 'BreakerOpen':
      // Nothing was dialled: what the host did before is why.
      return failure.cause === undefined ? 'no_connect' : reasonOfFailure(failure.cause);
    case 'ProtocolError':
      return 'protocol_error';
    case 'BlockedTarget':
      return 'blocked_target';
    case 'SessionRefused':
    case 'SessionClosed':
      return failure.reply === null ? 'server_error' : sessionReason(failure.reply, failure.stage);
    default:
      return assertNever(failure.code, 'SMTP failure');
  }
}

/** A reply that ended the session speaks of the session, also where it stood in a recipient's place (421 to RCPT). */
function sessionReason(reply: SmtpReply, stage: SmtpStage): Reason {
  const { reason } = classifyReply({ reply, stage });
  return statusOf(reason) === 'unknown' ? reason : 'server_error';
}
