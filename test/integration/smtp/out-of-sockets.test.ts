// Faults row 59: this machine has no socket to give. That is no host's fault: the pool waits and goes on, and a breaker
// that opens at the first failure of a host stays closed.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer } from '../../lab/smtp-server.ts';
import { startSocksServer } from '../../lab/socks-server.ts';

const PROGRAM = join(import.meta.dirname, 'out-of-sockets-program.ts');

let stopping: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

describe('out of file descriptors', () => {
  it.each([
    ['straight', false],
    ['through a proxy', true],
  ])('%s: backs off, and goes on', async (_name, proxied) => {
    const lab = await startSmtpServer();
    const socks = await startSocksServer();
    stopping.push(lab, socks);
    const proxy = proxied ? `socks5://127.0.0.1:${String(socks.port)}` : '';
    // Soft and hard, since Node raises the one to the other.
    const command = `ulimit -n 100 && exec "$0" --disable-warning=ExperimentalWarning "$@"`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, PROGRAM, String(lab.port), proxy]);
    expect(JSON.parse(stdout)).toEqual({ ok: true, outcomes: ['LocalFailure', 'greeted'] });
    expect(socks.requests).toHaveLength(proxied ? 1 : 0);
  });
});
