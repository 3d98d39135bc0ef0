import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Count } from '../../../electron/engine/metrics/count.ts';
import { Labelled, labelOf } from '../../../electron/engine/metrics/labelled.ts';

describe('a label', () => {
  it('is one of our words, or `other`', () => {
    for (const word of ['google', 'microsoft-365', 'other', 'ConnectTimeout', 'half_open', 'dns_temporary']) expect(labelOf(word)).toBe(word);
    for (const leak of ['jane@example.com', 'example.com', '192.0.2.1', '::1', 'mx1.example.com:25', 'a"b', 'a\nb', '', 'x'.repeat(41)]) {
      expect(labelOf(leak)).toBe('other');
    }
  });

  it('never holds what could be a name or an address', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.domain(), fc.ipV4(), fc.ipV6(), fc.emailAddress()), (text) => {
      expect(labelOf(text)).toMatch(/^[A-Za-z0-9_-]+$/);
    }));
  });
});

describe('things by label', () => {
  it('are found again, and each pair has its own', () => {
    const counts = new Labelled(() => new Count());
    counts.of('google', 'ok').add(2);
    counts.of('google', 'Timeout').add();
    counts.of('google', 'ok').add();
    counts.of('other', 'ok').add(5);
    expect([...counts.entries()].map(([first, second, { value }]) => [first, second, value])).toEqual([
      ['google', 'ok', 3],
      ['google', 'Timeout', 1],
      ['other', 'ok', 5],
    ]);
  });

  it('are bounded, however many labels come', () => {
    const counts = new Labelled(() => new Count());
    for (let index = 0; index < 5_000; index += 1) counts.of(`g${String(index % 1_000)}`, `o${String(index)}`).add();
    const all = [...counts.entries()];
    expect(all.length).toBeLessThan(65 * 65 + 1);
    expect(all.reduce((sum, [, , { value }]) => sum + value, 0)).toBe(5_000);
  });
});
