// The import of a list, through the real threads, beside the sqlite3 shell's bare `.import` of the same file (WAL, no
// index, nothing parsed): rows committed before indexes, and with them; memory; and what the main loop feels of it.
// The sides take turns; each figure is the median of its rounds. `--rows N`: fewer than the ten million.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchmarkOptions, BenchmarkResult } from './benchmark.ts';
import { sampleCsv } from './csv/sample-csv.ts';

const ROWS = 10_000_000;
const ROUNDS = 3;
/** Of a bigger list one round. */
const MOST_IN_ROUNDS = 1_000_000;
const SHELL_SCRIPT = (list: string): string =>
  ['.mode csv', 'PRAGMA journal_mode=WAL;', 'CREATE TABLE rows (id, name, email, company, note);', `.import --skip 1 "${list}" rows`].join('\n');

interface Round {
  readonly rows: number;
  readonly duplicates: number;
  readonly committedMs: number;
  readonly totalMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly loopDelayMs: number;
  readonly shellMs: number;
}

export function imports({ rows: wanted = ROWS }: BenchmarkOptions = {}): BenchmarkResult {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-import-'));
  try {
    const list = join(folder, 'list.csv');
    const addresses = writeList(list, wanted);
    const rounds = Array.from({ length: wanted > MOST_IN_ROUNDS ? 1 : ROUNDS }, (_, round) => oneRound(list, join(folder, String(round))));
    for (const { rows, duplicates } of rounds) {
      if (rows !== wanted || duplicates !== wanted - addresses) throw new Error(`${String(rows)} rows and ${String(duplicates)} duplicates are not what the list has`);
    }
    const size = `${wanted.toLocaleString('en')} rows`;
    return {
      checks: [
        { name: `${size}: committed before indexes, times sqlite3 .import`, value: median(rounds, ({ committedMs, shellMs }) => committedMs / shellMs), unit: '×', op: '<=', bar: 1.25 },
        { name: `${size}: with indexes and on disk, times sqlite3 .import`, value: median(rounds, ({ totalMs, shellMs }) => totalMs / shellMs), unit: '×', op: '<=', bar: 3 },
        { name: `${size}: peak memory`, value: median(rounds, ({ peakMb }) => peakMb), unit: 'MB', op: '<=', bar: 500 },
        { name: `${size}: longest delay of the main loop`, value: Math.max(...rounds.map(({ loopDelayMs }) => Math.round(loopDelayMs))), unit: 'ms', op: '<=', bar: 50 },
      ],
      details: { rows: wanted, bytes: statSync(list).size, addresses, rounds },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many different addresses it has. */
function writeList(path: string, rows: number): number {
  const file = openSync(path, 'w');
  const people = new Uint8Array(rows);
  let different = 0;
  try {
    for (const block of sampleCsv(rows, (person) => {
      different += 1 - (people[person] ?? 0);
      people[person] = 1;
    })) writeSync(file, block);
  } finally {
    closeSync(file);
  }
  return different;
}

function oneRound(list: string, folder: string): Round {
  const program = fileURLToPath(new URL('import/import-process.ts', import.meta.url));
  const own = JSON.parse(execFileSync(process.execPath, [program, list, folder], { encoding: 'utf8' })) as Omit<Round, 'shellMs'>;
  const database = join(folder, 'shell.db');
  const startedMs = performance.now();
  execFileSync('sqlite3', [database], { input: SHELL_SCRIPT(list), stdio: ['pipe', 'ignore', 'inherit'] });
  const shellMs = performance.now() - startedMs;
  rmSync(folder, { recursive: true, force: true });
  return { ...own, shellMs };
}

function median(rounds: readonly Round[], of: (round: Round) => number): number {
  const middle = rounds.map(of).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return Math.round(middle * 100) / 100;
}
