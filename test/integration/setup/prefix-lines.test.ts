// Lines of two steps beside each other: each is whole, and says whose it is, however the pieces come.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prefixLines } from '../../../build/test/prefix-lines.ts';

it('is the same text, line by line, whatever the pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n') })), (pieces) => {
      const emitted: string[] = [];
      const lines = prefixLines('unit', (text) => emitted.push(text));
      for (const piece of pieces) lines.write(piece);
      lines.end();
      // Only whole lines are ever emitted, so that another step's may come between.
      for (const text of emitted) expect(text).toMatch(/^(?:unit \| [ab]*\n)+$/);
      const text = pieces.join('');
      expect(emitted.join('').replaceAll('unit | ', '')).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    }),
  );
});
