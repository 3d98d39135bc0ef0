// The network of one run of the command line; with `--practice` a practice world of its own, which ends with it.
import type { Settings } from '../../shared/settings/schema.ts';
import type { Metrics } from '../engine/metrics/create-metrics.ts';
import { portalCheckOf } from '../host/find-portal.ts';
import { openNetwork, type NetworkStore, type RunNetwork } from '../host/open-network.ts';
import { PRACTICE_TIME_SCALE } from '../practice/practice-settings.ts';
import { startPracticeWorld } from '../practice/start-practice-world.ts';
import type { PracticeWorld } from '../practice/types.ts';
import type { VerifyOptions } from './verify-options.ts';

export interface CommandNetwork extends RunNetwork {
  readonly practice: PracticeWorld | null;
  readonly portalCheck: (() => Promise<string | null>) | undefined;
}

export async function openRunNetwork(options: VerifyOptions, loaded: Settings, { metrics, store }: { readonly metrics: Metrics | null; readonly store: NetworkStore }): Promise<CommandNetwork> {
  const practice = options.practice ? await startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE }) : null;
  const network = openNetwork({ lab: options, practice, dnsStore: store, metrics }, loaded);
  return {
    ...network,
    practice,
    portalCheck: portalCheckOf({ lab: options, practice }, loaded),
    async close() {
      await network.close();
      await practice?.stop();
    },
  };
}
