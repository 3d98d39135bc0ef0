// What the monitor window is told: figures of the engine now and over the last minutes. Numbers only: no address, no
// domain, no server.
import { z } from 'zod';

const amount = z.number().min(0);

const monitorSample = z.strictObject({
  /** Epoch milliseconds. */
  atMs: z.int().min(0),
  verdictsPerSec: amount,
  recipientsPerSec: amount,
  connections: amount,
  targets: amount,
  lookupsPerSec: amount,
  /** 0 to 1; null where nothing was asked. */
  dnsHitShare: amount.max(1).nullable(),
  /** Medians; null where nothing happened. */
  flightMs: amount.nullable(),
  commitMs: amount.nullable(),
  /** Addresses that wait for their next try, of all lists. */
  scheduled: amount,
  failuresPerSec: amount,
  /** The 99th percentile; null while nothing is asked. */
  loopMs: amount.nullable(),
  memoryBytes: amount,
});

export const monitorReading = z.strictObject({
  /** Whether something is asked just now. */
  asking: z.boolean(),
  /** The oldest first, the last one of now; at most those of five minutes. */
  samples: z.array(monitorSample).min(1),
});

export type MonitorSample = z.output<typeof monitorSample>;
export type MonitorReading = z.output<typeof monitorReading>;
export type MonitorFigure = Exclude<keyof MonitorSample, 'atMs'>;
