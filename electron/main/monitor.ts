// The figures that the monitor window shows, kept for five minutes so that it has something to draw when it is opened.
// Measured every two seconds while something is asked, and otherwise only when somebody looks: nothing wakes an idle app.
// Numbers only, and a few kilobytes of them.
import type { MonitorReading, MonitorSample } from '../../shared/ipc/monitor.ts';
import type { Clock } from '../engine/clock.ts';
import type { Metrics } from '../engine/metrics/create-metrics.ts';

const EVERY_MS = 2_000;
const MOST_SAMPLES = 151;

export interface MonitorOptions {
  readonly metrics: Pick<Metrics, 'windows' | 'gauges'>;
  readonly clock: Clock;
  /** Addresses that wait for their next try. */
  readonly scheduled: () => number;
  readonly memoryBytes: () => number;
}

interface Counted {
  readonly dnsHits: number;
  readonly dnsQuestions: number;
}

export class Monitor {
  readonly #options: MonitorOptions;
  #samples: MonitorSample[] = [];
  #counted: Counted = { dnsHits: 0, dnsQuestions: 0 };
  #cancel: (() => void) | null = null;

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  /** Whether something is asked from now on. */
  setAsking(asking: boolean): void {
    this.#cancel?.();
    this.#cancel = null;
    if (asking) this.#schedule();
  }

  read(): MonitorReading {
    const last = this.#samples.at(-1);
    const nowMs = this.#options.clock.epochMs();
    // A clock that was put back makes what was drawn before it meaningless.
    if (last !== undefined && last.atMs > nowMs) this.#samples = [];
    if (last === undefined || last.atMs > nowMs || nowMs - last.atMs >= EVERY_MS) this.#measure();
    return { asking: this.#cancel !== null, samples: [...this.#samples] };
  }

  #schedule(): void {
    this.#measure();
    this.#cancel = this.#options.clock.after(EVERY_MS, () => { this.#schedule(); }, { unref: true });
  }

  #measure(): void {
    const { metrics, clock, scheduled, memoryBytes } = this.#options;
    const { events, loop } = metrics.windows()['10s'];
    const { connections, targets, dnsHits, dnsQuestions } = metrics.gauges();
    const questions = dnsQuestions - this.#counted.dnsQuestions;
    const hits = dnsHits - this.#counted.dnsHits;
    this.#counted = { dnsHits, dnsQuestions };
    const sample: MonitorSample = {
      atMs: Math.round(clock.epochMs()),
      verdictsPerSec: events.commit.unitsPerSecond,
      recipientsPerSec: events.flight.unitsPerSecond,
      connections,
      targets,
      lookupsPerSec: events.lookup.perSecond,
      dnsHitShare: questions > 0 ? Math.min(1, Math.max(0, hits / questions)) : null,
      flightMs: events.flight.p50Ms,
      commitMs: events.commit.p50Ms,
      scheduled: scheduled(),
      failuresPerSec: events.connect.coveredSec > 0 ? events.connect.failed / events.connect.coveredSec : 0,
      loopMs: loop?.p99Ms ?? null,
      memoryBytes: memoryBytes(),
    };
    this.#samples = [...this.#samples, sample].slice(-MOST_SAMPLES);
  }
}
