// A display for Electron where there is none: an Xvfb of our own on a number that is free.
// It ends with us, however we end: a small shell holds a pipe from us and stops Xvfb when that closes.
// Never in our process group: a Ctrl-C must not take the display away before the app has closed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from '../setup/steps.mjs';

export interface Display {
  /** As the environment variable DISPLAY wants it. */
  readonly name: string;
  readonly close: () => Promise<void>;
}

const startLimitMs = 15_000;
const screen = '1600x1000x24';
const keeper = 'Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp >/dev/null 2>&1 & server=$!; exec 3>&-; read -r _; kill "$server"; wait "$server"';

export function hasDisplay(): boolean {
  const { platform, env } = process;
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

export async function startDisplay(): Promise<Display> {
  const shell = spawn('/bin/sh', ['-c', keeper, 'sh', screen], { detached: true, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const ended = once(shell, 'exit');
  const close = async () => {
    shell.stdin?.end();
    await ended;
  };
  const numbers = shell.stdio[3] as NodeJS.ReadableStream;
  try {
    return { name: `:${await firstLine(numbers)}`, close };
  } catch (error) {
    await close();
    throw new SetupError('Xvfb did not start.', 'Install the package xvfb, or run with a display.', String(error));
  }
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const limit = setTimeout(() => {
      reject(new Error(`no display number within ${String(startLimitMs / 1000)} s`));
    }, startLimitMs);
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(limit);
      resolve(text.trim());
    });
    stream.once('end', () => {
      clearTimeout(limit);
      reject(new Error('it ended at once'));
    });
  });
}
