// Child processes of the set-up and of the npm scripts.
// A child that takes over the terminal gets its streams untouched and every signal exactly once;
// a tool that runs under a progress line is captured, and heard only when it fails.
// Never goes through a shell.
import { spawn } from 'node:child_process';

/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a child in our place and answers its exit code (128 + signal number as shells do when a signal ended it).
 * We outlive it: a signal is handed on and the child decides. A Ctrl-C on a terminal reaches the whole foreground
 * group by itself; handing it on as well would count as a second one.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>}
 */
export function childExit(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
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
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + signalNumber(signal));
    });
  });
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
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, input?: string }} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output` is both streams as they came
 */
export function capture(file, args, options = {}) {
  const { input = '', ...rest } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...rest, stdio: ['pipe', 'pipe', 'pipe'] });
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
