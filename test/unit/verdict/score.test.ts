import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';
import { safeToSend, scoreOf, scoreParts } from '../../../shared/verdict/score.ts';
import { FLAGS, REASONS, statusOf } from '../../../shared/verdict/verdict.ts';

describe('scoreOf', () => {
  it('is 0 for undeliverable and for nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.subarray([...FLAGS]), (reason, flags) => {
        const score = scoreOf(reason, flags);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeLessThanOrEqual(100);
        expect(score === 0).toBe(statusOf(reason) === 'undeliverable');
        expect(score).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('never rises with a flag, and counts each flag once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.subarray([...FLAGS]), fc.constantFrom(...FLAGS), (reason, flags, more) => {
        expect(scoreOf(reason, [...flags, more])).toBeLessThanOrEqual(scoreOf(reason, flags));
        expect(scoreOf(reason, [...flags, ...flags])).toBe(scoreOf(reason, flags));
      }),
    );
  });

  it('orders the verdicts as people would', () => {
    const scores = [
      scoreOf('accepted', []),
      scoreOf('accepted_unproven', []),
      scoreOf('accept_all', []),
      scoreOf('timeout', []),
      scoreOf('mailbox_full', []),
      scoreOf('mailbox_not_found', []),
    ];
    expect(scores).toEqual([100, 70, 60, 45, 35, 0]);
    expect(scoreOf('role', ['role'])).toBe(70);
    expect(scoreOf('disposable', ['disposable'])).toBe(35);
    expect(scoreOf('possible_trap', ['trap'])).toBe(20);
  });
});

const points = fc.integer({ min: 0, max: 100 });
const { base, flags: flagWeights } = DEFAULT_SETTINGS.score;
const anyOf = <K extends string>(like: Readonly<Record<K, number>>): fc.Arbitrary<Record<K, number>> =>
  fc.array(points, { minLength: 30, maxLength: 30 }).map((values) => Object.fromEntries(Object.keys(like).map((key, index) => [key, values[index] ?? 0])) as Record<K, number>);
const weights = fc.record({ base: anyOf(base), flags: anyOf(flagWeights) });

describe('the weights', () => {
  it('can all be set from 0 to 100 and to nothing else', () => {
    for (const [group, names] of [['base', Object.keys(base)], ['flags', Object.keys(flagWeights)]] as const) {
      for (const name of names) {
        expect(settingsSchema.safeParse({ score: { [group]: { [name]: 0 } } }).success).toBe(true);
        for (const bad of [-1, 101, 1.5, '5']) expect(settingsSchema.safeParse({ score: { [group]: { [name]: bad } } }).success).toBe(false);
      }
    }
    expect(settingsSchema.safeParse({ score: { base: { mailbox_not_found: 50 } } }).success).toBe(false);
  });

  it('whatever they are: 0 is undeliverable and nothing else, and the parts add up to the score', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.subarray([...FLAGS]), weights, (reason, flags, given) => {
        const parts = scoreParts(reason, flags, given);
        expect(scoreOf(reason, flags, given)).toBe(parts.score);
        expect(parts.score === 0).toBe(statusOf(reason) === 'undeliverable');
        const sum = parts.deductions.reduce((left, deduction) => left - deduction.points, parts.base);
        expect(parts.score).toBe(statusOf(reason) === 'undeliverable' ? 0 : Math.max(1, sum));
        expect(parts.deductions.every((deduction) => flags.includes(deduction.flag) && deduction.points > 0)).toBe(true);
      }),
    );
  });

  it('of a reason with none of its own are those of unknown ones', () => {
    const given = settingsSchema.parse({ score: { base: { unknown: 33 }, flags: { free: 3 } } }).score;
    expect(scoreParts('timeout', ['free', 'tls', 'provider:google'], given)).toEqual({ base: 33, deductions: [{ flag: 'free', points: 3 }], score: 30 });
  });
});

describe('safeToSend', () => {
  it('is deliverable with no flag that the settings call risky', () => {
    expect(safeToSend('deliverable', ['free', 'tagged', 'provider:google'])).toBe(true);
    expect(safeToSend('deliverable', ['role'])).toBe(false);
    expect(safeToSend('deliverable', ['role'], { ...DEFAULT_SETTINGS.verdict, riskyRole: false })).toBe(true);
    for (const flag of ['disposable', 'no_reply', 'typo', 'trap'] as const) expect(safeToSend('deliverable', [flag])).toBe(false);
    for (const status of ['risky', 'unknown', 'undeliverable', null] as const) expect(safeToSend(status, [])).toBe(false);
  });
});
