// An SMTP load farm in a process of its own: so many hosts of 127.0.0.0/8, one port, one latency for each group of replies
// (greeting, EHLO, whatever a chunk of commands holds), a share of unknown users that is known beforehand, PIPELINING.
// The C program where a compiler is at hand: the client under test shares the machine, and in Node the farm would take as
// much of it. Or else the same in Node, which serves a million RCPT a second in flights of 50 too, if less punctually.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FarmCounters } from './farm-session.ts';

export interface FarmOptions {
  /** How many addresses it listens on; at most 60,000. */
  readonly hosts: number;
  /** Milliseconds from the end of a group of commands to its replies. */
  readonly latencyMs: number;
  /** 0-1: `user123@…` that are unknown all the same (known-recipient.ts). */
  readonly unknownShare: number;
  readonly seed: number;
  /** `Node`: not the C program, compiler or not. */
  readonly program?: 'Node';
}

export interface FarmReport extends FarmCounters {
  /** CPU of its process, user and system. */
  readonly cpuMs: number;
  /** How long after their time replies left, on average. */
  readonly meanLateMs: number;
}

export interface Farm {
  readonly port: number;
  /** Its IP addresses. */
  readonly hosts: readonly string[];
  /** What answers, for the details of a report. */
  readonly program: 'C' | 'Node';
  /** What it has served so far. */
  counters(): Promise<FarmReport>;
  close(): Promise<void>;
}

export async function startFarm({ hosts, latencyMs, unknownShare, seed, program }: FarmOptions): Promise<Farm> {
  const addresses = Array.from({ length: hosts }, (_, i) => `127.40.${String(Math.floor(i / 250))}.${String((i % 250) + 1)}`);
  const options = [Math.round(latencyMs * 1_000), Math.ceil(unknownShare * 2 ** 32), seed].map(String);
  const folder = mkdtempSync(join(tmpdir(), 'winnow-farm-'));
  const compiled = program === 'Node' ? null : compile(folder);
  const [command, first] = compiled === null ? [process.execPath, [join(import.meta.dirname, 'farm-process.ts')]] : [compiled, []];
  const child = spawn(command, [...first, ...options, ...addresses], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const started = (await Promise.race([once(lines, 'line'), exited])) as [string];
  const port = Number(/^PORT (\d+)$/.exec(started[0])?.[1]);
  if (Number.isNaN(port)) throw new Error('The farm did not start');
  return {
    port,
    hosts: addresses,
    program: compiled === null ? 'Node' : 'C',
    async counters() {
      const line = once(lines, 'line') as Promise<[string]>;
      child.stdin.write('counters\n');
      return JSON.parse((await line)[0]) as FarmReport;
    },
    async close() {
      child.stdin.end();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The program's path; null where there is no compiler. */
function compile(folder: string): string | null {
  const path = join(folder, 'smtp-farm');
  const { status } = spawnSync('cc', ['-O2', '-o', path, join(import.meta.dirname, 'smtp-farm.c')], { stdio: 'ignore' });
  return status === 0 ? path : null;
}
