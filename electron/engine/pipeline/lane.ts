// A lane: one session's life on one destination. Asks flight after flight until the session is spent, the destination has
// nothing more, or the run stops. Then it ends; whoever waits gets the next lane.
// Keeps the politeness rules that concern more than one flight; the session itself keeps those within one.
import type { ClaimedAddress } from '../../worker/interface.ts';
import { ReplyTimes } from '../destinations/reply-times.ts';
import type { FlightResult, SmtpFailure, SmtpSession } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { DomainJob } from './domain-job.ts';
import { FlightLoader, type Load } from './flight-loader.ts';
import type { LaneContext, LaneSession } from './lane-context.ts';
import { idleSession, openSession } from './open-session.ts';
import { settleFlight } from './settle-flight.ts';

/** Runs one lane to its end. Never rejects for what a server does. */
export async function runLane(queue: DestinationQueue, context: LaneContext): Promise<void> {
  const lane = idleSession(queue, context) ?? (await openSession(queue, context));
  if (lane === null) return;
  try {
    await askUntilSpent(queue, lane, context);
  } finally {
    context.pool.release(lane.session);
  }
}

async function askUntilSpent(queue: DestinationQueue, lane: LaneSession, context: LaneContext): Promise<void> {
  const { session } = lane;
  const { mailFrom } = context.settings.identity;
  const loader = new FlightLoader(queue, session, {
    onUnaskable: (job, address) => {
      settleUnaskable(job, address, lane, context);
    },
  });
  const roomAtFirst = session.maxFlight;
  const times = new ReplyTimes();
  let flights = 0;
  while (session.usable && !context.isStopping()) {
    // The window has shrunk, or too little is left of this session.
    if (queue.lanes > queue.window.size || isHardlyWorthIt(session.maxFlight, roomAtFirst, queue)) {
      session.quit();
      return;
    }
    if (context.shouldYield(queue, flights)) return;
    const load = loader.next();
    if (load === null) return;
    const { recipients, newTransaction, breaks, oneByOne } = load;
    queue.asked(recipients.length);
    const begunMs = context.clock.monotonicMs();
    const answered = await session.flight({ from: mailFrom, recipients, newTransaction, ...(breaks.length === 0 ? {} : { breaks }), ...(oneByOne ? { oneByOne } : {}) });
    const tookMs = context.clock.monotonicMs() - begunMs;
    const result = await inStep(session, load, answered, tookMs);
    const turn = context.slices.enter();
    if (turn !== null) await turn;
    flights += 1;
    const crawls = result.failure === null && times.crawls(tookMs, recipients.length);
    const end = settleFlight(queue, load, result, lane, context, { begunMs, crawls });
    if (end === 'over') return;
    if (queue.setAsideState !== null) {
      session.quit();
      return;
    }
    if (end === 'transaction_full') loader.transactionFull();
    context.onRoom(queue);
  }
}

/** How long a reply too many is waited for: what the flight took, within bounds. */
const LEAST_QUIET_MS = 50;
const MOST_QUIET_MS = 1_000;

/**
 * Where somebody is refused who may only have got the answer of the one before, the host must have shown once that it
 * gives no more replies than there are commands (faults row 18): a surplus one moves all that follow, and is seen only by
 * the last, which is left over. Once a host, and only before a refusal is believed; otherwise nobody waits. What this
 * cannot see is a host that has kept step once and repeats a reply in a packet of its own later.
 */
async function inStep(session: SmtpSession, load: Load, result: FlightResult, tookMs: number): Promise<FlightResult> {
  if (result.failure !== null || session.keptStep === undefined || !refusesAnother(load, result)) return result;
  if (await session.keptStep(Math.min(MOST_QUIET_MS, Math.max(LEAST_QUIET_MS, tookMs)))) return result;
  const failure: SmtpFailure = { code: 'ProtocolError', stage: 'RCPT', reply: null, detail: 'more replies than commands' };
  return { mail: result.mail, replies: result.replies.map(() => null), failure };
}

/** Whether a recipient is refused that does not follow MAIL: after MAIL, a surplus reply would have been taken for MAIL's. */
function refusesAnother({ portions }: Load, { replies }: FlightResult): boolean {
  let at = 0;
  for (const { recipients, opens } of portions) {
    for (let i = 0; i < recipients.length; i += 1) {
      if ((replies[at]?.code ?? 0) >= 500 && !(opens && i === 0)) return true;
      at += 1;
    }
  }
  return false;
}

/** A session that begins with room for n recipients and sees a share of q refused has room for n(1 - q)^k after k flights,
 *  and cost three round trips before its first answer (greeting, EHLO, flight). What a connection asks a second is then
 *  the most, and hardly changes, where it is left with a third to a half of its room. */
const LEAVE_BELOW = 0.4;

/**
 * A session with few errors left goes on with ever smaller flights, down to one recipient a round trip. It is left when a
 * new one would ask far more in the same time: with an error or two unspent.
 */
function isHardlyWorthIt(room: number, roomAtFirst: number, queue: DestinationQueue): boolean {
  return room < roomAtFirst * LEAVE_BELOW && queue.waiting > room;
}

function settleUnaskable(job: DomainJob, address: ClaimedAddress, { session, target }: LaneSession, { clock }: LaneContext): void {
  const detail = 'the server does not offer SMTPUTF8, which this address needs';
  const result = { kind: 'local', stage: 'LOCAL', reason: 'smtputf8_unsupported', detail } as const;
  job.settle(address, { result, target, tls: session.tls, atMs: clock.epochMs() });
}
