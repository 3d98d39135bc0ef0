// One run of the `verify` benchmark: its list and its store in a folder of their own, its process started and ended.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../store/seeded.ts';
import type { VerifyFigures, VerifyTask } from './task.ts';

/** As the command line is started: young objects that outlive a few milliseconds are few, and big semi-spaces only cost. */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];

export interface RunPlan extends Pick<VerifyTask, 'dnsPort' | 'smtpPort' | 'truth' | 'tolerant' | 'commits' | 'check' | 'watch'> {
  readonly addresses: number;
  readonly domains: number;
}

export async function oneRun({ addresses, domains, ...rest }: RunPlan): Promise<VerifyFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-verify-'));
  try {
    const csv = join(folder, 'list.csv');
    await writeList(csv, addresses, domains);
    const dir = join(folder, 'store');
    mkdirSync(dir);
    return await inProcess({ csv, dir, ...rest });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inProcess(task: VerifyTask): Promise<VerifyFigures> {
  const profile = process.env['WINNOW_BENCH_PROFILE'];
  const child = fork(join(import.meta.dirname, 'verify-process.ts'), [], {
    execArgv: [...NODE_FLAGS, ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`])],
  });
  const exited = once(child, 'exit');
  const answered = once(child, 'message') as Promise<[VerifyFigures]>;
  child.send(task);
  const ended = exited.then(([code]) => {
    throw new Error(`The run's process ended with ${String(code)}`);
  });
  const [figures] = await Promise.race([answered, ended]);
  await exited;
  return figures;
}

/** `user<i>@d<k>.test`: each domain as often as the others, in a seeded random order. */
async function writeList(path: string, addresses: number, domains: number): Promise<void> {
  const random = seeded(7);
  const step = stepThrough(domains, random);
  const file = await open(path, 'w');
  for (let at = 0; at < addresses; at += 50_000) {
    let text = at === 0 ? 'email\n' : '';
    for (let row = at; row < Math.min(addresses, at + 50_000); row += 1) text += `user${String(row)}@d${String(step())}.test\n`;
    await file.write(text);
  }
  await file.close();
}

/** Every number below `count` once, in random order, and again in another one. */
function stepThrough(count: number, random: () => number): () => number {
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  let left = 0;
  return () => {
    if (left === 0) left = count;
    const at = Math.floor(random() * left);
    left -= 1;
    const picked = numbers[at] ?? 0;
    numbers[at] = numbers[left] ?? 0;
    numbers[left] = picked;
    return picked;
  };
}
