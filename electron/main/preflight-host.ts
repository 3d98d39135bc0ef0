// The preflight in main: run when somebody wants its result, kept for some minutes while the settings are the same, and
// told to the window in the snapshot. One of the network and one of the practice world, each once at a time.
// A check that cannot be made rejects for who asked, and is kept by nobody. Knows no Electron.
import type { PreflightView, PreflightViews } from '../../shared/ipc/preflight.ts';
import { toLookAt, type PreflightReport } from '../../shared/preflight/report.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from './log.ts';

/** A network changes by being carried elsewhere: after so long, what was found is old. */
export const KEPT_MS = 5 * 60_000;

export interface PreflightHostOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly run: (practice: boolean, signal: AbortSignal) => Promise<PreflightReport>;
  /** What the result hangs on, as text: other settings, another result. */
  readonly settingsKey: () => string;
  /** What `views` tells is another thing now. */
  readonly onChange: () => void;
}

interface Kept {
  readonly report: PreflightReport;
  readonly key: string;
  readonly atMs: number;
}

interface World {
  kept: Kept | null;
  running: { readonly key: string; readonly report: Promise<PreflightReport> } | null;
}

export class PreflightHost {
  readonly #options: PreflightHostOptions;
  readonly #worlds: Readonly<Record<'internet' | 'practice', World>> = { internet: { kept: null, running: null }, practice: { kept: null, running: null } };
  readonly #stop = new AbortController();
  #asked = 0;

  constructor(options: PreflightHostOptions) {
    this.#options = options;
  }

  /** What is known, if it is fresh enough (and `fresh` is not wanted); otherwise it is found out now. */
  async check({ practice, fresh }: { readonly practice: boolean; readonly fresh: boolean }): Promise<PreflightReport> {
    const world = this.#worlds[practice ? 'practice' : 'internet'];
    const key = this.#options.settingsKey();
    const { kept, running } = world;
    if (!fresh && kept?.key === key && this.#isFresh(kept)) return kept.report;
    if (running?.key === key) return running.report;
    const report = this.#run(world, practice, key);
    world.running = { key, report };
    this.#options.onChange();
    return report;
  }

  /** The menu wants it shown. */
  ask(): void {
    this.#asked += 1;
    this.#options.onChange();
  }

  views(): PreflightViews {
    return { asked: this.#asked, internet: this.#view('internet'), practice: this.#view('practice') };
  }

  /** What runs ends at once. */
  close(): void {
    this.#stop.abort();
  }

  async #run(world: World, practice: boolean, key: string): Promise<PreflightReport> {
    const { clock, log, run, onChange } = this.#options;
    try {
      const report = await run(practice, this.#stop.signal);
      world.kept = { report, key, atMs: clock.monotonicMs() };
      log.info('preflight', 'checked', { practice, tookMs: Math.round(report.tookMs), toLookAt: toLookAt(report).map(({ finding }) => finding) });
      return report;
    } finally {
      if (world.running?.key === key) world.running = null;
      onChange();
    }
  }

  #view(name: 'internet' | 'practice'): PreflightView {
    const { kept, running } = this.#worlds[name];
    const known = kept !== null && kept.key === this.#options.settingsKey() && this.#isFresh(kept);
    return { running: running !== null, report: known ? kept.report : null };
  }

  #isFresh({ atMs }: Kept): boolean {
    return this.#options.clock.monotonicMs() - atMs < KEPT_MS;
  }
}
