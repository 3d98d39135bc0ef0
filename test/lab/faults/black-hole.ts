// Hosts that swallow SYNs: they listen with the smallest backlog, never accept, and the backlog is full. Linux then
// answers no further SYN (tcp(7), tcp_abort_on_overflow). A thread of their own that stands still does it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface BlackHole {
  stop(): Promise<void>;
}

/** Linux takes one connection more than the backlog. */
const BACKLOG = 1;
const STANDS_STILL = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { port, hosts, backlog } = workerData;
  let left = hosts.length;
  for (const host of hosts) {
    const server = require('node:net').createServer();
    server.on('error', (error) => { throw error; });
    server.listen({ host, port, backlog }, () => {
      left -= 1;
      if (left > 0) return;
      parentPort.postMessage('listening');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  }
`;

/** Rejects where the port is taken. */
export async function startBlackHole(hosts: readonly [string, ...string[]], port: number): Promise<BlackHole> {
  const worker = new Worker(STANDS_STILL, { eval: true, workerData: { hosts, port, backlog: BACKLOG } });
  await once(worker, 'message');
  const inBacklog: Socket[] = [];
  for (const host of hosts) {
    for (let i = 0; i <= BACKLOG; i += 1) {
      const socket = connect({ host, port });
      inBacklog.push(socket);
      await once(socket, 'connect');
      socket.on('error', () => undefined);
    }
  }
  return {
    async stop() {
      for (const socket of inBacklog) socket.destroy();
      await worker.terminate();
    },
  };
}
