// The keys of the result table: where each goes, never beyond the ends, and which are not the table's.
import { expect, it } from 'vitest';
import { targetOfKey } from '../../../renderer/features/results/grid-keys.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false };
const at = { active: 50, count: 100, page: 20 };

it.each([['ArrowDown', 51], ['ArrowUp', 49], ['PageDown', 70], ['PageUp', 30], ['Home', 0], ['End', 99], ['Enter', null], ['a', null]])('%s', (key, target) => {
  expect(targetOfKey({ ...plain, key }, at)).toBe(target);
});

it('stays within the table', () => {
  expect(targetOfKey({ ...plain, key: 'PageUp' }, { ...at, active: 3 })).toBe(0);
  expect(targetOfKey({ ...plain, key: 'PageDown' }, { ...at, active: 95 })).toBe(99);
  expect(targetOfKey({ ...plain, key: 'End' }, { active: 0, count: 0, page: 20 })).toBeNull();
});

it('leaves keys with a modifier to the window, but for the ends', () => {
  expect(targetOfKey({ ...plain, ctrlKey: true, key: 'ArrowDown' }, at)).toBeNull();
  expect(targetOfKey({ ...plain, altKey: true, key: 'End' }, at)).toBeNull();
  expect(targetOfKey({ ...plain, metaKey: true, key: 'End' }, at)).toBe(99);
});
