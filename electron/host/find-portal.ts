// What a run asks for when two unrelated mail servers greet it with the same words: whether somebody answers for all.
import { enPreflight as words } from '../../shared/words/en-preflight.ts';
import type { Settings } from '../../shared/settings/schema.ts';
import { openPreflight, type PreflightHostOptions } from './open-preflight.ts';

/** For `RunOptions.portalCheck`; undefined in a lab on loopback, whose servers may greet as they like. */
export function portalCheckOf(options: Pick<PreflightHostOptions, 'lab' | 'practice'>, settings: Settings): (() => Promise<string | null>) | undefined {
  if (options.practice === null && options.lab.allowLoopback) return undefined;
  return async () => {
    const { checks } = await openPreflight(options, settings);
    const portal = checks.find(({ id, state }) => id === 'portal' && state === 'failed');
    if (portal === undefined) return null;
    const { found, means, advice } = words.finding(portal.finding, portal.facts);
    return `${found} ${means} ${advice}`;
  };
}
