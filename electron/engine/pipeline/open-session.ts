// A session for a lane: the destination's targets in their order, until one takes us. Tells the destination what came of
// each; where none can be reached, everything that waits for it gets the most telling failure.
// Always holds: only a connect that was tried and failed may count for a blocked port, and a failure of this machine or
// of the pool's own counts against nobody.
import type { DestinationTarget } from '../destinations/destination.ts';
import type { AcquireResult, SmtpFailure } from '../smtp/types.ts';
import type { DestinationQueue } from './destination-queue.ts';
import { putOffWaiting, type LaneContext, type LaneSession } from './lane-context.ts';

/** An idle session of the destination's first usable target, at once; null: ask `openSession`. */
export function idleSession(queue: DestinationQueue, context: LaneContext): LaneSession | null {
  const [target] = queue.usableTargets();
  if (target === undefined || context.isStopping()) return null;
  const session = context.pool.tryAcquire(smtpTarget(target, context));
  if (session === null) return null;
  context.onConnect(target, true);
  return { session, target };
}

/** Null: no session now, and whoever is to hear of it has been told. */
export async function openSession(queue: DestinationQueue, context: LaneContext): Promise<LaneSession | null> {
  let last: { failure: SmtpFailure; target: DestinationTarget } | null = null;
  for (const target of queue.usableTargets()) {
    if (context.isStopping()) return null;
    const begunMs = context.clock.monotonicMs();
    queue.connecting(1);
    // Where others of its lanes are open, it is known to answer.
    const signal = queue.lanes === 1 ? context.slowDials.begins(queue) : undefined;
    const result: AcquireResult = await context.pool.acquire(smtpTarget(target, context), signal === undefined ? {} : { signal });
    queue.connecting(-1);
    const isGivenUp = signal?.aborted === true && !result.ok;
    context.slowDials.ends(queue, isGivenUp);
    // Others need the connection more, and nothing is known of this host.
    if (isGivenUp) return null;
    if (result.ok) {
      context.onConnect(target, true, result.session.greeting);
      // It was set aside while this was dialled: nobody waits there any more.
      if (queue.setAsideState === null) return { session: result.session, target };
      context.pool.release(result.session);
      return null;
    }
    const { failure } = result;
    if (context.isStopping() || failure.code === 'PoolClosed') return null;
    // No place was free in time, or no socket to be had: nothing is known about the destination, and its turn comes again.
    if (failure.code === 'PoolExhausted' || failure.code === 'LocalFailure') return null;
    const spoke = failure.reply !== null || failure.code === 'ProtocolError';
    // A host that takes the connection and stays silent shows that the port is open, and one that is never dialled (or
    // left alone just now) shows nothing.
    if (failure.code !== 'BlockedTarget' && failure.code !== 'BreakerOpen') context.onConnect(target, !isUnreachable(failure));
    if (queue.lanes > 1) {
      // Others are being served there: we came with one connection too many, and nothing is wrong with the target.
      queue.oneTooMany(begunMs);
      return null;
    }
    queue.targetFailed(target, begunMs);
    // A server that refused us in words tells more than one that could not be reached.
    if (last === null || spoke || last.failure.reply === null) last = { failure, target };
  }
  if (last !== null && queue.setAsideState === null) {
    queue.suspend(last.failure, last.target);
    putOffWaiting(queue);
  }
  return null;
}

function smtpTarget({ ip, mxHost }: DestinationTarget, { settings }: LaneContext) {
  return { ip, port: settings.smtp.port, mxHost };
}

function isUnreachable({ code }: SmtpFailure): boolean {
  return code === 'ConnectFailed' || code === 'ConnectTimeout';
}
