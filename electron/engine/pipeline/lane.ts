// A lane: one session's life on one destination. Asks flight after flight until the session is spent, the destination has
// nothing more, or the run stops. Then it ends; whoever waits gets the next lane.
// Keeps the politeness rules that concern more than one flight; the session itself keeps those within one.
import type { ClaimedAddress } from '../../worker/interface.ts';
import type { DestinationQueue } from './destination-queue.ts';
import type { DomainJob } from './domain-job.ts';
import { FlightLoader } from './flight-loader.ts';
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
  while (session.usable && !context.isStopping()) {
    if (isHardlyWorthIt(session.maxFlight, roomAtFirst, queue)) {
      session.quit();
      return;
    }
    const load = loader.next();
    if (load === null) return;
    const { recipients, newTransaction, breaks } = load;
    queue.asked(recipients.length);
    const result = await session.flight({ from: mailFrom, recipients, newTransaction, ...(breaks.length === 0 ? {} : { breaks }) });
    const end = settleFlight(queue, load, result, lane, context);
    if (end === 'over') return;
    if (end === 'transaction_full') loader.transactionFull();
    context.onRoom(queue);
  }
}

/** A new session asks its first flight in three round trips (greeting, EHLO, flight); half of that is not worth leaving
 *  for, because to be dialled costs a server more than to be asked. */
const LEAVE_BELOW = 1 / 6;

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
