// What the window is told of preflights: the last result that still counts, of the network and of the practice world.
import { z } from 'zod';
import { preflightReport } from '../preflight/report.ts';

const preflightView = z.strictObject({
  running: z.boolean(),
  /** Null where nothing is known, or what was known is too old or of other settings. */
  report: preflightReport.nullable(),
});

export const preflightViews = z.strictObject({
  /** Grows by one each time that the menu wants the result shown. */
  asked: z.int().min(0),
  internet: preflightView,
  practice: preflightView,
});

export type PreflightView = z.output<typeof preflightView>;
export type PreflightViews = z.output<typeof preflightViews>;
