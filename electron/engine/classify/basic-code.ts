// What the basic code says when nothing else does (RFC 5321 4.2), by stage.
// An unfamiliar code counts by its first digit (RFC 5321 4.3.2). A 5yz that says nothing else is `bare`: it may mean an
// unknown user, but that is said only of a domain that has accepted somebody.
import type { SmtpStage } from '../../../shared/verdict/evidence.ts';
import type { Finding } from './finding.ts';

/** 2yz and 3yz to RCPT. 252 promises nothing (RFC 5321 3.5.3); 354 and the like are out of place. */
export function positiveFinding(code: number, stage: SmtpStage | null): Finding {
  if (stage !== null && stage !== 'RCPT') {
    // A positive reply elsewhere (also to DATA, which is never sent) is no acceptance of a recipient.
    return { reason: 'protocol_error', confidence: 'low', scope: 'server', namesUser: false };
  }
  if (code === 250 || code === 251) return { reason: 'accepted', confidence: 'high' };
  if (code === 252) return { reason: 'provider_unverifiable', confidence: 'fair' };
  if (code >= 300 || OUT_OF_PLACE.has(code)) return { reason: 'protocol_error', confidence: 'fair' };
  return { reason: 'accepted', confidence: 'low' };
}

/** System status, help, greeting, closing and authentication: no answers to RCPT. */
const OUT_OF_PLACE: ReadonlySet<number> = new Set([211, 214, 220, 221, 235]);

/** 4yz and 5yz to RCPT without enhanced code or telling words. */
export function basicCodeFinding(code: number): Finding {
  if (code < 500) return { reason: code === 421 ? 'rate_limited' : 'server_error', confidence: 'low' };
  if (code === 556) return { reason: 'null_mx', confidence: 'fair' };
  if (isBareCode(code)) return { reason: 'policy_rejected', confidence: 'low', scope: 'recipient', bare: true };
  if (code <= 504) return { reason: 'server_error', confidence: 'low' };
  return { reason: 'policy_rejected', confidence: 'low' };
}

/** 550, 551, 553 and unfamiliar 5yz. 552 is about size, 554 about the transaction, 52z and 53z about host and session. */
function isBareCode(code: number): boolean {
  return code >= 550 && code !== 552 && code !== 554 && code !== 555 && code !== 556;
}

/** A refusal before RCPT, or outside a transaction, that says nothing else. Always about us or the server. */
export function sessionDefault(code: number, stage: SmtpStage | null): Finding {
  if (code < 500) return { reason: code === 421 ? 'rate_limited' : 'server_error', confidence: 'low' };
  switch (stage) {
    case 'CONNECT':
    case 'MAIL':
      return { reason: code <= 504 ? 'server_error' : 'policy_rejected', confidence: 'low' };
    case 'EHLO':
    case 'HELO':
      return { reason: code <= 504 && code !== 501 ? 'server_error' : 'helo_rejected', confidence: 'low' };
    default:
      return { reason: 'server_error', confidence: 'low' };
  }
}
