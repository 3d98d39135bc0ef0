// A scripted SOCKS5 server on loopback (RFC 1928, RFC 1929) that really connects onward. It records what it was asked, so
// that a test can tell that a connection came through it, and can fail in every way that a proxy can.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface SocksScript {
  /** Wanted of every client; absent: no login. */
  readonly login?: { readonly user: string; readonly password: string };
  /** The reply to CONNECT other than success (RFC 1928 6), e.g. 5: connection refused. */
  readonly refuseWith?: number;
  /** `method`, `connect`: says nothing any more from there. */
  readonly silentAt?: 'method' | 'connect';
  /** Instead of the answer to the first packet. */
  readonly nonsense?: string;
  /** Holds its success back until the target has spoken, and sends both in one packet. */
  readonly glue?: boolean;
}

export interface SocksServer {
  readonly host: string;
  readonly port: number;
  /** Destinations asked for, `ip:port`. */
  readonly requests: readonly string[];
  /** Logins that were sent, `user:password`. */
  readonly logins: readonly string[];
  stop(): Promise<void>;
}

export async function startSocksServer(script: SocksScript = {}): Promise<SocksServer> {
  const requests: string[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    void serve(client, script, { requests, logins, sockets });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    host: address,
    port,
    requests,
    logins,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Records {
  readonly requests: string[];
  readonly logins: string[];
  readonly sockets: Set<Socket>;
}

async function serve(client: Socket, script: SocksScript, { requests, logins, sockets }: Records): Promise<void> {
  const methods = await packet(client);
  if (script.silentAt === 'method') return;
  if (script.nonsense !== undefined) {
    client.end(script.nonsense);
    return;
  }
  const method = script.login === undefined ? 0 : 2;
  if (!methods.subarray(2).includes(method)) {
    client.end(Buffer.from([5, 0xff]));
    return;
  }
  client.write(Buffer.from([5, method]));
  if (script.login !== undefined) {
    const login = await packet(client);
    const userEnd = 2 + (login[1] ?? 0);
    const sent = { user: login.subarray(2, userEnd).toString(), password: login.subarray(userEnd + 1).toString() };
    logins.push(`${sent.user}:${sent.password}`);
    const ok = sent.user === script.login.user && sent.password === script.login.password;
    if (!ok) {
      client.end(Buffer.from([1, 1]));
      return;
    }
    client.write(Buffer.from([1, 0]));
  }
  const request = await packet(client);
  const { host, port } = destinationOf(request);
  requests.push(`${host}:${String(port)}`);
  if (script.silentAt === 'connect') return;
  if (script.refuseWith !== undefined) {
    client.end(Buffer.from([5, script.refuseWith, 0, 1, 0, 0, 0, 0, 0, 0]));
    return;
  }
  const target = connect({ host, port });
  sockets.add(target);
  target.on('error', () => client.destroy());
  await once(target, 'connect');
  const success = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]);
  if (script.glue === true) client.write(Buffer.concat([success, await packet(target)]));
  else client.write(success);
  client.pipe(target);
  target.pipe(client);
}

async function packet(socket: Socket): Promise<Buffer> {
  const data = once(socket, 'data') as Promise<[Buffer]>;
  socket.resume();
  const [chunk] = await data;
  socket.pause();
  return chunk;
}

function destinationOf(request: Buffer): { readonly host: string; readonly port: number } {
  const v6 = request[3] === 4;
  const address = request.subarray(4, v6 ? 20 : 8);
  const host = v6 ? Array.from({ length: 8 }, (_, i) => address.readUInt16BE(i * 2).toString(16)).join(':') : address.join('.');
  return { host, port: request.readUInt16BE(v6 ? 20 : 8) };
}
