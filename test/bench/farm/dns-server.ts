// Starts the DNS server of the benchmarks in a process of its own: the C program where a compiler is at hand (Node cannot
// answer as fast as it can ask), or else the same in Node.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FarmDnsServer {
  readonly host: string;
  readonly port: number;
  /** What answers, for the details of a report. */
  readonly program: 'C' | 'Node';
  stop(): Promise<void>;
}

export async function startFarmDnsServer(): Promise<FarmDnsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const compiled = join(folder, 'dns-server');
  const source = join(import.meta.dirname, 'dns-server.c');
  const inC = spawnSync('cc', ['-O2', '-o', compiled, source], { stdio: 'ignore' }).status === 0;
  const child = inC
    ? spawn(compiled, [], { stdio: ['pipe', 'pipe', 'inherit'] })
    : spawn(process.execPath, [join(import.meta.dirname, 'dns-server-program.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(/^PORT (\d+)/.exec(line.toString())?.[1]);
  return {
    host: '127.0.0.1',
    port,
    program: inC ? 'C' : 'Node',
    async stop() {
      child.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
