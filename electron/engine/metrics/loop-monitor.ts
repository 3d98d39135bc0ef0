// How late the event loop is, and how busy: `monitorEventLoopDelay` read every ten seconds, for the last five minutes.
// Measured only between `start` and `stop`, because measuring wakes the machine fifty times a second.
// Numbers are the delay itself: what perf_hooks gives counts its own sampling time in.
import { monitorEventLoopDelay, performance, type EventLoopUtilization, type IntervalHistogram } from 'node:perf_hooks';
import type { Clock } from '../clock.ts';

const RESOLUTION_MS = 20;
const READING_SEC = 10;
const MOST_READINGS = 30;
const NS_PER_MS = 1_000_000;

export interface LoopReading {
  readonly meanMs: number;
  /** The worst of the window's ten-second parts. */
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Share of the time in which the loop was not waiting. */
  readonly utilisation: number;
}

interface Running {
  readonly histogram: IntervalHistogram;
  utilisation: EventLoopUtilization;
  /** When the next reading is due. */
  dueAtMs: number;
  cancel: () => void;
}

export class LoopMonitor {
  readonly #clock: Clock;
  #readings: LoopReading[] = [];
  #running: Running | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(): void {
    if (this.#running !== null) return;
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    histogram.enable();
    this.#running = { histogram, utilisation: performance.eventLoopUtilization(), dueAtMs: 0, cancel: () => undefined };
    this.#schedule(this.#running);
  }

  stop(): void {
    this.#running?.cancel();
    this.#running?.histogram.disable();
    this.#running = null;
    this.#readings = [];
  }

  /** Over the last `windowSec` seconds, to the ten; null while nothing is measured. */
  over(windowSec: number): LoopReading | null {
    if (this.#running === null) return null;
    const earlier = this.#readings.slice(-Math.max(1, Math.floor(windowSec / READING_SEC)));
    const parts = [...earlier, read(this.#running, 0)];
    const mean = (valueOf: (part: LoopReading) => number): number => parts.reduce((sum, part) => sum + valueOf(part), 0) / parts.length;
    return {
      meanMs: mean(({ meanMs }) => meanMs),
      p99Ms: Math.max(...parts.map(({ p99Ms }) => p99Ms)),
      maxMs: Math.max(...parts.map(({ maxMs }) => maxMs)),
      utilisation: mean(({ utilisation }) => utilisation),
    };
  }

  #schedule(running: Running): void {
    running.dueAtMs = this.#clock.monotonicMs() + READING_SEC * 1000;
    running.cancel = this.#clock.after(READING_SEC * 1000, () => {
      // `reset` loses the sample that is under way, which is the late one where the loop is late just now.
      this.#readings = [...this.#readings, read(running, this.#clock.monotonicMs() - running.dueAtMs)].slice(-MOST_READINGS);
      running.histogram.reset();
      running.utilisation = performance.eventLoopUtilization();
      this.#schedule(running);
    }, { unref: true });
  }
}

function read({ histogram, utilisation }: Running, lateMs: number): LoopReading {
  const delay = (ns: number): number => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS);
  const empty = histogram.count === 0;
  return {
    meanMs: empty ? 0 : delay(histogram.mean),
    p99Ms: empty ? 0 : delay(histogram.percentile(99)),
    maxMs: Math.max(empty ? 0 : delay(histogram.max), lateMs),
    utilisation: performance.eventLoopUtilization(utilisation).utilization,
  };
}
