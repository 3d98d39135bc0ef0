// `npm run bench -- NAME [--json]`: runs one benchmark. One JSON object on standard output with --json, lines for people
// without. Exit code 1 when a check falls short, 2 for a name that is none.
import { accuracy } from './accuracy.ts';
import { address } from './address.ts';
import { app } from './app.ts';
import { lists } from './lists.ts';
import { pool } from './pool.ts';
import { store } from './store.ts';
import { probe } from './probe.ts';
import { verify } from './verify.ts';
import { reportOf, type Benchmark, type BenchmarkReport } from './benchmark.ts';
import { dns } from './dns.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { accuracy, address, app, lists, pool, dns, probe, store, verify };

const [name = '', ...flags] = process.argv.slice(2);
const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
const unknown = flags.find((flag) => flag !== '--json');

if (benchmark === undefined || unknown !== undefined) {
  process.stderr.write(`Usage: npm run bench -- NAME [--json]\nBenchmarks: ${Object.keys(BENCHMARKS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const report = reportOf(name, await benchmark());
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(report)}\n` : inWords(report));
  process.exitCode = report.checks.every(({ ok }) => ok) ? 0 : 1;
}

function inWords({ checks, details, machine }: BenchmarkReport): string {
  const lines = checks.map(
    (check) => `${check.ok ? 'ok   ' : 'SHORT'} ${check.name}: ${String(check.value)} ${check.unit} (${check.op} ${String(check.bar)})`,
  );
  return `${lines.join('\n')}\n${JSON.stringify({ machine, details }, null, 2)}\n`;
}
