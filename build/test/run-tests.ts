// npm test: the set-up each step needs, then check, unit, integration, the store inside Electron, and end-to-end.
// Two steps run beside each other: one that waits for servers and deadlines most of the time, and one that computes and
// gives way to it. Every step runs, whatever failed before it; the summary names what failed, and the exit code says it.
// Never skips a step because something is missing: that is a failure with a remedy.
import { check } from '../check/check.ts';
import { startDisplay, type Display } from '../electron/display.ts';
import { ensureStagedApp, type StagedApp } from '../electron/stage-app.ts';
import { childExit } from '../setup/child-process.mjs';
import { inProject, projectNode, projectRoot } from '../setup/paths.mjs';
import { ensureMailServers } from '../setup/mail-servers.ts';
import { SetupError, reportFailure, step } from '../setup/steps.mjs';
import { ensureSystemPackages } from '../setup/system-packages.ts';
import { describeRuntime } from './describe-runtime.ts';
import { prefixLines } from './prefix-lines.ts';

const defaultSteps = ['check', 'unit', 'integration', 'store', 'e2e'] as const;
type TestStep = (typeof defaultSteps)[number];

/** Steps that wait more than they compute; the others run beside them. Each lane in the order of `defaultSteps`. */
const waitingSteps: readonly TestStep[] = ['integration', 'e2e'];

function isTestStep(name: string): name is TestStep {
  return (defaultSteps as readonly string[]).includes(name);
}

interface StepResult {
  readonly name: TestStep;
  readonly exitCode: number;
  readonly seconds: number;
}

/** @param args names of steps to run only those; everything from the first `-` on goes to vitest */
export async function runTests(args: readonly string[]): Promise<number> {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  // `npm test -- e2e -- FILE`: what follows `--` is vitest's; the two dashes themselves would hide the file from it.
  const options = firstOption === -1 ? [] : args.slice(firstOption).filter((arg, index) => index > 0 || arg !== '--');
  const unknown = names.find((name) => !isTestStep(name));
  if (unknown !== undefined) throw new SetupError(`There is no test step "${unknown}".`, `Steps: ${defaultSteps.join(', ')}.`);
  const steps: readonly TestStep[] = names.length === 0 ? defaultSteps : names.filter(isTestStep);

  const app = await setUp(steps);
  const display = process.platform === 'linux' && steps.some(needsDisplay) ? await startDisplay() : undefined;
  const env = environment(app, display);
  const lanes = [steps.filter((name) => waitingSteps.includes(name)), steps.filter((name) => !waitingSteps.includes(name))].filter(({ length }) => length > 0);
  const results: StepResult[] = [];
  try {
    await Promise.all(
      lanes.map(async (lane, index) => {
        for (const name of lane) results.push(await timedStep({ name, options, env, beside: lanes.length > 1, background: index > 0 }));
      }),
    );
  } finally {
    await display?.close();
  }
  return summarise(steps.flatMap((step) => results.find(({ name }) => name === step) ?? []));
}

interface StepRun {
  readonly name: TestStep;
  /** vitest's. */
  readonly options: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Another one runs at the same time: each line says whose it is. */
  readonly beside: boolean;
  /** It gives way to the other one. */
  readonly background: boolean;
}

async function timedStep(run: StepRun): Promise<StepResult> {
  const { name, beside } = run;
  const startedMs = Date.now();
  const lines = beside ? prefixLines(name, (text) => process.stdout.write(text)) : undefined;
  process.stdout.write(`\n== ${name}\n`);
  const exitCode = await runStep(run, lines?.write).catch(reportFailure);
  lines?.end();
  return { name, exitCode, seconds: (Date.now() - startedMs) / 1000 };
}

/** Whatever may start an Electron or dial a real server needs these things in place. */
async function setUp(steps: readonly TestStep[]): Promise<StagedApp | undefined> {
  if (steps.every((name) => name === 'check' || name === 'unit')) return undefined;
  const mailServer = steps.includes('integration');
  await step('System packages', (say) => ensureSystemPackages({ electron: true, display: true, mailServer }, say));
  if (mailServer) await step('Mail servers', ensureMailServers);
  return ensureStagedApp();
}

function needsDisplay(name: TestStep): boolean {
  return name === 'e2e';
}

function environment(app: StagedApp | undefined, display: Display | undefined): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(app === undefined ? {} : { WINNOW_ELECTRON_BIN: app.executable, WINNOW_STAGED_APP: app.appDir }),
    ...(display === undefined ? {} : { DISPLAY: display.name }),
  };
}

/** @param onOutput takes what the step writes; without it, the step has the terminal */
async function runStep({ name, options, env, background }: StepRun, onOutput: ((text: string) => void) | undefined): Promise<number> {
  const write = onOutput ?? ((text: string) => process.stdout.write(text));
  /** vitest fails by itself when a project has no test files or a file has no test. */
  const vitest = (...projects: readonly string[]): Promise<number> => {
    const args = [inProject('node_modules/vitest/vitest.mjs'), 'run', ...projects.map((project) => `--project=${project}`), ...options];
    return childExit(projectNode, args, { env, cwd: projectRoot, background, ...(onOutput === undefined ? {} : { onOutput }) });
  };
  switch (name) {
    case 'check':
      return check([], { write, background });
    case 'store': {
      const executable = env['WINNOW_ELECTRON_BIN'] ?? '';
      const appDir = env['WINNOW_STAGED_APP'] ?? '';
      write(`${await describeRuntime(executable, appDir)}\n`);
      return vitest('store-in-electron');
    }
    case 'integration':
      write(`${await describeRuntime(projectNode, projectRoot)}\n`);
      return vitest('integration', 'integration-alone');
    case 'unit':
    case 'e2e':
      return vitest(name);
  }
}

function summarise(results: readonly StepResult[]): number {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.map(
    ({ name, exitCode, seconds }) => `  ${name.padEnd(width)}  ${exitCode === 0 ? 'passed' : 'FAILED'}  ${seconds.toFixed(0).padStart(4)} s`,
  );
  const failed = results.filter(({ exitCode }) => exitCode !== 0).map(({ name }) => name);
  const verdict = failed.length === 0 ? 'All passed.' : `Failed: ${failed.join(', ')}.`;
  process.stdout.write(`\n${lines.join('\n')}\n${verdict}\n`);
  return failed.length === 0 ? 0 : 1;
}
