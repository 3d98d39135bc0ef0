// A vitest pool whose workers are the staged Electron run as Node: the same test files, on its Node and its SQLite.
// vitest itself stays on Node 24; only the tests run inside Electron, with the runtime's own better-sqlite3.
// Never falls back to another Node: a process of theirs that is not Electron refuses to run (typescript-in-electron.mjs).
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from 'vitest/node';

const stopLimitMs = 2_000;
const preload = pathToFileURL(join(import.meta.dirname, 'typescript-in-electron.mjs')).href;

interface StagedElectron {
  /** Its RunAsNode fuse must be on, as in every development runtime. */
  readonly executable: string;
  /** The app staged in it, with the better-sqlite3 that fits. */
  readonly appDir: string;
}

class ElectronWorker implements PoolWorker {
  readonly name = 'electron';
  readonly #staged: StagedElectron;
  readonly #options: PoolOptions;
  #child: ChildProcess | undefined;

  constructor(staged: StagedElectron, options: PoolOptions) {
    this.#staged = staged;
    this.#options = options;
  }

  start(): Promise<void> {
    const { distPath, env, project } = this.#options;
    const child = fork(join(distPath, 'workers/forks.js'), [], {
      execPath: this.#staged.executable,
      execArgv: [],
      // In the environment, not among the arguments: whatever the tests start themselves gets both too.
      env: { ...env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${preload}`, WINNOW_STAGED_APP: this.#staged.appDir },
      stdio: 'pipe',
      serialization: 'advanced',
    });
    child.stdout?.pipe(project.vitest.logger.outputStream, { end: false });
    child.stderr?.pipe(project.vitest.logger.errorStream, { end: false });
    this.#child = child;
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    const child = this.#running();
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill();
    });
  }

  on(event: string, callback: (...args: never[]) => void): void {
    this.#running().on(event, callback as (...args: unknown[]) => void);
  }

  off(event: string, callback: (...args: never[]) => void): void {
    this.#running().off(event, callback as (...args: unknown[]) => void);
  }

  send(message: Parameters<PoolWorker['send']>[0]): void {
    this.#running().send(message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #running(): ChildProcess {
    if (this.#child === undefined) throw new Error('The Electron worker has not been started.');
    return this.#child;
  }
}

export function electronPool(staged: StagedElectron): PoolRunnerInitializer {
  return { name: 'electron', createPoolWorker: (options) => new ElectronWorker(staged, options) };
}
