// What every npm script does once Node 24 and the packages are there: run.mjs hands over to this.
// One case a command; each command's work is its own module.
// Never called by hand: it expects the dependencies to be in place.
import { bench } from './bench.ts';
import { ensureBundles } from './bundle/ensure-bundles.ts';
import { check } from './check/check.ts';
import { ensureStagedApp } from './electron/stage-app.ts';
import { packageApp } from './package/package-app.ts';
import { reportFailure, step } from './setup/steps.mjs';
import { soak } from './soak.ts';
import { start } from './start.ts';
import { runTests } from './test/run-tests.ts';

async function main(command: string, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'build':
      await step('Build', ensureBundles, { quiet: args.includes('--quiet') });
      return 0;
    case 'setup':
      await ensureStagedApp();
      return 0;
    case 'start':
      return start(args);
    case 'test':
      return runTests(args);
    case 'soak':
      return soak(args);
    case 'check':
      return check(args);
    case 'bench':
      return bench(args);
    case 'package':
      return packageApp(args);
    default:
      throw new Error(`No such command: ${command}`);
  }
}

const [command = '', ...args] = process.argv.slice(2);
process.exitCode = await main(command, args).catch(reportFailure);
