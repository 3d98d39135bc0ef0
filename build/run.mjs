#!/usr/bin/env node
// The one way in: `node build/run.mjs COMMAND [arguments]`, called by every npm script.
// It owns what must happen before the project's own Node and packages are there: dependencies by
// lock file, then everything else runs in Node 24 (node_modules/.bin/node).
// It always writes to standard error only, so that a command's standard output stays its own.
// It never needs a package: it runs on any Node from 20.19 in a bare checkout.
import { existsSync } from 'node:fs';
import { childExit } from './setup/child-process.mjs';
import { bundlesAreFresh } from './setup/input-hash.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { callerDir, commandScript, headlessBundle, projectNode } from './setup/paths.mjs';
import { reportFailure, step } from './setup/steps.mjs';

const usage = `Usage: npm start | npm test | npm run check|winnow|bench|package|soak [-- arguments]

  start      build and open the app (under Xvfb when there is no display)
  test       check, unit, integration, store tests in Electron, end-to-end; name steps to run only those
  check      types, lint, layers, dead code
  winnow     the command line: winnow verify|check|classify|practice
  bench      a benchmark by name
  package    package the app: --dir for an unpacked one
  soak       the long tests: [faults|farm|kill|wal] --seeds N, --addresses N, --kills N, --tears N, --only FAULT, --json
`;
const commands = ['start', 'test', 'check', 'winnow', 'bench', 'package', 'soak', 'build', 'setup'];

/** Commands whose standard error belongs to the user's own work: set-up speaks only when it does something. */
const quietCommands = ['winnow', 'bench', 'soak'];

/** Young objects that outlive a few milliseconds are few: bigger semi-spaces only cost memory (measured: 50 MB). */
const headlessNodeFlags = ['--enable-source-maps', '--max-semi-space-size=8'];

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  if (!commands.includes(command)) {
    process.stderr.write(usage);
    return 2;
  }
  await step('Dependencies', ensureDependencies, { quiet: quietCommands.includes(command) });
  if (command !== 'winnow') return childExit(projectNode, [commandScript, command, ...args]);
  // One process between npm and the command line, not two: signals and streams then behave as without it.
  if (!bundlesAreFresh()) {
    const built = await childExit(projectNode, [commandScript, 'build', '--quiet'], { stdio: ['ignore', 2, 2] });
    if (built !== 0) return built;
  }
  if (!existsSync(headlessBundle)) throw new Error('The build left no command line behind: remove the folder dist and run again.');
  return childExit(projectNode, [...headlessNodeFlags, headlessBundle, ...args], { cwd: callerDir() });
}

process.exitCode = await main().catch(reportFailure);
