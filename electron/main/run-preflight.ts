// One preflight with the settings of this moment: of the network, or of a practice world of its own, which ends with it.
import type { PreflightReport } from '../../shared/preflight/report.ts';
import type { Settings } from '../../shared/settings/schema.ts';
import { openPreflight } from '../host/open-preflight.ts';
import { PRACTICE_TIME_SCALE } from '../practice/practice-settings.ts';
import type { Scenario } from '../practice/scenarios.ts';
import { startPracticeWorld } from '../practice/start-practice-world.ts';
import type { LaunchOptions } from './launch-options.ts';

export interface RunPreflightOptions extends Pick<LaunchOptions, 'lab' | 'scenario'> {
  readonly settings: Settings;
  readonly practice: boolean;
  readonly signal: AbortSignal;
}

export async function runPreflight({ lab, scenario, settings, practice, signal }: RunPreflightOptions): Promise<PreflightReport> {
  const world = practice ? await startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE, ...wrong(scenario) }) : null;
  try {
    return await openPreflight({ lab, practice: world, signal }, settings);
  } finally {
    await world?.stop();
  }
}

/** What is wrong with the practice world, as its options have it. */
export function wrong(scenario: Scenario | undefined): { readonly scenario?: Scenario } {
  return scenario === undefined ? {} : { scenario };
}
