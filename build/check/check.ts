// npm run check: every checker, two at a time, and one line each; what a failing one says follows.
// `--fixture` checks the deliberately bad tree instead: red is then what a healthy check looks like.
// Never stops at the first failure.
import { capture } from '../setup/child-process.mjs';
import { inProject, projectNode, projectRoot } from '../setup/paths.mjs';
import { SetupError } from '../setup/steps.mjs';
import { type Checker, checkersFor } from './checkers.ts';

export const badFixture = inProject('test/fixtures/bad-layers');

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
}

/** How the checkers are run beside something else: where their lines go, and that they give way to it. */
interface CheckBeside {
  readonly write?: (text: string) => void;
  readonly background?: boolean;
}

export async function check(args: readonly string[], { write = (text) => process.stdout.write(text), background = false }: CheckBeside = {}): Promise<number> {
  const unknown = args.find((arg) => arg !== '--fixture');
  if (unknown !== undefined) throw new SetupError(`check does not know "${unknown}".`, 'npm run check, or npm run check -- --fixture');
  const tree = args.includes('--fixture') ? badFixture : projectRoot;
  const failures: CheckResult[] = [];
  await runCheckers(tree, (result, seconds) => {
    write(`${result.passed ? 'ok  ' : 'FAIL'}  ${result.name} (${seconds.toFixed(1)} s)\n`);
    if (!result.passed) failures.push(result);
  }, background);
  for (const { name, output } of failures) write(`\n-- ${name}\n${output.trimEnd()}\n`);
  if (failures.length > 0) write(`\nCheck failed: ${failures.map(({ name }) => name).join(', ')}.\n`);
  return failures.length === 0 ? 0 : 1;
}

/** Runs every checker over a tree; `onDone` hears of each as it ends. */
export async function runCheckers(
  tree: string,
  onDone: (result: CheckResult, seconds: number) => void = () => undefined,
  background = false,
): Promise<readonly CheckResult[]> {
  const waiting = [...checkersFor(tree)];
  const results: CheckResult[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const startedMs = Date.now();
      const result = await runChecker(next, tree, background);
      results.push(result);
      onDone(result, (Date.now() - startedMs) / 1000);
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

async function runChecker({ name, args }: Checker, tree: string, background: boolean): Promise<CheckResult> {
  const { code, output } = await capture(projectNode, args, { cwd: tree, background });
  return { name, passed: code === 0, output };
}
