// Every row of the SMTP fault table once, through the whole engine against scripted servers: right reasons, nobody
// refused by anybody's trouble, every attempt over by its deadline. `npm run soak` runs the same with a thousand seeds.
import { beforeAll, describe, expect, it } from 'vitest';
import { tryFault } from '../../lab/faults/problems-of-fault.ts';
import { SMTP_FAULTS } from '../../lab/faults/smtp-faults.ts';

const SEED = 6;

/** Most of them wait for a deadline: some run beside each other. */
const AT_ONCE = 12;

describe('SMTP faults', () => {
  const problems = new Map<string, Promise<string[]>>();
  beforeAll(() => {
    const started: Promise<unknown>[] = [];
    for (const fault of SMTP_FAULTS) {
      const before = started.length < AT_ONCE ? Promise.resolve() : started[started.length - AT_ONCE];
      const running = Promise.resolve(before).then(async () => tryFault(fault, SEED));
      started.push(running);
      problems.set(fault.name, running);
    }
  });

  it.each(SMTP_FAULTS)('row $row: $name', async ({ name }) => {
    expect(await problems.get(name)).toEqual([]);
  });
});

describe('the SMTP fault table', () => {
  it('has all rows from 1 to 38, under names of their own', () => {
    expect(new Set(SMTP_FAULTS.map(({ row }) => row))).toEqual(new Set(Array.from({ length: 38 }, (_, i) => i + 1)));
    expect(new Set(SMTP_FAULTS.map(({ name }) => name)).size).toBe(SMTP_FAULTS.length);
  });
});
