// What an enhanced status code alone says (RFC 3463 and IANA's registry of its successors), read after all words.
// X.7.x is about us or about policy; only codes that speak of a mailbox can lead to `undeliverable`, and only in 5yz.
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** Subject and detail, without the class. */
const REASON_OF_CODE: Readonly<Record<string, Reason>> = {
  '1.0': 'mailbox_not_found',
  '1.1': 'mailbox_not_found',
  '1.2': 'domain_not_accepting',
  '1.3': 'mailbox_not_found',
  '1.6': 'mailbox_not_found',
  '1.7': 'sender_rejected',
  '1.8': 'sender_rejected',
  '1.9': 'sender_rejected',
  '1.10': 'null_mx',
  '2.1': 'mailbox_disabled',
  '2.2': 'mailbox_full',
  '2.3': 'content_rejected',
  '3.4': 'content_rejected',
  '5.3': 'rate_limited',
  '6.7': 'smtputf8_unsupported',
  '6.9': 'smtputf8_unsupported',
  '7.4': 'tls_required',
  '7.10': 'tls_required',
  '7.11': 'tls_required',
  '7.13': 'mailbox_disabled',
  '7.20': 'sender_rejected',
  '7.21': 'sender_rejected',
  '7.22': 'sender_rejected',
  '7.23': 'sender_rejected',
  '7.24': 'sender_rejected',
  '7.25': 'needs_ptr',
  '7.26': 'sender_rejected',
  '7.27': 'sender_rejected',
  '7.28': 'rate_limited',
  '7.29': 'sender_rejected',
  '7.30': 'tls_required',
  '7.32': 'sender_rejected',
  '7.64': 'relay_denied',
  '7.509': 'sender_rejected',
  '7.511': 'ip_blocked',
  '7.515': 'sender_rejected',
};

/** Codes that name this very mailbox, so that they are read before words of the server's own trouble. */
const NAMES_MAILBOX: ReadonlySet<string> = new Set(['1.0', '1.1', '1.6', '2.1', '2.2', '7.13']);

/** `enhanced` is of the reply's class. Null where the code says nothing that helps. */
export function enhancedCodeReason(enhanced: string): Reason | null {
  const code = enhanced.slice(2);
  const known = REASON_OF_CODE[code];
  if (known !== undefined) return known;
  const [subject, detail] = code.split('.').map(Number);
  const transient = enhanced.startsWith('4');
  switch (subject) {
    case 3:
    case 4:
    case 5:
      return 'server_error';
    case 6:
      return 'content_rejected';
    case 7:
      return securityReason(detail ?? 0, transient);
    default:
      return transient ? 'server_error' : 'policy_rejected';
  }
}

/** True where the code by itself speaks of this mailbox. */
export function namesMailbox(enhanced: string): boolean {
  return NAMES_MAILBOX.has(enhanced.slice(2));
}

function securityReason(detail: number, transient: boolean): Reason {
  // Exchange Online: 4.7.500-699 and 850-899 throttle, 5.7.606-649 are banned addresses.
  if (transient && ((detail >= 500 && detail <= 699) || (detail >= 850 && detail <= 899))) return 'rate_limited';
  if (detail >= 606 && detail <= 649) return 'ip_blocked';
  // 450/451 4.7.1 is what greylisting servers say (postgrey, Barracuda); 4.7.0 is the common throttle (Postfix, Google).
  if (transient) return detail === 1 ? 'greylisted' : 'rate_limited';
  return 'policy_rejected';
}
