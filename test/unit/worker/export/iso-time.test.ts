// Times as text: the same as the language's own.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTime } from '../../../../electron/worker/export/iso-time.ts';

it('is what Date gives, on any day in any order; nothing for what is no date', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), { minLength: 1 }), (times) => {
      for (const ms of times) expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    }),
  );
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 86_400_000]) expect(isoTime(ms)).toBe('');
});
