// npm run soak: the long tests, in Node 24, straight from the source.
// Standard output belongs to the soak; it can ask for a collection of garbage, to tell what is left from what is litter.
import { childExit } from './setup/child-process.mjs';
import { inProject, projectNode, projectRoot } from './setup/paths.mjs';

export async function soak(args: readonly string[]): Promise<number> {
  return childExit(projectNode, ['--expose-gc', '--disable-warning=ExperimentalWarning', inProject('test/soak/index.ts'), ...args], { cwd: projectRoot });
}
