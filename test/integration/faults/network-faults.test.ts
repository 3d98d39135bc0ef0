// Faults rows 57-59 through the whole engine, some seeds each so that every way of a row is gone once.
import { describe, expect, it } from 'vitest';
import { NETWORK_FAULTS } from '../../lab/faults/network-faults.ts';
import { tryFault } from '../../lab/faults/problems-of-fault.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

describe('a fault of this machine or its network', () => {
  const cases = NETWORK_FAULTS.flatMap((fault) => SEEDS.map((seed) => [`row ${String(fault.row)}, ${fault.name}, seed ${String(seed)}`, fault, seed] as const));
  it.each(cases)('%s', async (_, fault, seed) => {
    expect(await tryFault(fault, seed)).toEqual([]);
  });
});
