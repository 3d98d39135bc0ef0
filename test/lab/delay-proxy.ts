// A TCP proxy that delays both ways: a round trip over it takes `roundTripMs`, as to a server that is far away.
// For measurements on loopback. Bytes and their order are never changed; an end or error of one side ends the other.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Hears of one connection as it comes in; may look, never touch. */
export interface ProxyTap {
  client(chunk: Buffer): void;
  /** The client has ended its side. */
  clientEnd(): void;
  server(chunk: Buffer): void;
}

export interface DelayProxyOptions {
  readonly target: { readonly ip: string; readonly port: number };
  readonly roundTripMs: number;
  /** Where it listens; a free port of it is chosen. */
  readonly ip?: string;
  /** Called for each connection. */
  readonly tap?: () => ProxyTap;
}

export interface DelayProxy {
  readonly ip: string;
  readonly port: number;
  stop(): Promise<void>;
}

export async function startDelayProxy(options: DelayProxyOptions): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const oneWayMs = options.roundTripMs / 2;
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const upstream = connect({ host: options.target.ip, port: options.target.port, noDelay: true, allowHalfOpen: true });
    const tap = options.tap?.();
    if (tap !== undefined) listenIn(client, upstream, tap);
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(from);
      forward(from, to, oneWayMs);
      from.once('close', () => sockets.delete(from));
    }
  });
  server.listen(0, options.ip ?? '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    ip: address,
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function listenIn(client: Socket, upstream: Socket, tap: ProxyTap): void {
  let isOver = false;
  const end = (): void => {
    if (!isOver) tap.clientEnd();
    isOver = true;
  };
  client.on('data', (chunk) => {
    tap.client(chunk);
  });
  client.once('end', end).once('close', end);
  upstream.on('data', (chunk) => {
    tap.server(chunk);
  });
}

/** Timers of one length fire in the order in which they were set, so bytes keep their order. */
function forward(from: Socket, to: Socket, ms: number): void {
  const later = (act: () => void): void => {
    setTimeout(() => {
      if (!to.destroyed) act();
    }, ms).unref();
  };
  from.on('data', (chunk) => {
    later(() => to.write(chunk));
  });
  from.on('end', () => {
    later(() => to.end());
  });
  from.on('error', () => {
    to.destroy();
  });
}
