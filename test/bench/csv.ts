// The CSV parser: its speed beside papaparse's, from bytes to cells, its records beside csv-parse's, and a giant line.
// Speeds are of the cores' own time, so that what else the machine does counts for nobody, and the rounds take turns.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { BenchmarkResult } from './benchmark.ts';
import { ownAllFields, ownOneField, ownRecords, papaAllFields, papaOneField } from './csv/parse-sides.ts';
import { SAMPLE_ADDRESS_COLUMN, sampleCsv } from './csv/sample-csv.ts';
import { validDocuments } from './csv/valid-documents.ts';

const ROWS = 200_000;
const ROUNDS = 7;
const DOCUMENTS = 20_000;

interface GiantLine {
  readonly error: string | null;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export function csv(): BenchmarkResult {
  const bytes = Buffer.from([...sampleCsv(ROWS)].join(''), 'utf8');
  const all = ratioOf(() => ownAllFields(bytes), () => papaAllFields(bytes));
  const one = ratioOf(() => ownOneField(bytes, SAMPLE_ADDRESS_COLUMN), () => papaOneField(bytes, SAMPLE_ADDRESS_COLUMN));
  const giant = giantLine();
  return {
    checks: [
      { name: 'all fields, times papaparse', value: all.ratio, unit: '×', op: '>=', bar: 1.4 },
      { name: 'address only, times papaparse', value: one.ratio, unit: '×', op: '>=', bar: 2.2 },
      { name: `documents of ${DOCUMENTS.toLocaleString('en')} read otherwise than by csv-parse`, value: differences(), unit: '', op: '==', bar: 0 },
      { name: 'a line of 1 GB: until the error', value: Math.round(giant.ms), unit: 'ms', op: '<', bar: 1_000 },
      { name: 'a line of 1 GB: peak memory', value: Math.round(giant.peakMb), unit: 'MB', op: '<', bar: 300 },
      { name: 'a line of 1 GB: ends in an error', value: giant.error === null ? 0 : 1, unit: '', op: '==', bar: 1 },
    ],
    details: { rows: ROWS, bytes: bytes.length, rounds: ROUNDS, allFields: all, addressOnly: one, giantLine: giant },
  };
}

/** The median of the rounds, by time of the core. */
function ratioOf(own: () => number, other: () => number): { readonly ratio: number; readonly ownRowsPerS: number; readonly otherRowsPerS: number } {
  if (own() !== other()) throw new Error('The two sides read different numbers of cells.');
  const times = Array.from({ length: ROUNDS }, () => [cpuMs(own), cpuMs(other)] as const);
  const ownMs = median(times.map(([first]) => first));
  const otherMs = median(times.map(([, second]) => second));
  const perSecond = (ms: number): number => Math.round((ROWS / ms) * 1_000);
  return { ratio: Math.round((otherMs / ownMs) * 100) / 100, ownRowsPerS: perSecond(ownMs), otherRowsPerS: perSecond(otherMs) };
}

function cpuMs(work: () => number): number {
  // Of the whole process: the engine collects garbage in threads of its own.
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function differences(): number {
  let count = 0;
  for (const { text, delimiter, chunks } of validDocuments(DOCUMENTS)) {
    const theirs = parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true });
    if (JSON.stringify(ownRecords(chunks, delimiter)) !== JSON.stringify(theirs)) count++;
  }
  return count;
}

function giantLine(): GiantLine {
  const program = fileURLToPath(new URL('csv/giant-line-process.ts', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as GiantLine;
}
