// Starts a side's process and hands it tasks, one at a time.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProbeFigures, ProbeTask } from './task.ts';

export const SIDES = ['winnow', 'naive', 'devmehq', 'emailcheck'] as const;
export type SideName = (typeof SIDES)[number];

export interface Side {
  readonly name: SideName;
  run(task: ProbeTask): Promise<ProbeFigures>;
  stop(): Promise<void>;
}

export function startSide(name: SideName): Side {
  const child = fork(join(import.meta.dirname, 'side-process.ts'), [name], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const exited = once(child, 'exit');
  return {
    name,
    async run(task) {
      const answer = once(child, 'message') as Promise<[ProbeFigures]>;
      child.send(task);
      const ended = exited.then(() => {
        throw new Error(`${name} ended before its figures`);
      });
      return (await Promise.race([answer, ended]))[0];
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
