// Servers that refuse for a while: a greylister, a rate limiter, and a tarpit that only takes its time. Whoever comes
// again later, as RFC 5321 4.5.4.1 asks for, gets the true answer.
import { reply, type Behaviour, type BehaviourContext } from '../behaviour.ts';
import { postfix, postfixRcpt } from './postfix.ts';

/** Postgrey's default delay. */
const GREYLIST_MS = 300_000;
/** Postfix's anvil_rate_time_unit, and a tight smtpd_client_recipient_rate_limit. */
const RATE_WINDOW_MS = 60_000;
const RECIPIENTS_A_WINDOW = 12;
const TARPIT_MS = 5_000;

/** Greylists by sender and recipient. Unknown users are refused before: reject_unlisted_recipient stands before the policy. */
export function greylister({ scaled, nowMs }: BehaviourContext): Behaviour {
  const firstSeenMs = new Map<string, number>();
  return {
    ...postfix(),
    rcpt(recipient, view) {
      if (recipient.mailbox !== 'active') return postfixRcpt(recipient);
      const key = `${view.from.toLowerCase()} ${recipient.address.toLowerCase()}`;
      const seenMs = firstSeenMs.get(key);
      if (seenMs === undefined) firstSeenMs.set(key, nowMs());
      else if (nowMs() - seenMs >= scaled(GREYLIST_MS) * GREYLIST_TOLERANCE) return postfixRcpt(recipient);
      return reply(450, `4.7.1 <${recipient.address}>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/${recipient.domain}.html`);
    },
  };
}

/** A client that waits exactly the greylist's time must not fail by the two clocks' rounding. */
const GREYLIST_TOLERANCE = 0.9;

/** Counts recipients by client over a window; what comes above it is deferred, and the window passes. */
export function rateLimiter({ scaled, nowMs }: BehaviourContext): Behaviour {
  let windowStartedMs = -Infinity;
  let recipients = 0;
  return {
    ...postfix(),
    rcpt(recipient, view) {
      if (nowMs() - windowStartedMs >= scaled(RATE_WINDOW_MS)) {
        windowStartedMs = nowMs();
        recipients = 0;
      }
      recipients += 1;
      return recipients > RECIPIENTS_A_WINDOW ? reply(450, `4.7.1 Error: too many recipients from ${view.clientIp}`) : postfixRcpt(recipient);
    },
  };
}

export function tarpit(): Behaviour {
  return { ...postfix(), delayMs: () => TARPIT_MS };
}
