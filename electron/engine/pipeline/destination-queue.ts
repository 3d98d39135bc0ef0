// What waits for one destination: its jobs in fair turn, its concurrency window, its pace, and how it has treated us
// lately. Decides how many lanes (connections) it may have and how many recipients may be asked now; never opens one.
// A destination that fails or refuses us is set aside (destinations/suspension): what waits gets that as its outcome and
// comes back by the schedule; others go on.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { createConcurrencyWindow, type ConcurrencyWindow } from '../destinations/concurrency-window.ts';
import type { DailyAllowance } from '../destinations/daily-allowance.ts';
import type { Destination, DestinationTarget } from '../destinations/destination.ts';
import type { Pace } from '../destinations/pace.ts';
import { RefusalWatch, refusesUs } from '../destinations/refusal-watch.ts';
import type { SetAsideDestination, SetAsideState } from '../destinations/set-aside.ts';
import { Suspension } from '../destinations/suspension.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import type { DomainJob } from './domain-job.ts';
import { FairTurn } from './fair-turn.ts';
import type { Outcome } from './outcome.ts';
import { causeOfFailure, causeOfReply, causeOfCap, outcomeOfCause, toldAs, type SetAsideCause } from './set-aside-cause.ts';

/** Sessions in a row that ended without one answered recipient before the destination is left alone. */
const MAX_STRIKES = 3;

/** Open another lane only where more than this many flights' worth of recipients wait for each open one. */
const FLIGHTS_A_LANE = 2;
/** What a flight holds before anything is known: the errors that a host may be brought to. */
const FIRST_FLIGHT = 9;
/** Weight of the newest flight in the mean. */
const NEWEST = 1 / 8;
/** Of a destination that has refused this machine one recipient is asked, to see whether it still does. */
const TRIAL_FLIGHT = 1;

export interface QueueOptions {
  /** The most lanes that it may ever have. */
  readonly maxConnections: number;
  readonly settings: Settings['retry'];
  readonly clock: Clock;
  /** Null: as fast as it answers. */
  readonly pace: Pace | null;
  /** Of the whole run; null: none. */
  readonly overall: Pace | null;
  /** Null: the user has set no limit of the day. */
  readonly allowance: DailyAllowance | null;
  readonly onSetAside: (queue: DestinationQueue) => void;
  /** [0, 1), for jitter. */
  readonly random: () => number;
}

/** How a flight went. Milliseconds are monotonic. */
export interface FlightNews {
  readonly begunMs: number;
  /** It took several times what this session's earlier ones took. */
  readonly crawls: boolean;
  /** `whole`: every command was answered in step; `broken`: by the server or on the way; `stopped`: by us. */
  readonly end: 'whole' | 'broken' | 'stopped';
}

/** What is to be done after a flight was heard. */
export interface Hearing {
  /** The destination is set aside now. */
  readonly setAside: boolean;
  /** Jobs whose domain refuses us by itself. */
  readonly refusedJobs: ReadonlyMap<DomainJob, Outcome>;
}

export class DestinationQueue {
  readonly destination: Destination;
  readonly window: ConcurrencyWindow;
  readonly allowance: DailyAllowance | null;
  lanes = 0;
  /** Addresses that were put off and will be asked again, since it was set aside. */
  putOff = 0;

  readonly #options: QueueOptions;
  readonly #clock: Clock;
  readonly #suspension: Suspension;
  readonly #watch: RefusalWatch;
  readonly #badTargets = new Map<string, number>();
  readonly #jobs = new Set<DomainJob>();
  readonly #turn = new FairTurn();
  #waiting = 0;
  #meanFlight = FIRST_FLIGHT;
  #strikes = 0;
  #ceiling = Number.POSITIVE_INFINITY;
  #ceilingUntilMs = 0;
  #cause: SetAsideCause | null = null;
  /** Somebody was answered since it was set aside last. */
  #progressed = false;

  constructor(destination: Destination, options: QueueOptions) {
    const { clock, settings, random } = options;
    this.destination = destination;
    this.allowance = options.allowance;
    this.#options = options;
    this.#clock = clock;
    this.#suspension = new Suspension({ baseMs: settings.backoffMs, maxMs: settings.backoffMaxMs, refusedMs: settings.refusedPauseMs, random }, clock);
    this.#watch = new RefusalWatch(destination.provider !== null);
    this.window = createConcurrencyWindow(options.maxConnections);
  }

  /** Why nothing is asked of it now; null if it may be asked. */
  get setAsideState(): SetAsideState | null {
    return this.#suspension.state;
  }

  /** Whether it holds nothing that a new one would not. */
  get isForgettable(): boolean {
    return this.#jobs.size === 0 && this.lanes === 0 && this.#suspension.isForgotten;
  }

  /** As it is told to people; null while it may be asked. */
  get setAside(): SetAsideDestination | null {
    const state = this.setAsideState;
    if (state === null || this.#cause === null) return null;
    const { sinceMs, untilMs } = this.#suspension;
    return { ...toldAs(this.destination, this.#cause), state, sinceMs, untilMs, waiting: this.putOff + this.#waiting };
  }

  /** What becomes of those who are not asked because it was set aside; null if it never was. */
  putOffOutcome(): Outcome | null {
    return this.#cause === null ? null : outcomeOfCause(this.#cause, Math.round(this.#clock.epochMs()), this.#suspension.backAtMs);
  }

  /** A job of this destination; from now on tell `waitingChanged` of it. */
  add(job: DomainJob): void {
    this.#jobs.add(job);
    this.waitingChanged(job, job.waiting);
  }

  /** The job has so many more recipients to ask about than before, or fewer. */
  waitingChanged(job: DomainJob, by: number): void {
    this.#waiting += by;
    if (by > 0) this.#turn.add(job);
  }

  /** Recipients that could be asked now, of all jobs. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether one more lane would have enough to do. */
  wantsLane(): boolean {
    if (this.#waiting === 0 || this.lanes >= this.window.size || this.#isAtCeiling() || this.setAsideState !== null) return false;
    if (this.lanes > 0 && this.#waiting <= this.lanes * FLIGHTS_A_LANE * this.#meanFlight) return false;
    const { pace, allowance } = this.#options;
    return (pace === null || (pace.room > 0 && !pace.isPromised)) && (allowance === null || allowance.room > 0);
  }

  /** The most recipients that may be asked now, by its pace, the day's limit and trials; those of a session apart. */
  get flightRoom(): number {
    const { pace, overall, allowance } = this.#options;
    const trial = this.#suspension.trialOf === 'refused' ? TRIAL_FLIGHT : Number.POSITIVE_INFINITY;
    return Math.max(0, Math.min(trial, pace?.room ?? trial, overall?.room ?? trial, allowance?.room ?? trial));
  }

  /** Milliseconds until its pace lets a flight go that it holds back now; null if it holds none back. */
  get paceWaitMs(): number | null {
    const { pace } = this.#options;
    return pace === null || this.#waiting === 0 || (pace.room > 0 && !pace.isPromised) ? null : Math.max(1, pace.waitMs(this.#waiting));
  }

  /** The next job in turn that has somebody to ask, or null. It goes to the end of the turn. */
  nextJob(): DomainJob | null {
    return this.#turn.next();
  }

  remove(job: DomainJob): void {
    this.#jobs.delete(job);
  }

  /** Targets in the order to try them: those that failed lately are left out. */
  usableTargets(): DestinationTarget[] {
    const nowMs = this.#clock.monotonicMs();
    return this.destination.targets.filter((target) => (this.#badTargets.get(target.ip) ?? 0) <= nowMs);
  }

  /** A further connection was refused while others are served: no more than those for a while. `begunMs`: monotonic. */
  oneTooMany(begunMs: number): void {
    this.window.bad(begunMs, this.#clock.monotonicMs());
    this.#ceiling = Math.max(1, this.lanes - 1);
    this.#ceilingUntilMs = this.#clock.monotonicMs() + this.#options.settings.backoffMs;
  }

  /** `begunMs`: monotonic. */
  targetFailed(target: DestinationTarget, begunMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    this.window.bad(begunMs, nowMs);
    this.#badTargets.set(target.ip, nowMs + this.#options.settings.backoffMs);
  }

  /** A connection is being opened for it, or it is there or has failed (`by` -1). */
  connecting(by: 1 | -1): void {
    this.#options.pace?.connecting(by);
    this.#options.overall?.connecting(by);
  }

  /** A flight of so many is on its way. */
  asked(recipients: number): void {
    this.#meanFlight += (recipients - this.#meanFlight) * NEWEST;
    this.#options.pace?.spend(recipients);
    this.#options.overall?.spend(recipients);
    this.allowance?.spend(recipients);
  }

  /** What a flight's recipients were told, in their order; null where one was not answered. */
  heard(answers: readonly { readonly job: DomainJob; readonly outcomes: readonly (Outcome | null)[] }[], news: FlightNews): Hearing {
    const refusedJobs = new Map<DomainJob, Outcome>();
    const wasSetAside = this.setAsideState !== null;
    let setAside = false;
    let throttled = false;
    // Equal answers of a flight are one and the same outcome.
    let well: Outcome | null = null;
    for (const { job, outcomes } of answers) {
      for (const outcome of outcomes) {
        if (outcome === null || outcome === well || outcome.result.kind !== 'reply') continue;
        this.#strikes = 0;
        const { reason, scope } = outcome.result.classification;
        if (scope === 'recipient' || !(refusesUs(reason) || reason === 'rate_limited')) {
          well = outcome;
          this.#watch.reset();
          // What was asked before the pause began says nothing against it.
          if (!wasSetAside && !setAside) this.#wellAnswered();
          continue;
        }
        well = null;
        throttled ||= reason === 'rate_limited';
        if (wasSetAside || setAside) continue;
        const cause = causeOfReply(outcome, outcome.result, !this.#progressed);
        const finding = this.#watch.heard({ reason, isAboutUs: true, code: cause.code }, job.claim.domainId, this.#suspension.trialOf === null ? undefined : 1);
        if (finding === 'domain') refusedJobs.set(job, outcome);
        if (finding !== 'destination') continue;
        this.#setAside(cause);
        setAside = true;
      }
    }
    // A pause begins with one connection, whatever else was still under way.
    if (wasSetAside || setAside) return { setAside, refusedJobs };
    if (news.end === 'broken' || throttled || news.crawls) this.window.bad(news.begunMs, this.#clock.monotonicMs());
    else if (news.end === 'whole') this.window.clean();
    return { setAside, refusedJobs };
  }

  /** A session ended without an answered recipient. True: too often in a row, and the destination is now set aside. */
  strike(failure: SmtpFailure, target: DestinationTarget): boolean {
    if (this.setAsideState !== null) return false;
    this.#strikes += 1;
    if (this.#strikes < MAX_STRIKES && this.#suspension.trialOf === null) return false;
    this.suspend(failure, target);
    return true;
  }

  /** It cannot be asked, or refuses the session. */
  suspend(failure: SmtpFailure, target: DestinationTarget | null): void {
    this.#setAside(causeOfFailure(failure, target));
  }

  /** The user's limit of the day is reached. */
  cap(): void {
    if (this.allowance === null || this.setAsideState !== null) return;
    this.#cause = causeOfCap();
    this.putOff = 0;
    this.#suspension.cap(this.allowance.nextDayMs);
    this.#options.onSetAside(this);
  }

  get jobs(): ReadonlySet<DomainJob> {
    return this.#jobs;
  }

  #setAside(cause: SetAsideCause): void {
    this.#strikes = 0;
    this.#watch.reset();
    this.#progressed = false;
    this.#cause = cause;
    this.putOff = 0;
    // The pause is longer than any target is left out, and the trial may choose among all.
    this.#badTargets.clear();
    this.window.restart();
    if (refusesUs(cause.reason)) this.#suspension.refuse();
    else this.#suspension.suspend();
    this.#options.onSetAside(this);
  }

  #wellAnswered(): void {
    this.#progressed = true;
    this.#suspension.succeeded();
  }

  #isAtCeiling(): boolean {
    return this.lanes >= this.#ceiling && this.#clock.monotonicMs() < this.#ceilingUntilMs;
  }
}
