import { describe, expect, it } from 'vitest';
import { createTargetSieve } from '../../../electron/engine/dns/target-sieve.ts';

describe('createTargetSieve', () => {
  it('says each time what the target policy says', () => {
    const strict = createTargetSieve({ allowLoopback: false });
    const lab = createTargetSieve({ allowLoopback: true });
    for (let time = 0; time < 2; time += 1) {
      expect(['93.184.216.34', '10.0.0.1', '127.0.0.1', '0.0.0.0', '::1', '169.254.169.254', '64:ff9b::a00:1'].map(strict)).toEqual([
        'allowed', 'blocked', 'unroutable', 'unroutable', 'unroutable', 'blocked', 'blocked',
      ]);
      expect(['127.0.0.1', '10.0.0.1', '0.0.0.0'].map(lab)).toEqual(['allowed', 'blocked', 'unroutable']);
    }
  });

  it('goes on after it has met more addresses than it remembers', () => {
    const sieve = createTargetSieve({ allowLoopback: false });
    for (let index = 0; index < 25_000; index += 1) expect(sieve(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`)).toBe('blocked');
    expect(sieve('93.184.216.34')).toBe('allowed');
  });
});
