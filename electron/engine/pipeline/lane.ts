// A lane: one session's life on one destination. Asks flight after flight, domain after domain in fair turn, until the
// session is spent, the destination has nothing more, or the run stops. Then it ends; whoever waits gets the next lane.
// Keeps every politeness rule that concerns more than one flight; the session itself keeps those within one.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { SmtpReply } from '../../../shared/verdict/evidence.ts';
import type { Clock } from '../clock.ts';
import { classifyReply } from '../classify/classify-reply.ts';
import type { DestinationTarget } from '../destinations/destination.ts';
import type { FlightResult, SmtpFailure, SmtpPool, SmtpSession } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { DomainJob, JobRecipient } from './domain-job.ts';
import type { Outcome, OutcomeResult } from './outcome.ts';

export interface LaneContext {
  readonly pool: SmtpPool;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly isStopping: () => boolean;
  /** A target answered, or could not be connected to: for noticing a blocked port. */
  readonly onConnect: (target: DestinationTarget, ok: boolean) => void;
}

/** Runs one lane to its end. Never rejects for what a server does. */
export async function runLane(queue: DestinationQueue, context: LaneContext): Promise<void> {
  const opened = await openSession(queue, context);
  if (opened === null) return;
  const { session, target } = opened;
  try {
    await askUntilSpent(queue, session, target, context);
  } finally {
    context.pool.release(session);
  }
}

async function openSession(
  queue: DestinationQueue,
  context: LaneContext,
): Promise<{ session: SmtpSession; target: DestinationTarget } | null> {
  let last: { failure: SmtpFailure; target: DestinationTarget } | null = null;
  for (const target of queue.usableTargets()) {
    if (context.isStopping()) return null;
    const result = await context.pool.acquire({ ip: target.ip, port: context.settings.smtp.port, mxHost: target.mxHost });
    if (result.ok) {
      context.onConnect(target, true);
      return { session: result.session, target };
    }
    if (context.isStopping() || result.failure.code === 'PoolClosed') return null;
    // No place was free in time: nothing is known about the destination, and its turn comes again.
    if (result.failure.code === 'PoolExhausted') return null;
    const spoke = result.failure.reply !== null || result.failure.code === 'ProtocolError';
    // Only a connect that was tried and failed may ever count for a blocked port: a host that takes the connection and
    // stays silent shows that the port is open, and one that is never dialled shows nothing.
    if (result.failure.code !== 'BlockedTarget') context.onConnect(target, !isUnreachable(result.failure));
    if (queue.lanes > 1) {
      // Others are being served there: we came with one connection too many, and nothing is wrong with the target.
      queue.oneTooMany();
      return null;
    }
    queue.window.bad();
    queue.targetFailed(target);
    // A server that refused us in words tells more than one that could not be reached.
    if (last === null || spoke || last.failure.reply === null) last = { failure: result.failure, target };
  }
  const reason = last ?? queue.suspendedBy;
  if (reason !== null) failAll(queue, reason.failure, reason.target, context);
  return null;
}

function isUnreachable({ code }: SmtpFailure): boolean {
  return code === 'ConnectFailed' || code === 'ConnectTimeout';
}

async function askUntilSpent(
  queue: DestinationQueue,
  session: SmtpSession,
  target: DestinationTarget,
  context: LaneContext,
): Promise<void> {
  // A domain keeps its turn for one transaction's worth of recipients. How many a transaction really holds (one with the
  // null reverse-path, or by a provider's rule) is the session's business: it opens the next one where needed.
  const turn = context.settings.smtp.maxRecipientsPerTransaction;
  let previous: DomainJob | null = null;
  let inTurn = 0;
  while (session.usable && !context.isStopping()) {
    const job: DomainJob | null = previous !== null && previous.waiting > 0 && inTurn < turn ? previous : queue.nextJob();
    if (job === null) return;
    const newTransaction = job !== previous || inTurn >= turn;
    if (newTransaction) inTurn = 0;
    const asked = settleUnaskable(job, job.take(session.maxFlight), session, target, context);
    previous = job;
    if (asked.length === 0) continue;
    inTurn += asked.length;
    const result = await session.flight({
      from: context.settings.identity.mailFrom,
      recipients: asked.map((recipient) => recipient?.address ?? job.randomAddress),
      newTransaction,
    });
    const next = settleFlight(queue, job, asked, { result, newTransaction }, session, target, context);
    if (next === 'over') return;
    if (next === 'transaction_full') inTurn = turn;
  }
}

/** A UTF-8 local part goes only to a server that offers SMTPUTF8 (RFC 6531 3.2); it is never transliterated. */
function settleUnaskable(
  job: DomainJob,
  recipients: readonly JobRecipient[],
  session: SmtpSession,
  target: DestinationTarget,
  context: LaneContext,
): JobRecipient[] {
  if (session.smtputf8) return [...recipients];
  const asked: JobRecipient[] = [];
  for (const recipient of recipients) {
    if (recipient === null || isAscii(recipient.address)) {
      asked.push(recipient);
      continue;
    }
    const detail = 'the server does not offer SMTPUTF8, which this address needs';
    job.settle(recipient, outcome({ kind: 'local', stage: 'LOCAL', reason: 'smtputf8_unsupported', detail }, session, target, context));
  }
  return asked;
}

/** Hands every answer to the job, and what was not answered back to it. Returns how the session goes on. */
function settleFlight(
  queue: DestinationQueue,
  job: DomainJob,
  asked: readonly JobRecipient[],
  { result, newTransaction }: { result: FlightResult; newTransaction: boolean },
  session: SmtpSession,
  target: DestinationTarget,
  context: LaneContext,
): 'next' | 'transaction_full' | 'over' {
  let full = false;
  const unanswered: JobRecipient[] = [];
  const answered: { recipient: JobRecipient; reply: SmtpReply }[] = [];
  for (const [index, recipient] of asked.entries()) {
    const reply = result.replies[index] ?? null;
    const tooMany = reply !== null && !(newTransaction && index === 0) && isTooManyRecipients(reply);
    full ||= tooMany;
    if (reply === null || tooMany) unanswered.push(recipient);
    else answered.push({ recipient, reply });
  }
  if (answered.length > 0) queue.answered();
  for (const { recipient, reply } of answered) {
    const classification = classifyReply({ reply, stage: 'RCPT', mxHost: target.mxHost });
    job.settle(recipient, outcome({ kind: 'reply', reply, classification }, session, target, context));
  }
  const { failure } = result;
  if (failure === null) {
    job.giveBack(unanswered, null);
    queue.window.clean();
    return full ? 'transaction_full' : 'next';
  }
  if (context.isStopping()) {
    // The session was closed by us: nothing of that is the server's doing.
    job.giveBack(unanswered, null);
    return 'over';
  }
  queue.window.bad();
  job.giveBack(unanswered, outcome({ kind: 'failure', failure }, session, target, context));
  const refusedSender = failure.stage === 'MAIL' && failure.reply !== null && failure.reply.code >= 500;
  if (refusedSender) job.failWaiting(outcome({ kind: 'failure', failure }, session, target, context));
  if (answered.length === 0 && queue.strike(failure, target)) failAll(queue, failure, target, context);
  return 'over';
}

/** 452 4.5.3, or the older 552: the transaction is full, not a mailbox (RFC 5321 4.5.3.1.10). The first recipient of a
 *  transaction cannot be one too many: there it is an answer like any other, so that asking again comes to an end. */
function isTooManyRecipients(reply: SmtpReply): boolean {
  if (reply.code !== 452 && reply.code !== 552) return false;
  return reply.enhanced === '4.5.3' || reply.enhanced === '5.5.3' || /too many recipients/i.test(reply.text);
}

function failAll(queue: DestinationQueue, failure: SmtpFailure, target: DestinationTarget | null, context: LaneContext): void {
  queue.suspend(failure, target);
  const failed: Outcome = { result: { kind: 'failure', failure }, target, tls: null, atMs: context.clock.epochMs() };
  for (const job of [...queue.jobs]) job.failWaiting(failed);
}

function outcome(result: OutcomeResult, session: SmtpSession, target: DestinationTarget, context: LaneContext): Outcome {
  return { result, target, tls: session.tls, atMs: context.clock.epochMs() };
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
