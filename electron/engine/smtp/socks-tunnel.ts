// A connection to a target through the user's SOCKS5 proxy (RFC 1928), by the `socks` library, up to the moment at which
// the target would speak. Fails closed: there is no way from here to a direct connection. Whether the target may be
// dialled was decided before; the proxy's own address is what the user named, loopback or not.
// What is told of a failure never holds the proxy's user or password.
import { connect, isIP, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import type { ProxyAddress } from '../../../shared/net/proxy-url.ts';
import type { Clock } from '../clock.ts';
import { failure } from './failure.ts';
import { isLocalFailure } from './local-failure.ts';
import type { SocketRegistry } from './socket-registry.ts';
import type { SmtpFailure, SmtpTarget } from './types.ts';

export interface TunnelOptions {
  readonly proxy: ProxyAddress;
  readonly target: SmtpTarget;
  /** '' for any. */
  readonly localAddress: string;
  /** For all of it: to the proxy, and from there to the target. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  readonly sockets: SocketRegistry;
  readonly signal: AbortSignal;
}

export type TunnelResult =
  /** Paused; whatever the target has said already is read first. */
  { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly failure: SmtpFailure };

/** The library's own deadline is not wanted, but it cannot be without one: it comes after ours. */
const AFTER_OURS_MS = 1_000;

/** RFC 1928 6, as the errno that a direct connection would have given. */
const REPLIES: Readonly<Record<string, string>> = {
  Failure: 'general failure',
  NotAllowed: 'not allowed by its rules',
  NetworkUnreachable: 'ENETUNREACH',
  HostUnreachable: 'EHOSTUNREACH',
  ConnectionRefused: 'ECONNREFUSED',
  TTLExpired: 'ETIMEDOUT',
  CommandNotSupported: 'command not supported',
  AddressNotSupported: 'EAFNOSUPPORT',
};

/** Never rejects. */
export async function openTunnel(options: TunnelOptions): Promise<TunnelResult> {
  return new Promise((resolve) => {
    try {
      new Tunnel(options, resolve).start();
    } catch {
      // Node throws for a local address that is none.
      resolve({ ok: false, failure: failure('ConnectFailed', 'CONNECT', 'no connection to the proxy: the local address is none') });
    }
  });
}

class Tunnel {
  readonly #options: TunnelOptions;
  readonly #resolve: (result: TunnelResult) => void;
  readonly #socket: Socket;
  #cancelDeadline = (): void => undefined;
  #connected = false;
  #settled = false;

  constructor(options: TunnelOptions, resolve: (result: TunnelResult) => void) {
    const { proxy, localAddress, sockets } = options;
    this.#options = options;
    this.#resolve = resolve;
    this.#socket = connect({
      host: proxy.host,
      port: proxy.port,
      ...(localAddress === '' ? {} : { localAddress, family: isIP(localAddress) }),
    });
    sockets.add(this.#socket);
  }

  start(): void {
    const { clock, connectTimeoutMs, signal } = this.#options;
    this.#cancelDeadline = clock.after(connectTimeoutMs, () => {
      this.#fail(failure('ConnectTimeout', 'CONNECT', `no ${this.#connected ? 'connection through' : 'TCP connection to'} the proxy in time`));
    });
    // Stays for ever: until nodemailer has the socket nobody else listens.
    this.#socket.on('error', (error: Error & { code?: unknown }) => {
      this.#failed(typeof error.code === 'string' ? error.code : 'no code');
    });
    this.#socket.once('connect', () => {
      this.#connected = true;
      this.#negotiate();
    });
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  readonly #onAbort = (): void => {
    this.#fail(failure('PoolClosed', 'CONNECT', 'the pool was closed'));
  };

  #negotiate(): void {
    const { proxy, target, connectTimeoutMs } = this.#options;
    const client = new SocksClient({
      command: 'connect',
      destination: { host: target.ip, port: target.port },
      proxy: { host: proxy.host, port: proxy.port, type: 5, ...(proxy.login === null ? {} : { userId: proxy.login.user, password: proxy.login.password }) },
      timeout: connectTimeoutMs + AFTER_OURS_MS,
    });
    // The library's errors carry the options with the password in them: only their words are looked at.
    client.once('error', (error: Error) => {
      this.#fail(failure('ConnectFailed', 'CONNECT', wordsOf(error.message)));
    });
    client.connect(this.#socket);
    client.once('established', () => {
      this.#handOver();
    });
  }

  /**
   * The target's first words may have come in one packet with the proxy's last: the library emits them, and reads on, in
   * the next check phase. They are put back, so that whoever takes the socket over reads everything, in order.
   */
  #handOver(): void {
    const socket = this.#socket;
    const early: Buffer[] = [];
    const hold = (chunk: Buffer): void => {
      early.push(chunk);
    };
    socket.on('data', hold);
    setImmediate(() => {
      socket.pause();
      socket.removeListener('data', hold);
      if (early.length > 0) socket.unshift(Buffer.concat(early));
      if (socket.destroyed) this.#failed('closed');
      else if (this.#settle()) this.#resolve({ ok: true, socket });
    });
  }

  #failed(code: string): void {
    const { localAddress } = this.#options;
    if (!this.#connected && isLocalFailure(code, localAddress !== '')) this.#fail(failure('LocalFailure', 'CONNECT', `no socket on this machine: ${code}`));
    else this.#fail(failure('ConnectFailed', 'CONNECT', `${this.#connected ? 'the proxy left us' : 'no connection to the proxy'}: ${code}`));
  }

  #fail(failed: SmtpFailure): void {
    if (!this.#settle()) return;
    this.#socket.destroy();
    this.#resolve({ ok: false, failure: failed });
  }

  /** False where it is settled already. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#cancelDeadline();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    return true;
  }
}

/** The library's words in ours: nothing of them is passed on. */
function wordsOf(message: string): string {
  const reply = /rejected connection - (\w+)/.exec(message)?.[1];
  if (reply !== undefined) return `the proxy could not connect: ${REPLIES[reply] ?? 'no known reason'}`;
  if (/authentication/i.test(message)) return 'the proxy refused our login, or wants one';
  if (/closed/i.test(message)) return 'the proxy left us: closed';
  return 'the proxy does not speak SOCKS5';
}
