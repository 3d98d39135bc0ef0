// The pool's side of the metrics: counts what the pool and its sessions tell, and reads the pool's own numbers when asked.
// An event is a few additions to plain numbers; nothing is computed until somebody looks.
import type { Clock } from '../clock.ts';
import { Count } from './count.ts';
import { BOUNDS_OF, countSamples, itself, plain, tallySamples, type Family, type Sample } from './family.ts';
import { Labelled, labelOf } from './labelled.ts';
import type { PoolObserver } from './observers.ts';
import type { PoolGroupReading, PoolReading } from './readings.ts';
import { RecentTally } from './recent-tally.ts';
import { bucketOf } from './scale.ts';
import { Sources } from './sources.ts';
import { Tally } from './tally.ts';

const FAILURE = 'failure ';

export class PoolMetrics implements PoolObserver {
  readonly recent: { readonly acquire: RecentTally; readonly connect: RecentTally; readonly flight: RecentTally };
  readonly sources = new Sources<PoolReading>(({ connects, greeted, closedWith421, failures }) => ({
    connects,
    greeted,
    closedWith421,
    ...Object.fromEntries(Object.entries(failures).map(([code, count]) => [FAILURE + code, count ?? 0])),
  }));
  readonly #clock: Clock;
  readonly #acquired = new Labelled(() => new Tally());
  readonly #connected = new Labelled(() => new Tally());
  readonly #sessions = new Labelled(timedRecipients);
  readonly #flights = new Labelled(timedRecipients);
  readonly #health = new Labelled(() => new Count());
  readonly #breakers = new Labelled(() => new Count());

  constructor(clock: Clock) {
    this.#clock = clock;
    const nowMs = clock.monotonicMs();
    this.recent = { acquire: new RecentTally(nowMs), connect: new RecentTally(nowMs), flight: new RecentTally(nowMs) };
  }

  acquired(group: string, waitMs: number, outcome: 'idle' | 'opened' | 'waited' | 'failed'): void {
    const bucket = bucketOf(waitMs);
    this.#acquired.of(group, outcome).add(bucket, waitMs);
    this.recent.acquire.add(this.#clock.monotonicMs(), bucket, waitMs, 1, outcome === 'failed');
  }

  connected(group: string, tookMs: number, outcome: string): void {
    const bucket = bucketOf(tookMs);
    this.#connected.of(group, outcome).add(bucket, tookMs);
    this.recent.connect.add(this.#clock.monotonicMs(), bucket, tookMs, 1, outcome !== 'greeted');
  }

  ended(group: string, lifetimeMs: number, recipients: number, cause: string): void {
    const session = this.#sessions.of(group, cause);
    session.time.add(bucketOf(lifetimeMs), lifetimeMs);
    session.recipients.add(bucketOf(recipients), recipients);
  }

  flight(group: string, tookMs: number, recipients: number, outcome: string): void {
    const bucket = bucketOf(tookMs);
    const flights = this.#flights.of(group, outcome);
    flights.time.add(bucket, tookMs);
    flights.recipients.add(bucketOf(recipients), recipients);
    this.recent.flight.add(this.#clock.monotonicMs(), bucket, tookMs, recipients, outcome !== 'ok');
  }

  health(group: string, outcome: 'alive' | 'dead' | 'skipped'): void {
    this.#health.of(group, outcome).add();
  }

  breaker(group: string, state: 'closed' | 'open' | 'half_open'): void {
    this.#breakers.of(group, state).add();
  }

  families(): readonly Family[] {
    const { waits, lives, sizes } = BOUNDS_OF;
    const counter = (name: string): readonly Sample[] => plain(this.sources.counters().get(name) ?? 0);
    return [
      { kind: 'gauge', name: 'winnow_pool_sessions', help: 'SMTP sessions by what they are doing.', labels: ['group', 'state'], read: () => this.#byGroup((group) => ({ opening: group.opening, idle: group.idle, in_use: group.inUse }), 'state') },
      { kind: 'gauge', name: 'winnow_pool_sessions_allowed', help: 'SMTP sessions that adaptive sizing allows.', labels: ['group'], read: () => this.#ofGroup(({ size }) => size) },
      { kind: 'gauge', name: 'winnow_pool_targets', help: 'Mail servers that the pool knows.', labels: ['group'], read: () => this.#ofGroup(({ targets }) => targets) },
      { kind: 'gauge', name: 'winnow_pool_waiters', help: 'Callers that wait for a session.', labels: ['group'], read: () => this.#ofGroup(({ waiting }) => waiting) },
      { kind: 'gauge', name: 'winnow_pool_utilisation_ratio', help: 'Share of the open sessions that are in use.', labels: [], read: () => plain(this.#utilisation()) },
      { kind: 'gauge', name: 'winnow_pool_breakers', help: 'Mail servers by the state of their circuit breaker.', labels: ['group', 'state'], read: () => this.#byGroup(breakersOf, 'state') },
      { kind: 'counter', name: 'winnow_pool_breaker_changes_total', help: 'Circuit breakers that came into this state.', labels: ['group', 'state'], read: () => countSamples(this.#breakers, ['group', 'state']) },
      { kind: 'counter', name: 'winnow_pool_health_checks_total', help: 'Health checks of idle sessions by result.', labels: ['group', 'result'], read: () => countSamples(this.#health, ['group', 'result']) },
      { kind: 'counter', name: 'winnow_pool_connects_total', help: 'Connections dialled.', labels: [], read: () => counter('connects') },
      { kind: 'counter', name: 'winnow_pool_greeted_total', help: 'Connections that were greeted.', labels: [], read: () => counter('greeted') },
      { kind: 'counter', name: 'winnow_smtp_closed_421_total', help: 'Replies with code 421, at any stage.', labels: [], read: () => counter('closedWith421') },
      { kind: 'counter', name: 'winnow_smtp_failures_total', help: 'Failures of connections and sessions, and refusals of callers, by kind.', labels: ['kind'], read: () => this.#failures() },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_pool_acquire_duration_seconds', help: 'How long callers waited for a session, by where it came from.', labels: ['group', 'outcome'], read: () => tallySamples(this.#acquired, ['group', 'outcome'], itself) },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_pool_connect_duration_seconds', help: 'From dialling to the greeting, or to the failure.', labels: ['group', 'outcome'], read: () => tallySamples(this.#connected, ['group', 'outcome'], itself) },
      { kind: 'histogram', unit: 'seconds', bounds: lives, name: 'winnow_pool_session_lifetime_seconds', help: 'How old sessions were when they ended, by why.', labels: ['group', 'cause'], read: () => tallySamples(this.#sessions, ['group', 'cause'], ({ time }) => time) },
      { kind: 'histogram', unit: 'things', bounds: sizes, name: 'winnow_pool_session_recipients', help: 'Recipients asked in a session.', labels: ['group', 'cause'], read: () => tallySamples(this.#sessions, ['group', 'cause'], ({ recipients }) => recipients) },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_smtp_flight_duration_seconds', help: 'From the write of a flight to its last reply.', labels: ['group', 'outcome'], read: () => tallySamples(this.#flights, ['group', 'outcome'], ({ time }) => time) },
      { kind: 'histogram', unit: 'things', bounds: sizes, name: 'winnow_smtp_flight_recipients', help: 'Recipients of a flight.', labels: ['group', 'outcome'], read: () => tallySamples(this.#flights, ['group', 'outcome'], ({ recipients }) => recipients) },
    ];
  }

  #byGroup(valuesOf: (group: PoolGroupReading) => Readonly<Record<string, number>>, name: string): readonly Sample[] {
    const sums = new Labelled(() => new Count());
    for (const { groups } of this.sources.readings()) {
      for (const group of groups) for (const [state, value] of Object.entries(valuesOf(group))) sums.of(group.group, state).add(value);
    }
    return countSamples(sums, ['group', name]);
  }

  #ofGroup(valueOf: (group: PoolGroupReading) => number): readonly Sample[] {
    const sums = new Labelled(() => new Count());
    for (const { groups } of this.sources.readings()) for (const group of groups) sums.of(group.group, '').add(valueOf(group));
    return countSamples(sums, ['group']);
  }

  #utilisation(): number {
    const groups = this.sources.readings().flatMap((reading) => reading.groups);
    const inUse = groups.reduce((sum, group) => sum + group.inUse, 0);
    const open = groups.reduce((sum, group) => sum + group.inUse + group.idle, 0);
    return open === 0 ? 0 : inUse / open;
  }

  #failures(): readonly Sample[] {
    return [...this.sources.counters()]
      .filter(([name]) => name.startsWith(FAILURE))
      .map(([name, value]) => ({ labels: { kind: labelOf(name.slice(FAILURE.length)) }, value }));
  }
}

interface TimedRecipients {
  readonly time: Tally;
  readonly recipients: Tally;
}

function timedRecipients(): TimedRecipients {
  return { time: new Tally(), recipients: new Tally() };
}

function breakersOf({ targets, breakersOpen, breakersHalfOpen }: PoolGroupReading): Readonly<Record<string, number>> {
  return { closed: targets - breakersOpen - breakersHalfOpen, open: breakersOpen, half_open: breakersHalfOpen };
}
