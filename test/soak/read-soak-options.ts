// The arguments of `npm run soak`. Throws (TypeError, RangeError) in words what is wrong with them; runs nothing.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** In the order in which they are run. */
export const SOAK_PARTS = ['faults', 'farm', 'kill', 'wal'] as const;
export type SoakPart = (typeof SOAK_PARTS)[number];

export const SOAK_USAGE = `Usage: npm run soak -- [PART…] [--seeds N] [--first SEED] [--only NAME] [--processes N] [--addresses N] [--kills N] [--tears N] [--json]
  PART: ${SOAK_PARTS.join(', ')}; all of them by default
  --only: faults whose name holds this, and no other part; --first: the first seed; --processes: that share the faults
`;

export interface SoakOptions {
  readonly parts: ReadonlySet<SoakPart>;
  readonly seeds: number;
  readonly first: number;
  /** '': every fault. */
  readonly only: string;
  readonly processes: number;
  readonly addresses: number;
  readonly kills: number;
  readonly tears: number;
  readonly json: boolean;
}

export function readSoakOptions(args: readonly string[]): SoakOptions {
  const number = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seeds: number, first: number, addresses: number, kills: number, tears: number, processes: number, only: { type: 'string' }, json: { type: 'boolean' } },
  });
  const whole = (name: 'seeds' | 'first' | 'addresses' | 'kills' | 'tears' | 'processes', otherwise: number): number => {
    const value = values[name] === undefined ? otherwise : Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} is to be a whole number above 0, and is ${String(values[name])}`);
    return value;
  };
  const only = values.only ?? '';
  const named = positionals.map((name) => SOAK_PARTS.find((part) => part === name) ?? unknown(name));
  if (only !== '' && named.some((part) => part !== 'faults')) throw new RangeError('--only names faults, and no other part has any');
  return {
    parts: new Set(named.length > 0 ? named : only === '' ? SOAK_PARTS : ['faults']),
    seeds: whole('seeds', 1_000),
    first: whole('first', 1),
    only,
    processes: whole('processes', availableParallelism()),
    addresses: whole('addresses', 1_000_000),
    kills: whole('kills', 1_000),
    tears: whole('tears', 2_000),
    json: values.json ?? false,
  };
}

function unknown(name: string): never {
  throw new RangeError(`there is no part ${name}`);
}
