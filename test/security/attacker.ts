// What an attacker on the network would see: a web server and a datagram socket on loopback that note every request.
// A guard holds if nothing arrives here; `reached` shows first that something would.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Attacker {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  readonly port: number;
  readonly udpPort: number;
  /** Method and path of each request, and `udp` for each datagram. */
  readonly seen: string[];
  /** Connections made to the web server, whatever was said on them. */
  readonly connections: () => number;
  /** Calls the server from this process, sees it arrive, and forgets it: proof that `seen` would show an attack. */
  readonly prove: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startAttacker(): Promise<Attacker> {
  const seen: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.url === '/redirect') response.writeHead(302, { location: '/landed' });
    else response.writeHead(200, { 'content-type': contentType(request.url ?? ''), 'access-control-allow-origin': '*' });
    response.end('window.attacked = true;');
  });
  server.on('connection', () => { connections += 1; });
  server.on('upgrade', (request, socket) => {
    seen.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const udp = createSocket('udp4', () => seen.push('udp'));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  return {
    origin,
    port,
    udpPort: udp.address().port,
    seen,
    connections: () => connections,
    prove: async () => {
      await fetch(`${origin}/proof`);
      connections = 0;
      if (seen.pop() !== 'GET /proof') throw new Error('the attacker sees nothing');
    },
    close: async () => {
      udp.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function contentType(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.css')) return 'text/css';
  if (path.endsWith('.bin')) return 'application/octet-stream';
  return 'text/html';
}
