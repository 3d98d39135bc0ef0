import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mxCandidates } from '../../../electron/engine/dns/mx-candidates.ts';
import { shuffle } from '../../../electron/engine/dns/shuffle.ts';

const record = (exchange: string, preference = 10): { exchange: string; preference: number } => ({ exchange, preference });

describe('mxCandidates', () => {
  it('sorts by preference', () => {
    const result = mxCandidates([record('c.test', 30), record('a.test', 10), record('b.test', 20)], () => 0.5);
    expect(result).toMatchObject({ hosts: [{ name: 'a.test' }, { name: 'b.test' }, { name: 'c.test' }], literals: 0, malformed: 0 });
  });

  it('shuffles equals and only equals', () => {
    const records = [record('last.test', 20), ...['a', 'b', 'c', 'd'].map((name) => record(`${name}.test`))];
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const orders = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const result = mxCandidates(records, random);
      if (result.kind !== 'candidates') throw new Error('no candidates');
      const names = result.hosts.map(({ name }) => name);
      expect(names[4]).toBe('last.test');
      orders.add(names.join());
    }
    expect(orders.size).toBe(24);
  });

  it('keeps a repeated name once, with its best preference', () => {
    expect(mxCandidates([record('a.test', 20), record('b.test', 10), record('a.test', 5)], () => 0)).toMatchObject({
      hosts: [
        { name: 'a.test', preference: 5 },
        { name: 'b.test', preference: 10 },
      ],
    });
  });

  it('takes the root alone for a null MX, and leaves it out beside others', () => {
    expect(mxCandidates([record('', 0)], () => 0)).toEqual({ kind: 'null_mx' });
    expect(mxCandidates([record('', 0), record('a.test')], () => 0)).toMatchObject({ kind: 'candidates', hosts: [{ name: 'a.test' }] });
  });

  it.each(['192.0.2.1', '[192.0.2.1]', '2001:db8::1', '[ipv6:2001:db8::1]'])('sets the literal %s aside', (literal) => {
    expect(mxCandidates([record(literal)], () => 0)).toEqual({ kind: 'candidates', hosts: [], literals: 1, malformed: 0 });
  });

  it('sets names that no server can have aside', () => {
    expect(mxCandidates([record('mail server.test'), record('-x.test')], () => 0)).toMatchObject({ hosts: [], malformed: 2 });
  });
});

describe('shuffle', () => {
  it('keeps every item, whatever the random numbers are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (items, numbers) => {
        let turn = 0;
        const shuffled = shuffle(items, () => numbers[turn++ % Math.max(1, numbers.length)] ?? 0);
        expect([...shuffled].sort()).toEqual([...items].sort());
      }),
    );
  });
});
