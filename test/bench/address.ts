// How many plain ASCII addresses a second are parsed and normalised on one core, and pass through `winnow check`; that a
// megabyte for an address costs nothing; and that a million hostile texts neither throw nor change when parsed again.
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { extractAddresses } from '../../shared/address/extract-addresses.ts';
import { parseAddress } from '../../shared/address/parse-address.ts';
import type { BenchmarkResult } from './benchmark.ts';
import { fuzzAddresses } from './fuzz-addresses.ts';

const HEADLESS = join(import.meta.dirname, '../../electron/headless/index.ts');
const COUNT = 1_000_000;
const ROUNDS = 5;
const FUZZ_SEED = 20_250_101;

export async function address(): Promise<BenchmarkResult> {
  const addresses = Array.from({ length: COUNT }, (_, index) => `first.last${String(index)}@mail${String(index % 5_000)}.example.com`);
  const parsed: ReturnType<typeof parseAll>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) parsed.push(parseAll(addresses));
  const checked = await checkAll(addresses);
  const megabyteMs = Math.max(...megabytes().map(timeOf));
  const fuzz = fuzzAll();
  return {
    checks: [
      { name: 'parsed and normalised', value: Math.round(median(parsed.map(({ perCoreSecond }) => perCoreSecond))), unit: 'addresses/s', op: '>=', bar: 2_000_000 },
      { name: 'through winnow check', value: Math.round(checked), unit: 'addresses/s', op: '>=', bar: 200_000 },
      { name: 'a 1 MB "address"', value: Math.round(megabyteMs * 1000) / 1000, unit: 'ms', op: '<=', bar: 10 },
      { name: 'fuzzed inputs that throw', value: fuzz.thrown, unit: 'inputs', op: '==', bar: 0 },
      { name: 'fuzzed inputs where parse(format(parse(x))) is not parse(x)', value: fuzz.unstable, unit: 'inputs', op: '==', bar: 0 },
    ],
    details: { addresses: COUNT, domains: 5_000, parsedByTheClock: parsed.map(({ perSecond }) => Math.round(perSecond)), checkIncludesStart: true, fuzzed: COUNT, seed: FUZZ_SEED, fuzzedValid: fuzz.valid },
  };
}

/** Addresses for each second of a core's time (what other programs take of the core is not ours), and by the clock. */
function parseAll(addresses: readonly string[]): { perCoreSecond: number; perSecond: number } {
  const startedMs = performance.now();
  const startedCpu = process.threadCpuUsage();
  let bytes = 0;
  for (const text of addresses) {
    const result = parseAddress(text);
    if (!result.ok) throw new Error(`not an address: ${text}`);
    bytes += result.address.length;
  }
  const cpu = process.threadCpuUsage(startedCpu);
  if (bytes === 0) throw new Error('nothing was parsed');
  return {
    perCoreSecond: (addresses.length / (cpu.user + cpu.system)) * 1_000_000,
    perSecond: (addresses.length / (performance.now() - startedMs)) * 1000,
  };
}

async function checkAll(addresses: readonly string[]): Promise<number> {
  const text = addresses.map((line) => `${line}\n`).join('');
  const startedMs = performance.now();
  const child = spawn(process.execPath, [HEADLESS, 'check'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  });
  child.stdin.end(text);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 || lines !== addresses.length) throw new Error(`check answered ${String(lines)} lines, code ${String(code)}`);
  return (lines / (performance.now() - startedMs)) * 1000;
}

/** A million characters each, of the kinds that parsers stumble over. */
function megabytes(): readonly string[] {
  return ['a', 'a@', 'a.', '"', '\\', '.', '@', 'ü', '\u0301', '\u200b', ' ', '<', '( ', 'a@b.de;'].map((piece) => piece.repeat(Math.ceil(1_000_000 / piece.length)));
}

/** Milliseconds for parsing; extraction, which looks at 64 KiB, has to end as well. */
function timeOf(text: string): number {
  const startedMs = performance.now();
  parseAddress(text);
  const tookMs = performance.now() - startedMs;
  extractAddresses(text);
  return tookMs;
}

/** "Format" is the normalised address of what was parsed. */
function fuzzAll(): { thrown: number; unstable: number; valid: number } {
  const result = { thrown: 0, unstable: 0, valid: 0 };
  for (const text of fuzzAddresses(COUNT, FUZZ_SEED)) {
    try {
      const parsed = parseAddress(text);
      if (!parsed.ok) continue;
      result.valid += 1;
      if (!isDeepStrictEqual(parseAddress(parsed.address), parsed)) result.unstable += 1;
    } catch {
      result.thrown += 1;
    }
  }
  return result;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
