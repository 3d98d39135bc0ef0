// Workbooks: reading one against exceljs (its streaming reader) and hucre, and what writing one takes of memory against
// exceljs (its streaming writer). The file that is read has shared strings, and is written by exceljs itself.
// Each side is a process of its own; ratios are of CPU time within one run, by the median of alternating rounds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchmarkOptions, BenchmarkResult } from './benchmark.ts';
import { benchRow } from './xlsx/bench-rows.ts';

const ROWS = 200_000;
const ROUNDS = 3;
const SIDE = join(import.meta.dirname, 'xlsx/xlsx-side.ts');

interface Side {
  readonly cells: number;
  readonly hash: string | null;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export function xlsx({ rows = ROWS }: BenchmarkOptions): BenchmarkResult {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-xlsx-'));
  try {
    const written = join(folder, 'exceljs.xlsx');
    const write = { exceljs: side('exceljs', 'write', written, String(rows)), winnow: side('winnow', 'write', join(folder, 'winnow.xlsx'), String(rows)) };
    const expected = hashOfRows(rows);
    const read = { winnow: side('winnow', 'hash', written).hash === expected, exceljs: side('exceljs', 'hash', written).hash === expected };
    const rounds = Array.from({ length: ROUNDS }, () => ({
      winnow: side('winnow', 'read', written),
      import: side('import', 'read', written),
      exceljs: side('exceljs', 'read', written),
      hucre: side('hucre', 'read', written),
    }));
    const [ours, whole, theirs, hucre] = (['winnow', 'import', 'exceljs', 'hucre'] as const).map((name) => median(rounds.map((round) => round[name])));
    if (ours === undefined || whole === undefined || theirs === undefined || hucre === undefined) throw new Error('no round was run');
    return {
      checks: [
        { name: 'cells read that exceljs reads not, or the other way', value: Math.abs(ours.cells - theirs.cells), unit: 'cells', op: '==', bar: 0 },
        { name: 'all cells read as they were written', value: Number(read.winnow), unit: 'of 1', op: '==', bar: 1 },
        { name: 'XLSX read, times as fast as exceljs', value: round2(theirs.cpuMs / ours.cpuMs), unit: '×', op: '>=', bar: 1.5 },
        { name: "XLSX written, of exceljs's peak memory", value: round2((write.winnow.peakMb / write.exceljs.peakMb) * 100), unit: '%', op: '<=', bar: 50 },
      ],
      details: {
        rows,
        exceljsReadsAllAsWritten: read.exceljs,
        read: { byWallTime: round2(theirs.ms / ours.ms), timesHucre: round2(hucre.cpuMs / ours.cpuMs), asDelimitedText: round2(theirs.cpuMs / whole.cpuMs), peakMb: { winnow: ours.peakMb, exceljs: theirs.peakMb, hucre: hucre.peakMb } },
        write,
        rounds,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As `xlsx-side hash` reckons it. */
function hashOfRows(rows: number): string {
  const hash = createHash('sha256');
  for (let row = 0; row < rows; row++) for (const cell of benchRow(row)) hash.update(`${String(cell)}\0`);
  return hash.digest('hex');
}

function side(...args: readonly string[]): Side {
  return JSON.parse(execFileSync(process.execPath, [SIDE, ...args], { encoding: 'utf8', maxBuffer: 1_048_576 })) as Side;
}

function median(sides: readonly Side[]): Side | undefined {
  return [...sides].sort((a, b) => a.cpuMs - b.cpuMs)[sides.length >> 1];
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
