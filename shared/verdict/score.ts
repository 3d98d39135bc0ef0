// The score from 0 to 100 beside a verdict: a base for the reason, less a weight for each flag. One visible sum, no model;
// base and weights are settings (settings.score).
// Always holds: every undeliverable address is 0 and nothing else is, whatever the weights.
import { DEFAULT_SETTINGS, type Settings } from '../settings/schema.ts';
import { type Flag, type Reason, type Status, statusOf } from './verdict.ts';

export type ScoreWeights = Settings['score'];

/** How a score came about, to be shown as a sum. */
export interface ScoreParts {
  /** What the reason starts from. */
  readonly base: number;
  /** What each flag took off, the heaviest first; flags that take nothing are left out. */
  readonly deductions: readonly { readonly flag: Flag; readonly points: number }[];
  /** `base` less the deductions, kept between 1 and 100; 0 where undeliverable. */
  readonly score: number;
}

/** 0-100. The same reason, flags and weights always give the same score. */
export function scoreOf(reason: Reason, flags: readonly Flag[], weights: ScoreWeights = DEFAULT_SETTINGS.score): number {
  // Asked for each verdict of a large run, and most addresses have no flags.
  if (flags.length === 0 && statusOf(reason) !== 'undeliverable') return within(baseOf(reason, weights));
  return scoreParts(reason, flags, weights).score;
}

/** `flags`: each counts once, however often it is named. */
export function scoreParts(reason: Reason, flags: readonly Flag[], weights: ScoreWeights = DEFAULT_SETTINGS.score): ScoreParts {
  if (statusOf(reason) === 'undeliverable') return { base: 0, deductions: [], score: 0 };
  const base = baseOf(reason, weights);
  const deductions = [...new Set(flags)]
    .map((flag) => ({ flag, points: isNamed(weights.flags, flag) ? weights.flags[flag] : 0 }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const sum = deductions.reduce((left, { points }) => left - points, base);
  return { base, deductions, score: within(sum) };
}

const baseOf = (reason: Reason, weights: ScoreWeights): number => (isNamed(weights.base, reason) ? weights.base[reason] : weights.base.unknown);

/** 0 is for the undeliverable alone. */
const within = (sum: number): number => Math.max(1, Math.min(100, sum));

/** Flags by which a list makes an accepted address risky, and the setting that lets it. */
const RISKY_FLAGS: readonly (readonly [Flag, keyof Settings['verdict']])[] = [
  ['disposable', 'riskyDisposable'],
  ['typo', 'riskyTypo'],
  ['trap', 'riskyTrap'],
  ['no_reply', 'riskyNoReply'],
  ['role', 'riskyRole'],
];

/** Deliverable, and no flag that the settings call risky. */
export function safeToSend(status: Status | null, flags: readonly Flag[], settings: Settings['verdict'] = DEFAULT_SETTINGS.verdict): boolean {
  return status === 'deliverable' && !RISKY_FLAGS.some(([flag, setting]) => settings[setting] && flags.includes(flag));
}

function isNamed<T extends object>(weights: T, name: string): name is string & keyof T {
  return Object.hasOwn(weights, name);
}
