import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedAttempt, retryAfterPauseMs, retryDelayMs } from '../../../electron/engine/destinations/retry-schedule.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { REASONS, statusOf } from '../../../shared/verdict/verdict.ts';

const { retry } = DEFAULT_SETTINGS;
const minute = 60_000;

describe('retryDelayMs', () => {
  it('asks a greylisted address again after at least 5, then at least 30 minutes', () => {
    expect(retryDelayMs('greylisted', 1, retry, () => 0)).toBe(5 * minute);
    expect(retryDelayMs('greylisted', 2, retry, () => 0)).toBe(30 * minute);
    expect(retryDelayMs('greylisted', 3, retry, () => 0)).toBe(30 * minute);
  });

  it('gives up after maxRetries', () => {
    expect(retryDelayMs('greylisted', retry.maxRetries + 1, retry)).toBeNull();
  });

  it('backs off for what may pass, up to its bound', () => {
    expect(retryDelayMs('rate_limited', 1, retry, () => 0)).toBe(5 * minute);
    expect(retryDelayMs('rate_limited', 2, retry, () => 0)).toBe(10 * minute);
    expect(retryDelayMs('timeout', 10, { ...retry, maxRetries: 10 }, () => 0)).toBe(retry.backoffMaxMs);
  });

  it('never schedules a verdict that is certain, or a refusal of us that does not pass by itself', () => {
    for (const reason of REASONS) {
      if (statusOf(reason) === 'unknown') continue;
      expect(retryDelayMs(reason, 1, retry), reason).toBeNull();
    }
    expect(retryDelayMs('ip_blocked', 1, retry)).toBeNull();
    expect(retryDelayMs('sender_rejected', 1, retry)).toBeNull();
  });

  it('never waits less than the base, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REASONS), fc.integer({ min: 1, max: 10 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (reason, attempt, jitter) => {
        const settings = { ...retry, maxRetries: 10 };
        const least = retryDelayMs(reason, attempt, settings, () => 0);
        const delay = retryDelayMs(reason, attempt, settings, () => jitter);
        if (least === null || delay === null) return least === delay;
        return delay >= least && delay <= least * 1.2 + 1;
      }),
    );
  });
});

describe('retryAfterPauseMs', () => {
  const atMs = 1_000_000;
  const putOff = { untilMs: atMs + 40 * minute, counts: true };

  it('is never before the destination may be asked again', () => {
    expect(retryAfterPauseMs('timeout', 1, { atMs, putOff }, retry)).toBe(40 * minute);
    expect(retryAfterPauseMs('timeout', 1, { atMs, putOff: { ...putOff, untilMs: atMs } }, retry)).toBe(5 * minute);
    expect(retryAfterPauseMs('timeout', retry.maxRetries + 1, { atMs, putOff }, retry)).toBeNull();
  });

  it('brings back once whom a refusal of this machine kept from being asked, and nobody who was asked', () => {
    expect(retryAfterPauseMs('ip_blocked', 1, { atMs, putOff }, retry)).toBe(40 * minute);
    expect(retryAfterPauseMs('ip_blocked', 2, { atMs, putOff }, retry)).toBeNull();
    expect(retryAfterPauseMs('ip_blocked', 1, { atMs }, retry)).toBeNull();
    expect(retryAfterPauseMs('ip_blocked', 1, { atMs, putOff }, { ...retry, maxRetries: 0 })).toBeNull();
  });

  it('brings back everybody whom the user’s own limit put off, however often', () => {
    expect(retryAfterPauseMs('rate_limited', 99, { atMs, putOff: { ...putOff, counts: false } }, retry)).toBe(40 * minute);
    expect(countedAttempt({ attempt: 99, earlier: { reason: 'rate_limited', heard: 'nothing' } })).toBe(1);
    expect(countedAttempt({ attempt: 3, earlier: { reason: 'rate_limited', heard: 'session' } })).toBe(3);
    expect(countedAttempt({ attempt: 1, earlier: null })).toBe(1);
  });
});
