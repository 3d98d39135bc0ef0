// Serves the metrics of the app while the preferences (or the command line) say so, and follows them while it runs.
// Always holds: at most one server; a port that cannot be had leaves what was served before as it was.
import type { Settings } from '../../shared/settings/schema.ts';
import type { Metrics } from '../engine/metrics/create-metrics.ts';
import { startMetricsServer, type MetricsServer } from '../host/metrics-server.ts';
import type { Log } from './log.ts';

export interface MetricsSwitchOptions {
  readonly metrics: Pick<Metrics, 'text'>;
  readonly log: Log;
}

export class MetricsSwitch {
  readonly #options: MetricsSwitchOptions;
  #server: MetricsServer | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: MetricsSwitchOptions) {
    this.#options = options;
  }

  /** Where metrics are served now, or null. */
  get url(): string | null {
    return this.#server?.url ?? null;
  }

  /** At the app's start. Never rejects: the app runs without metrics, and the log says why. */
  async start(preference: Settings['metrics'], launchPort: number | undefined): Promise<void> {
    try {
      await this.apply(launchPort === undefined ? preference : { enabled: true, port: launchPort });
    } catch (error) {
      this.#options.log.warn('metrics', 'metrics are not served', { error });
    }
  }

  /** Calls are done one after the other. Rejects with PortUnusable; then nothing has changed. */
  apply(preference: Settings['metrics']): Promise<void> {
    const applied = this.#last.then(() => this.#apply(preference));
    this.#last = applied.catch(() => undefined); // the caller hears of it; the next call must not
    return applied;
  }

  async close(): Promise<void> {
    await this.apply({ enabled: false, port: 0 });
  }

  async #apply({ enabled, port }: Settings['metrics']): Promise<void> {
    const before = this.#server;
    if (enabled && before?.port === port) return;
    this.#server = enabled ? await startMetricsServer(port, () => this.#options.metrics.text()) : null;
    await before?.close();
    if (this.#server !== null) this.#options.log.info('metrics', 'metrics are served', { url: this.#server.url });
  }
}
