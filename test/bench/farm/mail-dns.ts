// Starts the DNS server that leads to the mail farm, in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface MailDnsOptions {
  /** The farm's hosts: `d<k>.<anything>` is served by the host of number k mod their count. */
  readonly addresses: readonly string[];
  readonly latencyMs: number;
}

export interface MailDns {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startMailDns(options: MailDnsOptions): Promise<MailDns> {
  const child = fork(join(import.meta.dirname, 'mail-dns-program.ts'), [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const exited = once(child, 'exit');
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
