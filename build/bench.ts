// npm run bench -- NAME [--json]: one benchmark by name, in Node 24, straight from the source.
// Standard output belongs to the benchmark.
// Never builds anything: benchmarks import the source. Installs what the other side of a benchmark is, where it may.
import { existsSync } from 'node:fs';
import { childExit } from './setup/child-process.mjs';
import { inProject, projectNode, projectRoot } from './setup/paths.mjs';
import { SetupError, step } from './setup/steps.mjs';
import { ensureSystemPackages } from './setup/system-packages.ts';

/** Measured beside the sqlite3 shell. */
const BESIDE_SQLITE = ['export', 'import'];

export async function bench(args: readonly string[]): Promise<number> {
  const script = inProject('test/bench/index.ts');
  if (!existsSync(script)) throw new SetupError('There are no benchmarks yet (test/bench/index.ts).', 'Nothing to be done: they come later.');
  if (BESIDE_SQLITE.includes(args[0] ?? '')) await step('System packages', (say) => ensureSystemPackages({ benchmarks: true }, say));
  return childExit(projectNode, [script, ...args], { cwd: projectRoot });
}
