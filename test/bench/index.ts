// `npm run bench -- NAME [--rows N] [--json]`: runs one benchmark. One JSON object on standard output with --json, lines for people
// without. Exit code 1 when a check falls short, 2 for a name that is none.
import { accuracy } from './accuracy.ts';
import { address } from './address.ts';
import { aims } from './aims.ts';
import { app } from './app.ts';
import { browse } from './browse.ts';
import { csv } from './csv.ts';
import { exports } from './export.ts';
import { faults } from './faults.ts';
import { imports } from './import.ts';
import { lists } from './lists.ts';
import { politeness } from './politeness.ts';
import { pool } from './pool.ts';
import { store } from './store.ts';
import { probe } from './probe.ts';
import { verify } from './verify.ts';
import { xlsx } from './xlsx.ts';
import { reportOf, type Benchmark, type BenchmarkReport } from './benchmark.ts';
import { dns } from './dns.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { accuracy, address, aims, app, browse, csv, export: exports, faults, import: imports, lists, politeness, pool, dns, probe, store, verify, xlsx };

const [name = '', ...flags] = process.argv.slice(2);
const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
const rowsAt = flags.indexOf('--rows');
const rows = rowsAt < 0 ? undefined : Number(flags[rowsAt + 1]);
const unknown = flags.find((flag, at) => flag !== '--json' && (rowsAt < 0 || (at !== rowsAt && at !== rowsAt + 1)));

if (benchmark === undefined || unknown !== undefined || (rows !== undefined && !(Number.isSafeInteger(rows) && rows > 0))) {
  process.stderr.write(`Usage: npm run bench -- NAME [--rows N] [--json]\nBenchmarks: ${Object.keys(BENCHMARKS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const report = reportOf(name, await benchmark(rows === undefined ? {} : { rows }));
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(report)}\n` : inWords(report));
  process.exitCode = report.checks.every(({ ok }) => ok) ? 0 : 1;
}

function inWords({ checks, details, machine }: BenchmarkReport): string {
  const lines = checks.map(
    (check) => `${check.ok ? 'ok   ' : 'SHORT'} ${check.name}: ${String(check.value)} ${check.unit} (${check.op} ${String(check.bar)})`,
  );
  return `${lines.join('\n')}\n${JSON.stringify({ machine, details }, null, 2)}\n`;
}
