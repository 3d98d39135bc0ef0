// Child processes of the set-up and of the npm scripts.
// A child that takes over the terminal gets its streams untouched and every signal exactly once;
// a tool that runs under a progress line is captured, and heard only when it fails.
// Never goes through a shell.
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A third of the share of the others, so that it goes on where they need everything. */
const BACKGROUND_NICENESS = 5;

/**
 * Runs a child in our place and answers its exit code (128 + signal number as shells do when a signal ended it).
 * We outlive it: a signal is handed on and the child decides. A Ctrl-C on a terminal reaches the whole foreground
 * group by itself; handing it on as well would count as a second one.
 * With `onOutput` the child has no terminal: what it writes goes there, both streams as they come, until they are closed.
 * `background`: it and all that it starts give way to the rest of the machine.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions, onOutput?: (text: string) => void, background?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function childExit(file, args, { onOutput, background = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: onOutput === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'], ...options });
    if (onOutput !== undefined) for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
    if (background && child.pid !== undefined) giveWay(child.pid);
    /** @param {NodeJS.Signals} signal */
    const handOn = (signal) => {
      const fromTerminal = signal === 'SIGINT' && (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
      if (!fromTerminal) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, handOn);
    const settle = () => {
      for (const signal of forwarded) process.off(signal, handOn);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once(onOutput === undefined ? 'exit' : 'close', (code, signal) => {
      settle();
      resolve(code ?? 128 + signalNumber(signal));
    });
  });
}

/** @param {number} pid of a child that may have ended */
function giveWay(pid) {
  try {
    setPriority(pid, BACKGROUND_NICENESS);
  } catch {
    // It has ended, or may not be told: it runs like any other.
  }
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  /** @type {Partial<Record<NodeJS.Signals, number>>} */
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
  return signal === null ? 0 : (numbers[signal] ?? 0);
}

/**
 * Runs a tool to its end and answers what it wrote; never rejects, a missing program is code 127.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, input?: string, background?: boolean }} [options] `background`: as of `childExit`
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output` is both streams as they came
 */
export function capture(file, args, options = {}) {
  const { input = '', background = false, ...rest } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...rest, stdio: ['pipe', 'pipe', 'pipe'] });
    if (background && child.pid !== undefined) giveWay(child.pid);
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stdin.on('error', () => {
      // A tool that reads no input closes it early; its exit code tells how it went.
    });
    child.stdin.end(input);
    child.once('error', (error) => {
      resolve({ code: 127, stdout, output: `${output}${error.message}` });
    });
    child.once('close', (code, signal) => {
      resolve({ code: code ?? 128 + signalNumber(signal), stdout, output });
    });
  });
}

/**
 * The end of a tool's output, short enough for a terminal.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 30) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
