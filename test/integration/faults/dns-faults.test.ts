// Faults rows 39-55 through the whole engine, one seed each; `npm run soak` tries a thousand.
import { describe, expect, it } from 'vitest';
import { DNS_FAULTS } from '../../lab/faults/dns-faults.ts';
import { tryFault } from '../../lab/faults/problems-of-fault.ts';

const SEED = 1;

describe('a DNS fault', () => {
  it.each(DNS_FAULTS.map((fault) => [`row ${String(fault.row)}, ${fault.name}`, fault] as const))('%s', async (_, fault) => {
    expect(await tryFault(fault, SEED)).toEqual([]);
  });

  it('has a row for each from 39 to 55', () => {
    expect([...new Set(DNS_FAULTS.map(({ row }) => row))].sort((one, other) => one - other)).toEqual(Array.from({ length: 17 }, (_, index) => 39 + index));
  });
});
