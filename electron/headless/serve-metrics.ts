// The metrics of one run of the command line, served from before the import to after the last connection.
import { systemClock } from '../engine/clock.ts';
import { createMetrics, type Metrics } from '../engine/metrics/create-metrics.ts';
import { startMetricsServer } from '../host/metrics-server.ts';

export interface ServedMetrics {
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** Says where they are served. Rejects with PortUnusable. */
export async function serveMetrics(port: number, say: (line: string) => void): Promise<ServedMetrics> {
  const metrics = createMetrics({ clock: systemClock });
  await metrics.text(); // loads what it needs now, not in the middle of the run
  const server = await startMetricsServer(port, () => metrics.text());
  say(`metrics: ${server.url}`);
  return {
    metrics,
    async close() {
      await server.close();
      metrics.close();
    },
  };
}
