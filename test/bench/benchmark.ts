// What a benchmark is: figures, each beside the bar it must reach, and the details they came from.
// A figure without a bar is told in the details. Ratios are of one run; absolute times drift with the machine.
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface BenchmarkCheck {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly op: '>=' | '<=' | '<' | '==';
  readonly bar: number;
}

export interface BenchmarkResult {
  readonly checks: readonly BenchmarkCheck[];
  readonly details: object;
}

export interface BenchmarkOptions {
  /** `--rows N`: of the list, where a benchmark has one; its own default if absent. */
  readonly rows?: number;
}

export type Benchmark = (options: BenchmarkOptions) => Promise<BenchmarkResult> | BenchmarkResult;

export interface BenchmarkReport {
  readonly name: string;
  readonly machine: object;
  readonly checks: readonly (BenchmarkCheck & { readonly ok: boolean })[];
  readonly details: object;
}

export function reportOf(name: string, { checks, details }: BenchmarkResult): BenchmarkReport {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
  return { name, machine, checks: checks.map((check) => ({ ...check, ok: holds(check) })), details };
}

function holds({ value, op, bar }: BenchmarkCheck): boolean {
  switch (op) {
    case '>=':
      return value >= bar;
    case '<=':
      return value <= bar;
    case '<':
      return value < bar;
    case '==':
      return value === bar;
  }
}
