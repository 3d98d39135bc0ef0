// A peer that is stopped in its tracks (SIGSTOP): its kernel still acknowledges, so only our own deadlines help
// (faults row 23), and its full backlog swallows new connections (row 2).
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, closeClean, COMMAND_MS, CONNECT_MS, failureOf, openPool, sessionOf } from './harness.ts';

/** Listens with the smallest backlog, greets, and answers every line with 250. Prints its port. */
const PEER = `
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 frozen.test\\r\\n');
    socket.on('data', (data) => { for (const line of data.toString().split('\\r\\n')) if (line) socket.write('250 ok\\r\\n'); });
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

let stopping: { kill: () => void }[] = [];
afterEach(() => {
  for (const each of stopping) each.kill();
  stopping = [];
});

async function startPeer(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', PEER], { stdio: ['ignore', 'pipe', 'inherit'] });
  stopping.push({ kill: () => child.kill('SIGKILL') });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(line.toString()) };
}

/** Stops the process and waits until the kernel says that it is. */
async function freeze(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP');
  const state = (): string | undefined => readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8').split(') ')[1]?.[0];
  while (state() !== 'T') await new Promise(setImmediate);
}

async function occupy(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  stopping.push({ kill: () => socket.destroy() });
  await once(socket, 'connect');
  return socket;
}

describe('a frozen peer', () => {
  it('row 23: ends a flight at its deadline', async () => {
    const bench = openPool();
    const { child, port } = await startPeer();
    const session = sessionOf(await bench.pool.acquire({ ip: '127.0.0.1', port, mxHost: 'mx.test' }));
    await freeze(child);
    const flight = ask(session, ['a@x.test']);
    await bench.clock.armed(COMMAND_MS);
    bench.clock.advance(COMMAND_MS);
    expect(await flight).toMatchObject({ replies: [null], failure: { code: 'Timeout', stage: 'MAIL', reply: null } });
    expect(session.usable).toBe(false);
    await closeClean(bench);
  });

  it('row 2: a full backlog ends a connection at its deadline', async () => {
    const bench = openPool();
    const { child, port } = await startPeer();
    await freeze(child);
    // Linux takes one more than the backlog, then drops each SYN.
    await occupy(port);
    await occupy(port);
    const pending = bench.pool.acquire({ ip: '127.0.0.1', port, mxHost: 'mx.test' });
    await bench.clock.armed(CONNECT_MS);
    bench.clock.advance(CONNECT_MS);
    expect(failureOf(await pending)).toMatchObject({ code: 'ConnectTimeout', stage: 'CONNECT', reply: null });
    await closeClean(bench);
  });
});
