// `npm run soak -- [--seeds N] [--addresses N] [--kills N] [--tears N] [--only NAME] [--json]`: the long tests. Every fault
// of every table with so many seeds, and a list of so many addresses over a farm of healthy and faulty hosts, after which
// nothing may be left: no socket, no timer, no memory, no unhandled rejection. So many processes killed in the middle of
// their work, and so many damaged WALs, after which no verdict may be lost. Exit code 1 on any failure, with what it takes to see it again.
import { parseArgs } from 'node:util';
import { FAULT_TABLES } from '../lab/faults/fault-tables.ts';
import { soakFarm } from './soak-farm.ts';
import { soakFaults } from './soak-faults.ts';
import { soakKill } from './soak-kill.ts';
import { soakWal } from './soak-wal.ts';

const USAGE = 'Usage: npm run soak -- [--seeds N] [--first SEED] [--addresses N] [--kills N] [--tears N] [--only NAME] [--json]\n  NAME: part of a fault\'s name, "farm", "kill" or "wal"; --first: the first seed\n';
/** Soaks that have a name of their own; any other name is a fault's, or a part of it. */
const FARM = 'farm';
const KILL = 'kill';
const WAL = 'wal';

interface Options {
  readonly seeds: number;
  readonly first: number;
  readonly addresses: number;
  readonly kills: number;
  readonly tears: number;
  readonly only: string;
  readonly json: boolean;
}

async function soak(options: Options): Promise<boolean> {
  const rejections: string[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  };
  process.on('unhandledRejection', note);
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const { only } = options;
  const isNamed = only === FARM || only === KILL || only === WAL;
  const faults = isNamed ? [] : FAULT_TABLES.flat().filter(({ name }) => name.includes(only));
  if (faults.length === 0 && !isNamed) throw new RangeError(`no fault is called ${only}`);
  const ofFaults = faults.length === 0 ? null : await soakFaults(faults, options, say);
  const ofFarm = only === '' || only === FARM ? await soakFarm(options.addresses, say) : null;
  const ofKills = only === '' || only === KILL ? await soakKill({ kills: options.kills, first: options.first }, say) : null;
  const ofWals = only === '' || only === WAL ? await soakWal({ times: options.tears, first: options.first }, say) : null;
  process.off('unhandledRejection', note);
  const failures = [ofFaults, ofFarm, ofKills, ofWals].flatMap((report) => report?.failures ?? []).concat(rejections.map((words) => `unhandled rejection: ${words}`));
  const summary = { seeds: options.seeds, faults: ofFaults, farm: ofFarm, kill: ofKills, wal: ofWals, unhandledRejections: rejections, ok: failures.length === 0 };
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else process.stdout.write(`${JSON.stringify(summary, null, 2)}\n${failures.length === 0 ? 'All held.' : `${String(failures.length)} failures.`}\n`);
  return failures.length === 0;
}

function readOptions(): Options | null {
  const number = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: { seeds: number, first: number, addresses: number, kills: number, tears: number, only: { type: 'string' }, json: { type: 'boolean' } },
    });
    const [seeds, first, addresses] = [values.seeds ?? '1000', values.first ?? '1', values.addresses ?? '1000000'].map(Number);
    const [kills, tears] = [values.kills ?? '1000', values.tears ?? '2000'].map(Number);
    const whole = (value: number | undefined): value is number => Number.isInteger(value) && (value ?? 0) > 0;
    if (!whole(seeds) || !whole(first) || !whole(addresses) || !whole(kills) || !whole(tears)) return null;
    return { seeds, first, addresses, kills, tears, only: values.only ?? '', json: values.json ?? false };
  } catch {
    return null;
  }
}

const options = readOptions();
if (options === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await soak(options)) ? 0 : 1;
}
