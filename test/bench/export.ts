// The export: a list with a verdict for every row into CSV, against the sqlite3 shell (Debian's package) and an exporter
// made with papaparse, which both write the very same cells from a plain table. Ours joins rows and verdicts, unpacks
// what is said of them, and syncs the file before it takes its place.
// Ratios are of one run, by the medians of alternating rounds. `--rows N`: fewer than the ten million.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkOptions, BenchmarkResult } from './benchmark.ts';
import { makeVerifiedList } from './export/verified-list.ts';

const ROWS = 10_000_000;
const ROUNDS = 3;
/** Of a bigger list one round. */
const MOST_IN_ROUNDS = 1_000_000;
/** A workbook of ten million takes minutes, and its memory does not depend on them. */
const XLSX_ROWS = 1_000_000;
const SIDE = join(import.meta.dirname, 'export/export-side.ts');

interface Side {
  readonly rows: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export async function exports({ rows = ROWS }: BenchmarkOptions): Promise<BenchmarkResult> {
  const shell = sqliteVersion();
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-export-'));
  try {
    await makeVerifiedList(folder, rows);
    const flat = join(folder, 'flat.db');
    const out = join(folder, 'winnow.csv');
    const winnow = (): Side => side('winnow', join(folder, 'store'), out, 'csv');
    winnow();
    makeFlatTable(flat, out);
    const rounds = Array.from({ length: rows > MOST_IN_ROUNDS ? 1 : ROUNDS }, () => ({
      winnow: winnow(),
      sqlite3: sqlite3(flat, join(folder, 'sqlite3.csv'), rows),
      papaparse: side('papaparse', flat, join(folder, 'papaparse.csv'), ''),
    }));
    const [ours, theirs, papa] = [median(rounds.map((round) => round.winnow)), median(rounds.map((round) => round.sqlite3)), median(rounds.map((round) => round.papaparse))];
    const bytes = { winnow: statSync(out).size, sqlite3: statSync(join(folder, 'sqlite3.csv')).size, papaparse: statSync(join(folder, 'papaparse.csv')).size };
    const xlsx = await workbook(folder, rows);
    return {
      checks: [
        { name: `CSV of ${rows.toLocaleString('en')} rows, speed of the sqlite3 shell's`, value: percent(theirs.ms / ours.ms), unit: '%', op: '>=', bar: 60 },
        { name: 'CSV, times as fast as papaparse', value: round2(papa.ms / ours.ms), unit: '×', op: '>=', bar: 1.7 },
        { name: 'CSV, peak memory of the process', value: Math.round(Math.max(...rounds.map((round) => round.winnow.peakMb))), unit: 'MB', op: '<=', bar: 300 },
        { name: 'XLSX, peak memory of the process', value: Math.round(xlsx.peakMb), unit: 'MB', op: '<=', bar: 300 },
      ],
      details: {
        rows, shell, bytes, columns: 14,
        rowsPerSecond: { winnow: rate(ours), sqlite3: rate(theirs), papaparse: rate(papa), winnowXlsx: rate(xlsx) },
        byCpuTime: { ofSqlite3: percent(theirs.cpuMs / ours.cpuMs), timesPapaparse: round2(papa.cpuMs / ours.cpuMs) },
        rounds,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function side(...args: readonly string[]): Side {
  return JSON.parse(execFileSync(process.execPath, [SIDE, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Side;
}

async function workbook(folder: string, rows: number): Promise<Side> {
  const own = rows > XLSX_ROWS ? join(folder, 'xlsx') : folder;
  if (own !== folder) {
    mkdirSync(own);
    await makeVerifiedList(own, XLSX_ROWS);
  }
  return side('winnow', join(own, 'store'), join(folder, 'winnow.xlsx'), 'xlsx');
}

/** The cells of our export as a plain table, which is what the others read. */
function makeFlatTable(database: string, csv: string): void {
  runShell(database, ['PRAGMA journal_mode = WAL;', '.mode csv', `.import ${csv} flat`]);
}

function sqlite3(database: string, out: string, rows: number): Side {
  const [real = 0, user = 0, system = 0] = runShell(database, ['.mode csv', '.headers on', '.separator , "\\n"', `.output ${out}`, 'SELECT * FROM flat;']);
  return { rows, ms: real * 1_000, cpuMs: (user + system) * 1_000, peakMb: 0 };
}

/** Seconds: real, user, system. */
function runShell(database: string, commands: readonly string[]): number[] {
  const script = 'TIMEFORMAT="%R %U %S"; time sqlite3 "$0" 2>&1 >/dev/null';
  const output = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, database], { encoding: 'utf8', input: `${commands.join('\n')}\n` });
  return output.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
}

function sqliteVersion(): string {
  try {
    return execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }).slice(0, 20).trim();
  } catch (cause) {
    throw new Error('This benchmark needs the sqlite3 shell: apt-get install sqlite3', { cause });
  }
}

function median(sides: readonly Side[]): Side {
  const middle = [...sides].sort((a, b) => a.ms - b.ms)[Math.floor(sides.length / 2)];
  if (middle === undefined) throw new Error('no round');
  return middle;
}

const rate = ({ rows, ms }: Side): number => Math.round((rows / ms) * 1_000);
const percent = (ratio: number): number => Math.round(ratio * 100);
const round2 = (value: number): number => Math.round(value * 100) / 100;
