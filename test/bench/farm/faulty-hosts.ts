// Starts hosts that fail beside a farm, in a process of their own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface FaultyHostsOptions {
  readonly addresses: readonly string[];
  /** The farm's. */
  readonly port: number;
}

export interface FaultyHosts {
  stop(): Promise<void>;
}

/** Throws where the port is taken on one of the addresses. */
export async function startFaultyHosts(options: FaultyHostsOptions): Promise<FaultyHosts> {
  const child = fork(join(import.meta.dirname, 'faulty-hosts-program.ts'), [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const exited = once(child, 'exit');
  const [first] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
  if (first !== 'listening') throw new Error('The faulty hosts did not start');
  return {
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

/** Addresses for them, none of which a farm uses. */
export function faultyAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `127.41.${String(Math.floor(i / 250))}.${String((i % 250) + 1)}`);
}
