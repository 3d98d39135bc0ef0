// How many plain ASCII addresses a second are parsed and normalised on one core, and pass through `winnow check`.
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseAddress } from '../../shared/address/parse-address.ts';
import type { BenchmarkResult } from './benchmark.ts';

const HEADLESS = join(import.meta.dirname, '../../electron/headless/index.ts');
const COUNT = 1_000_000;
const ROUNDS = 5;

export async function address(): Promise<BenchmarkResult> {
  const addresses = Array.from({ length: COUNT }, (_, index) => `first.last${String(index)}@mail${String(index % 5_000)}.example.com`);
  const parsed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) parsed.push(parseAll(addresses));
  const checked = await checkAll(addresses);
  return {
    checks: [
      { name: 'parsed and normalised', value: Math.round(median(parsed)), unit: 'addresses/s', op: '>=', bar: 2_000_000 },
      { name: 'through winnow check', value: Math.round(checked), unit: 'addresses/s', op: '>=', bar: 200_000 },
    ],
    details: { addresses: COUNT, parsedRounds: parsed.map(Math.round), checkIncludesStart: true },
  };
}

function parseAll(addresses: readonly string[]): number {
  const startedMs = performance.now();
  let bytes = 0;
  for (const text of addresses) {
    const result = parseAddress(text);
    if (!result.ok) throw new Error(`not an address: ${text}`);
    bytes += result.address.length;
  }
  if (bytes === 0) throw new Error('nothing was parsed');
  return (addresses.length / (performance.now() - startedMs)) * 1000;
}

async function checkAll(addresses: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [HEADLESS, 'check'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  child.stdin.end(addresses.map((text) => `${text}\n`).join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 || lines !== addresses.length) throw new Error(`check answered ${String(lines)} lines, code ${String(code)}`);
  return (lines / (performance.now() - startedMs)) * 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
