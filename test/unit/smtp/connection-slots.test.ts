// Connection slots: counted by key and in all, and never given back twice.
import { describe, expect, it } from 'vitest';
import { ConnectionSlots } from '../../../electron/engine/smtp/connection-slots.ts';

describe('ConnectionSlots', () => {
  it('counts by key and in all', () => {
    const slots = new ConnectionSlots(3);
    slots.take('a');
    slots.take('a');
    slots.take('b');
    expect([slots.of('a'), slots.of('b'), slots.of('c'), slots.total, slots.full]).toEqual([2, 1, 0, 3, true]);
    slots.give('a');
    expect([slots.of('a'), slots.total, slots.full]).toEqual([1, 2, false]);
  });

  it('refuses a slot given back twice', () => {
    const slots = new ConnectionSlots(3);
    slots.take('a');
    slots.give('a');
    expect(() => {
      slots.give('a');
    }).toThrow('twice');
    expect(slots.total).toBe(0);
  });
});
