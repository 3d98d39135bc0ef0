// What waits for one destination: its jobs in fair turn, its concurrency window, and how it has treated us lately.
// Decides how many lanes (connections) it may have; never opens one itself.
// A destination that cuts off several sessions in a row is suspended for a while: what waits gets that as its outcome.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { createConcurrencyWindow, type ConcurrencyWindow } from '../destinations/concurrency-window.ts';
import type { Destination, DestinationTarget } from '../destinations/destination.ts';
import type { SmtpFailure } from '../smtp/types.ts';
import type { DomainJob } from './domain-job.ts';
import { FairTurn } from './fair-turn.ts';

/** Sessions in a row that ended without one answered recipient before the destination is left alone. */
const MAX_STRIKES = 3;

/** Open another lane only where more than this many flights' worth of recipients wait for each open one. */
const FLIGHTS_A_LANE = 2;
/** What a flight holds before anything is known: the errors that a host may be brought to. */
const FIRST_FLIGHT = 9;
/** Weight of the newest flight in the mean. */
const NEWEST = 1 / 8;

export class DestinationQueue {
  readonly destination: Destination;
  readonly window: ConcurrencyWindow;
  lanes = 0;

  readonly #clock: Clock;
  readonly #suspendMs: number;
  readonly #badTargets = new Map<string, number>();
  readonly #jobs = new Set<DomainJob>();
  readonly #turn = new FairTurn();
  #waiting = 0;
  #meanFlight = FIRST_FLIGHT;
  #strikes = 0;
  #suspendedUntilMs = 0;
  #ceiling = Number.POSITIVE_INFINITY;
  #ceilingUntilMs = 0;
  #suspendedBy: { failure: SmtpFailure; target: DestinationTarget | null } | null = null;

  /** `maxConnections`: the most lanes that it may ever have. */
  constructor(destination: Destination, maxConnections: number, settings: Settings, clock: Clock) {
    this.destination = destination;
    this.#clock = clock;
    this.#suspendMs = settings.retry.backoffMs;
    this.window = createConcurrencyWindow(maxConnections);
  }

  /** Why this destination is left alone just now, or null. */
  get suspendedBy(): { failure: SmtpFailure; target: DestinationTarget | null } | null {
    return this.#clock.monotonicMs() < this.#suspendedUntilMs ? this.#suspendedBy : null;
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
    if (this.lanes >= this.window.size || this.#isAtCeiling()) return false;
    return this.lanes === 0 ? this.#waiting > 0 : this.#waiting > this.lanes * FLIGHTS_A_LANE * this.#meanFlight;
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

  /** A further connection was refused while others are served: no more than those for a while. */
  oneTooMany(): void {
    this.window.bad();
    this.#ceiling = Math.max(1, this.lanes - 1);
    this.#ceilingUntilMs = this.#clock.monotonicMs() + this.#suspendMs;
  }

  targetFailed(target: DestinationTarget): void {
    this.#badTargets.set(target.ip, this.#clock.monotonicMs() + this.#suspendMs);
  }

  /** A flight of so many is on its way. */
  asked(recipients: number): void {
    this.#meanFlight += (recipients - this.#meanFlight) * NEWEST;
  }

  /** A recipient was answered: the destination works. */
  answered(): void {
    this.#strikes = 0;
  }

  /** A session ended without an answered recipient. True: too often in a row, and the destination is now suspended. */
  strike(failure: SmtpFailure, target: DestinationTarget): boolean {
    this.#strikes += 1;
    if (this.#strikes < MAX_STRIKES) return false;
    this.suspend(failure, target);
    return true;
  }

  suspend(failure: SmtpFailure, target: DestinationTarget | null): void {
    this.#strikes = 0;
    this.#suspendedBy = { failure, target };
    this.#suspendedUntilMs = this.#clock.monotonicMs() + this.#suspendMs;
  }

  get jobs(): ReadonlySet<DomainJob> {
    return this.#jobs;
  }

  #isAtCeiling(): boolean {
    return this.lanes >= this.#ceiling && this.#clock.monotonicMs() < this.#ceilingUntilMs;
  }
}
