// Why a destination was set aside, and what that makes of those who are not asked because of it: an outcome like any
// other, in the server's own words, with the time at which they may be asked. Pure.
// Always holds: it is never about the recipient (`undeliverable` cannot come of it).
import { formatReply } from '../../../shared/verdict/reply.ts';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import { mailProviderOf } from '../../../shared/verdict/mail-providers.ts';
import { reasonOfFailure } from '../classify/reason-of-failure.ts';
import { blockCodeOf } from '../destinations/block-code.ts';
import type { Destination, DestinationTarget } from '../destinations/destination.ts';
import type { SetAsideDestination } from '../destinations/set-aside.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import type { Outcome, OutcomeResult } from './outcome.ts';

export interface SetAsideCause {
  readonly reason: Reason;
  readonly code: string | null;
  /** As `code enhanced text`. */
  readonly reply: string | null;
  readonly result: OutcomeResult;
  readonly target: DestinationTarget | null;
  /** Whether being put off counts as a try (retry-schedule.ts). */
  readonly counts: boolean;
}

/** A session that failed or was refused. */
export function causeOfFailure(failure: SmtpFailure, target: DestinationTarget | null): SetAsideCause {
  const reply = failure.reply === null ? null : formatReply(failure.reply);
  const code = reply === null ? null : blockCodeOf(reply);
  return { reason: reasonOfFailure(failure), code, reply, result: { kind: 'failure', failure }, target, counts: true };
}

/** Recipient after recipient got this. `isStuck`: nobody got anything else since the last pause. */
export function causeOfReply(outcome: Outcome, { reply, classification }: Extract<OutcomeResult, { kind: 'reply' }>, isStuck: boolean): SetAsideCause {
  const { reason } = classification;
  const text = formatReply(reply);
  const common = { reason, code: blockCodeOf(text), reply: text, target: outcome.target };
  if (reason === 'rate_limited' && !isStuck) {
    const detail = `not asked: the server wants to be asked less often, and said so to others (${text})`;
    return { ...common, result: { kind: 'local', stage: 'LOCAL', reason, detail }, counts: false };
  }
  const said: SmtpFailure = { code: 'SessionClosed', stage: 'RCPT', reply, detail: 'said to the recipients before' };
  return { ...common, result: { kind: 'failure', failure: { ...said, code: 'BreakerOpen', stage: 'CONNECT', cause: said } }, counts: true };
}

/** The user's own limit of the day. */
export function causeOfCap(): SetAsideCause {
  const detail = 'not asked: your limit of recipients a day for this destination is reached';
  return { reason: 'rate_limited', code: null, reply: null, result: { kind: 'local', stage: 'LOCAL', reason: 'rate_limited', detail }, target: null, counts: false };
}

/** `atMs`, `backAtMs`: epoch milliseconds: now, and when the destination may be asked again. */
export function outcomeOfCause({ result, target, counts }: SetAsideCause, atMs: number, backAtMs: number): Outcome {
  return { result, target, tls: null, atMs, putOff: { untilMs: backAtMs, counts } };
}

export function toldAs({ key, targets, provider }: Destination, { reason, code, reply, target }: SetAsideCause): Pick<SetAsideDestination, 'key' | 'name' | 'reason' | 'code' | 'reply'> {
  const mxHost = target?.mxHost ?? targets[0]?.mxHost ?? key;
  const name = provider === null ? mxHost : (mailProviderOf(targets[0]?.mxHost ?? '')?.name ?? mxHost);
  return { key, name, reason, code, reply };
}
