// Whether a flight that failed without any answer about a recipient may be asked again at once on a new connection.
// Pure. Never more than once a flight, and never where a recipient was answered: nobody is asked twice for it.
import type { SmtpReply, TlsState } from '../../../shared/verdict/evidence.ts';
import type { FlightResult } from './types.ts';

/** `tls_demanded`: MAIL was refused until STARTTLS. `stale`: the connection had died while it was idle. */
export type ReopenReason = 'tls_demanded' | 'stale';

export function reopenReason(result: FlightResult, link: { readonly tls: TlsState; readonly flightsBefore: number }): ReopenReason | null {
  const { failure, replies } = result;
  if (failure === null || replies.some((reply) => reply !== null)) return null;
  if (failure.code === 'SessionClosed' && failure.stage === 'MAIL' && failure.reply !== null) {
    return link.tls === 'none' && demandsTls(failure.reply) ? 'tls_demanded' : null;
  }
  // Kept alive by nothing (NOOP is junk to Postfix, RSET is counted by Exim): a dead connection is found by its use.
  return failure.code === 'Dropped' && result.mail === null && link.flightsBefore > 0 ? 'stale' : null;
}

/** RFC 3207 4: 530 Must issue a STARTTLS command first. 5.7.10: encryption needed (RFC 7504 registry). */
function demandsTls(reply: SmtpReply): boolean {
  return reply.code === 530 || reply.enhanced === '5.7.10' || (reply.code >= 500 && /must issue (a )?starttls/i.test(reply.text));
}
