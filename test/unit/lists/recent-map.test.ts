import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../../shared/lists/recent-map.ts';

describe('RecentMap', () => {
  it('works a value out once while it is remembered', () => {
    const map = new RecentMap<string>(10);
    let made = 0;
    const make = (key: string) => `${key}${String((made += 1))}`;
    expect([map.get('a', make), map.get('a', make), map.get('b', make)]).toEqual(['a1', 'a1', 'b2']);
  });

  it('keeps what is asked for often and forgets the rest', () => {
    const map = new RecentMap<number>(2);
    let made = 0;
    const make = () => (made += 1);
    map.get('often', make);
    for (let i = 0; i < 20; i += 1) {
      map.get(String(i), make);
      expect(map.get('often', make)).toBe(1);
    }
    expect(map.get('0', make)).toBe(22);
  });

  it('never holds more than two generations and always answers rightly', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 5 }), (keys, limit) => {
        const map = new RecentMap<string>(limit);
        for (const key of keys) {
          expect(map.get(key, (made) => `=${made}`)).toBe(`=${key}`);
          expect(map.size).toBeLessThanOrEqual(2 * limit);
        }
      }),
    );
  });
});
