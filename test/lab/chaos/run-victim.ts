// Runs a victim and kills it (SIGKILL) at the n-th event of a kind: a line that it says, a change that it makes to files,
// a recipient that it asks a server for. No clock is asked, so a slow machine has the same moments as a fast one.
// Resolves when the process is gone; rejects when it failed by itself.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import type { VictimTask } from './victim-task.ts';

export type EventKind = 'line' | 'write' | 'recipient';

export interface Moment {
  readonly kind: EventKind;
  /** From 1. */
  readonly count: number;
}

export interface VictimRun {
  readonly task: VictimTask;
  /** Null: it is left alone. */
  readonly moment: Moment | null;
  /** Folders that are there already; each change of an entry is a `write`. */
  readonly folders: readonly string[];
  /** Calls back for each recipient that a server is asked for, until the function that it gives back is called. */
  readonly onRecipient?: (heard: () => void) => () => void;
  /** Where what Node has compiled is kept: victims start in half of the time. */
  readonly compileCache: string;
  /** The program. */
  readonly victim: string;
}

export interface VictimEnd {
  /** Whole lines: one that was cut off was not said. */
  readonly said: readonly string[];
  /** False: it had come to its end before. */
  readonly killed: boolean;
  readonly seen: Readonly<Record<EventKind, number>>;
}

export function runVictim({ task, moment, folders, onRecipient, compileCache, victim }: VictimRun): Promise<VictimEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [victim, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    });
    const seen = { line: 0, write: 0, recipient: 0 };
    const heard = (kind: EventKind, times = 1): void => {
      const before = seen[kind];
      seen[kind] += times;
      if (moment?.kind === kind && before < moment.count && seen[kind] >= moment.count) child.kill('SIGKILL');
    };
    const watchers = folders.map((folder) => watch(folder, () => { heard('write'); }));
    const leave = onRecipient?.(() => { heard('recipient'); });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      heard('line', text.split('\n').length - 1);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const watcher of watchers) watcher.close();
      leave?.();
      if (signal === 'SIGKILL' || code === 0) resolve({ said: output.split('\n').slice(0, -1), killed: code !== 0, seen });
      else reject(new Error(`the victim ended with ${String(code ?? signal)}:\n${errors}`));
    });
  });
}
