// The farm in Node, for a machine without a C compiler: the same arguments and the same words on stdin and stdout as
// smtp-farm.c. Listens on every host's address at one port and answers as farm-session says. Ends with stdin.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { DelayedWrites } from './delayed-writes.ts';
import { FarmSession, GREETING, type FarmCounters } from './farm-session.ts';

/** Another program may hold the port on one of the other addresses. */
const TRIES = 20;

const [latencyUs = '0', threshold = '0', seed = '0', ...addresses] = process.argv.slice(2);
const truth = { unknownShare: Number(threshold) / 2 ** 32, seed: Number(seed) };
const counters: FarmCounters = { connections: 0, recipients: 0, violations: 0 };
const writes = new DelayedWrites(Number(latencyUs) / 1_000);

function serve(socket: Socket): void {
  const session = new FarmSession(truth, counters);
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    const replies = session.push(chunk.toString('latin1'));
    if (replies !== '') writes.write(socket, replies, session.over);
  });
  writes.write(socket, GREETING, false);
}

async function listen(port: number, address: string): Promise<Server> {
  const server = createServer(serve);
  server.listen({ port, host: address, backlog: 4_096 });
  await once(server, 'listening');
  return server;
}

/** One port that is free on all addresses. */
async function listenOnAll(): Promise<number> {
  const [first = '127.0.0.1', ...others] = addresses;
  for (let tries = 1; ; tries += 1) {
    const server = await listen(0, first);
    const { port } = server.address() as AddressInfo;
    const opened = await Promise.allSettled(others.map(async (address) => listen(port, address)));
    if (opened.every(({ status }) => status === 'fulfilled')) return port;
    server.close();
    for (const result of opened) if (result.status === 'fulfilled') result.value.close();
    if (tries === TRIES) throw new Error('No port is free on all addresses');
  }
}

process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ ...counters, cpuMs: (user + system) / 1_000, meanLateMs: writes.meanLateMs })}\n`);
});
process.stdin.on('end', () => process.exit());
process.stdout.write(`PORT ${String(await listenOnAll())}\n`);
