// The catalogue keeps the product's first promise in words: only `undeliverable` is told as a fact about the address.
import { describe, expect, it } from 'vitest';
import { REASONS, statusOf } from '../../../shared/verdict/verdict.ts';
import { en as words } from '../../../shared/words/en.ts';

describe.each(REASONS.map((reason) => [reason]))('%s', (reason) => {
  const { label, happened, means, advice } = words.reasons[reason];

  it('has a short name and whole sentences', () => {
    expect(label.length).toBeLessThanOrEqual(36);
    for (const sentence of [happened, means, advice]) expect(sentence).toMatch(/^[A-Z].*\.$/u);
  });

  it('does not tell to remove an address about which nothing certain was said', () => {
    if (statusOf(reason) === 'unknown') expect(`${means} ${advice}`).not.toMatch(/remove|bounce\b|does not exist/i);
  });
});

it('has a name of its own for each reason', () => {
  expect(new Set(REASONS.map((reason) => words.reasons[reason].label)).size).toBe(REASONS.length);
});
