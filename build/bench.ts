// npm run bench -- NAME [--json]: one benchmark by name, in Node 24, straight from the source.
// Standard output belongs to the benchmark.
// Never builds anything: benchmarks import the source.
import { existsSync } from 'node:fs';
import { childExit } from './setup/child-process.mjs';
import { inProject, projectNode, projectRoot } from './setup/paths.mjs';
import { SetupError } from './setup/steps.mjs';

export async function bench(args: readonly string[]): Promise<number> {
  const script = inProject('test/bench/index.ts');
  if (!existsSync(script)) throw new SetupError('There are no benchmarks yet (test/bench/index.ts).', 'Nothing to be done: they come later.');
  return childExit(projectNode, [script, ...args], { cwd: projectRoot });
}
