// The intrusive list against an array: same order, same size, whatever is added and removed where.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkedList, ListLink } from '../../../electron/engine/smtp/linked-list.ts';

describe('LinkedList', () => {
  it('refuses a link that is in a list already, and lets it be removed once', () => {
    const [list, other] = [new LinkedList<string>(), new LinkedList<string>()];
    const link = new ListLink('a');
    list.push(link);
    expect(() => { other.push(link); }).toThrow('in a list');
    expect(other.remove(link)).toBe(false);
    expect(list.remove(link)).toBe(true);
    expect(list.remove(link)).toBe(false);
    other.push(link);
    expect([list.size, other.size, other.first]).toEqual([0, 1, 'a']);
  });

  it('lets the one at hand be removed while all are looked at', () => {
    const list = new LinkedList<number>();
    const links = [1, 2, 3].map((owner) => new ListLink(owner));
    for (const link of links) list.push(link);
    const seen: number[] = [];
    for (const owner of list) {
      seen.push(owner);
      const link = links[owner - 1];
      if (link !== undefined) list.remove(link);
    }
    expect([seen, list.size, list.first, list.last]).toEqual([[1, 2, 3], 0, null, null]);
  });

  it('keeps the order of an array (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (steps) => {
        const list = new LinkedList<number>();
        const links = Array.from({ length: 10 }, (_, index) => new ListLink(index));
        let model: number[] = [];
        for (const step of steps) {
          const link = links[step] ?? new ListLink(step);
          if (model.includes(step)) {
            expect(list.remove(link)).toBe(true);
            model = model.filter((other) => other !== step);
          } else {
            list.push(link);
            model.push(step);
          }
          expect([...list]).toEqual(model);
          expect([list.size, list.first, list.last]).toEqual([model.length, model[0] ?? null, model.at(-1) ?? null]);
        }
      }),
    );
  });
});
