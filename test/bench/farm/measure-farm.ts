// How fast the farm itself is: flights of 50 RCPT that were made beforehand, replies only counted, on bare sockets. Its
// figure bounds what any client can be seen to reach.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Farm } from './start-farm.ts';

const FLIGHT = 50;
const FLIGHTS_A_CONNECTION = 100;

/** RCPT a second, over so many connections at once. For a farm without latency. */
export async function measureFarm(farm: Farm, connections: number): Promise<number> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async (_, i) => {
      const socket = connect({ host: farm.hosts[i % farm.hosts.length] ?? '', port: farm.port, noDelay: true });
      socket.on('error', () => undefined);
      await once(socket, 'data');
      socket.write('MAIL FROM:<v@me.test>\r\n');
      await once(socket, 'data');
      return { socket, flight: Buffer.from(Array.from({ length: FLIGHT }, (_, n) => `RCPT TO:<user${String(i * FLIGHT + n)}@d${String(i)}.example.net>\r\n`).join('')) };
    }),
  );
  const startedMs = performance.now();
  await Promise.all(
    sockets.map(
      ({ socket, flight }) =>
        new Promise<void>((resolve) => {
          let [flights, replies] = [1, 0];
          socket.on('data', (chunk: Buffer) => {
            for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) replies += 1;
            if (replies < flights * FLIGHT) return;
            if (flights === FLIGHTS_A_CONNECTION) resolve();
            else {
              flights += 1;
              socket.write(flight);
            }
          });
          socket.write(flight);
        }),
    ),
  );
  const tookMs = performance.now() - startedMs;
  for (const { socket } of sockets) socket.destroy();
  return Math.round((connections * FLIGHT * FLIGHTS_A_CONNECTION * 1_000) / tookMs);
}
