// Hands a flight's answers to the jobs that asked, and what was not answered back to them; tells the destination how it
// went. Every reply is classified here; nothing is judged.
// Always holds: whoever was taken for the flight gets an outcome or waits again, and only the one whose turn it was when
// a session broke off is charged for it.
import type { SmtpReply } from '../../../shared/verdict/evidence.ts';
import { classifyReply } from '../classify/classify-reply.ts';
import type { FlightResult, SmtpFailure } from '../smtp/types.ts';
import type { DestinationQueue, FlightNews } from './destination-queue.ts';
import type { DomainJob } from './domain-job.ts';
import type { Load, Portion } from './flight-loader.ts';
import { putOffWaiting, type LaneContext, type LaneSession } from './lane-context.ts';
import type { Outcome, OutcomeResult } from './outcome.ts';

/** How the session goes on: with the next flight, with the next transaction, or not at all. */
export type FlightEnd = 'next' | 'transaction_full' | 'over';

/** `timing`: when the flight was begun (monotonic), and whether its replies crawled. */
export function settleFlight(
  queue: DestinationQueue,
  load: Load,
  result: FlightResult,
  lane: LaneSession,
  context: LaneContext,
  timing: Pick<FlightNews, 'begunMs' | 'crawls'>,
): FlightEnd {
  const { failure, replies } = result;
  const outcomeOf = createOutcomes(lane, context.clock.epochMs());
  // Closed by us: nothing of that is the server's doing.
  const counts = failure !== null && !context.isStopping();
  const cutOff = counts ? outcomeOf.result({ kind: 'failure', failure }) : null;
  let full = false;
  let answered = 0;
  let cut: Portion | null = null;
  const settled: { readonly portion: Portion; readonly job: DomainJob; readonly outcomes: readonly (Outcome | null)[] }[] = [];
  let at = 0;
  for (const portion of load.portions) {
    const outcomes: (Outcome | null)[] = [];
    for (let i = 0; i < portion.recipients.length; i += 1) {
      const reply = replies[at] ?? null;
      at += 1;
      const tooMany = reply !== null && reply.code >= 400 && !(portion.opens && i === 0) && isTooManyRecipients(reply);
      if (tooMany) full = true;
      const outcome = reply === null || tooMany ? null : outcomeOf.reply(reply);
      if (outcome === null) cut ??= portion;
      else answered += 1;
      outcomes.push(outcome);
    }
    settled.push({ portion, job: portion.job, outcomes });
  }
  const { setAside, refusedJobs } = queue.heard(settled, { ...timing, end: counts ? 'broken' : failure === null ? 'whole' : 'stopped' });
  for (const { portion, outcomes } of settled) {
    // Faults row 19: replies in another order than their commands. Nobody knows who was refused: asked again one by one.
    if (lane.session.pipelining && portion.job.doubts(portion.recipients, outcomes, load.oneByOne)) portion.job.giveBack(portion.recipients, null);
    else portion.job.settleFlight(portion.recipients, outcomes, portion === cut ? cutOff : null);
  }
  for (const [job, outcome] of refusedJobs) job.failWaiting(outcome);
  if (setAside) putOffWaiting(queue);
  if (failure === null) return full ? 'transaction_full' : 'next';
  if (cutOff !== null) {
    if (isRefusedSender(failure)) cut?.job.failWaiting(cutOff);
    if (answered === 0 && queue.strike(failure, lane.target)) putOffWaiting(queue);
  }
  return 'over';
}

/** The outcomes of one flight: what was answered alike is one and the same. */
export function createOutcomes({ session, target }: LaneSession, atMs: number) {
  const { tls } = session;
  const refused = new Map<SmtpReply, Outcome>();
  let lastReply: SmtpReply | null = null;
  let lastOutcome: Outcome | null = null;
  const result = (of: OutcomeResult): Outcome => ({ result: of, target, tls, atMs });
  return {
    result,
    reply(reply: SmtpReply): Outcome {
      if (reply === lastReply && lastOutcome !== null) return lastOutcome;
      let outcome = refused.get(reply);
      if (outcome === undefined) {
        outcome = result({ kind: 'reply', reply, classification: classifyReply({ reply, stage: 'RCPT', mxHost: target.mxHost }) });
        refused.set(reply, outcome);
      }
      lastReply = reply;
      lastOutcome = outcome;
      return outcome;
    },
  };
}

function isRefusedSender({ stage, reply }: SmtpFailure): boolean {
  return stage === 'MAIL' && reply !== null && reply.code >= 500;
}

/** 452 4.5.3, or the older 552: the transaction is full, not a mailbox (RFC 5321 4.5.3.1.10). The first recipient of a
 *  transaction cannot be one too many: there it is an answer like any other, so that asking again comes to an end. */
function isTooManyRecipients(reply: SmtpReply): boolean {
  if (reply.code !== 452 && reply.code !== 552) return false;
  return reply.enhanced === '4.5.3' || reply.enhanced === '5.5.3' || /too many recipients/i.test(reply.text);
}
