// The sliding windows: the last ten seconds, the last minute, the last five minutes of each kind of event, for the app's
// own display, for alerts, and for a scraper that keeps no history.
import type { Family, Sample } from './family.ts';
import type { LoopMonitor, LoopReading } from './loop-monitor.ts';
import type { RecentReading, RecentTally } from './recent-tally.ts';

export const WINDOWS = [
  { name: '10s', seconds: 10 },
  { name: '1m', seconds: 60 },
  { name: '5m', seconds: 300 },
] as const;

export type WindowName = (typeof WINDOWS)[number]['name'];

/** Waits for sessions, connects, flights, look-ups of domains, commits, and their waits for the writer. */
export type EventName = 'acquire' | 'connect' | 'flight' | 'lookup' | 'commit' | 'queue';

export type RecentTallies = Readonly<Record<EventName, RecentTally>>;

export interface WindowReading {
  readonly events: Readonly<Record<EventName, RecentReading>>;
  /** Null while nothing is measured: no run is attached. */
  readonly loop: LoopReading | null;
}

export type WindowReadings = Readonly<Record<WindowName, WindowReading>>;

/** `nowMs`: monotonic. */
export function readWindows(tallies: RecentTallies, loop: LoopMonitor, nowMs: number): WindowReadings {
  const read = (seconds: number): WindowReading => ({
    events: {
      acquire: tallies.acquire.over(seconds, nowMs),
      connect: tallies.connect.over(seconds, nowMs),
      flight: tallies.flight.over(seconds, nowMs),
      lookup: tallies.lookup.over(seconds, nowMs),
      commit: tallies.commit.over(seconds, nowMs),
      queue: tallies.queue.over(seconds, nowMs),
    },
    loop: loop.over(seconds),
  });
  const [short, middle, long] = WINDOWS;
  return { [short.name]: read(short.seconds), [middle.name]: read(middle.seconds), [long.name]: read(long.seconds) };
}

export function windowFamilies(windows: () => WindowReadings): readonly Family[] {
  const samples = (of: (reading: RecentReading) => readonly Sample[]): readonly Sample[] =>
    Object.entries(windows()).flatMap(([window, { events }]) =>
      Object.entries(events).flatMap(([event, reading]) => of(reading).map(({ labels, value }) => ({ labels: { event, window, ...labels }, value }))),
    );
  const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
  const labels = ['event', 'window'];
  return [
    { kind: 'gauge', name: 'winnow_recent_events', help: 'Events in the window.', labels, read: () => samples(({ count }) => one(count)) },
    { kind: 'gauge', name: 'winnow_recent_failures', help: 'Events in the window that failed.', labels, read: () => samples(({ failed }) => one(failed)) },
    { kind: 'gauge', name: 'winnow_recent_events_per_second', help: 'Events a second over the window.', labels, read: () => samples(({ perSecond }) => one(perSecond)) },
    { kind: 'gauge', name: 'winnow_recent_units_per_second', help: 'What the events carried, a second: recipients of flights, verdicts of commits.', labels, read: () => samples(({ unitsPerSecond }) => one(unitsPerSecond)) },
    { kind: 'gauge', name: 'winnow_recent_duration_seconds', help: 'How long the events of the window took; none where there were none.', labels: [...labels, 'quantile'], read: () => samples(quantiles) },
  ];
}

function quantiles({ p50Ms, p95Ms, p99Ms }: RecentReading): readonly Sample[] {
  return Object.entries({ '0.5': p50Ms, '0.95': p95Ms, '0.99': p99Ms }).flatMap(([quantile, ms]) =>
    ms === null ? [] : [{ labels: { quantile }, value: ms / 1000 }],
  );
}
