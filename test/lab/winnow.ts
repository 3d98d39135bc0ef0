// Runs the command line as a user would, in a process of its own, with a store and files of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '../../electron/headless/index.ts');
/** What Node made of the source is kept: most commands take less time than the taking away of types. */
const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/winnow-compiled');

export interface WinnowResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningWinnow {
  readonly child: ChildProcess;
  readonly done: Promise<WinnowResult>;
  /** Resolves with the match when standard error has said something that matches; rejects if the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `winnow ARGS`. `entry`: the program to run, the source by default. */
export function startWinnow(args: readonly string[], options: { stdin?: string | Buffer; env?: NodeJS.ProcessEnv; entry?: string } = {}): RunningWinnow {
  const child = spawn(process.execPath, [options.entry ?? ENTRY, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...options.env },
  });
  const out: Buffer[] = [];
  let stderr = '';
  let ended = false;
  const watchers: { pattern: RegExp; resolve: (match: RegExpExecArray) => void; reject: (error: Error) => void }[] = [];
  const look = () => {
    for (const watcher of [...watchers]) {
      const match = watcher.pattern.exec(stderr);
      if (match === null) continue;
      watchers.splice(watchers.indexOf(watcher), 1);
      watcher.resolve(match);
    }
  };
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    look();
  });
  // A command that does not read its input may have ended before it was written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  const done = new Promise<WinnowResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      ended = true;
      look();
      for (const watcher of watchers.splice(0)) watcher.reject(new Error(`winnow ended without saying ${String(watcher.pattern)}:\n${stderr}`));
      resolve({ code, signal, stdout: Buffer.concat(out).toString('utf8'), stderr });
    });
  });
  return {
    child,
    done,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const match = pattern.exec(stderr);
        if (match !== null) resolve(match);
        else if (ended) reject(new Error(`winnow ended without saying ${String(pattern)}:\n${stderr}`));
        else watchers.push({ pattern, resolve, reject });
      }),
  };
}

export function runWinnow(args: readonly string[], options: Parameters<typeof startWinnow>[1] = {}): Promise<WinnowResult> {
  return startWinnow(args, options).done;
}

/** A new empty folder and its removal. */
export function temporaryFolder(prefix = 'winnow-test-'): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  return {
    dir,
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
