// From an IP to a greeted connection, on nodemailer's SMTPConnection: connect, greeting, EHLO (HELO), STARTTLS.
// Whatever the server or the network does is told as data. Deadlines are ours and absolute: nodemailer's are set out
// of reach. Never speaks before the greeting, and never goes on after the tap found the server out of step.
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ProxyAddress } from '../../../shared/net/proxy-url.ts';
import type { TlsState } from '../../../shared/verdict/evidence.ts';
import type { Clock } from '../clock.ts';
import { Deadline } from './deadline.ts';
import { failure } from './failure.ts';
import { HandshakeTap, type HandshakeStage } from './handshake-tap.ts';
import { Link } from './link.ts';
import { isLocalFailure } from './local-failure.ts';
import { MAX_REPLY_LINES, MAX_REPLY_OCTETS } from './reply-parser.ts';
import type { SocketRegistry } from './socket-registry.ts';
import { openTunnel } from './socks-tunnel.ts';
import type { SmtpFailure, SmtpTarget } from './types.ts';

/** Faults row 34: how long a TLS handshake may hang before plain text is tried. */
export const TLS_HANDSHAKE_TIMEOUT_MS = 15_000;
/** Longer than any of our deadlines, and the most that a timer of Node can hold. */
const OUT_OF_REACH_MS = 2_147_483_647;
/** How long a socket that was left may take to close; then it is destroyed. */
const SOCKET_CLOSE_TIMEOUT_MS = 500;

export interface HandshakeOptions {
  readonly target: SmtpTarget;
  readonly heloName: string;
  /** '' for any. */
  readonly localAddress: string;
  /** Everything goes through it; null: straight to the target. */
  readonly proxy: ProxyAddress | null;
  /** Whether STARTTLS is sent where it is offered. */
  readonly useTls: boolean;
  readonly connectTimeoutMs: number;
  readonly greetingTimeoutMs: number;
  readonly commandTimeoutMs: number;
  readonly clock: Clock;
  readonly sockets: SocketRegistry;
  /** Aborting destroys the socket at once. */
  readonly signal: AbortSignal;
}

export type HandshakeResult =
  | { readonly ok: true; readonly link: Link }
  /** `tlsFailed`: the TLS handshake itself failed or hung, so plain text may be tried. */
  | { readonly ok: false; readonly failure: SmtpFailure; readonly tlsFailed: boolean };

/** Dials and greets. Never rejects for anything that a server or the network does. */
export async function handshake(options: HandshakeOptions): Promise<HandshakeResult> {
  const { proxy } = options;
  if (proxy === null) return greet(options, null);
  const tunnel = await openTunnel({ ...options, proxy });
  return tunnel.ok ? greet(options, tunnel.socket) : { ok: false, failure: tunnel.failure, tlsFailed: false };
}

/** `tunnel`: an open connection to the target; null: one is dialled. */
async function greet(options: HandshakeOptions, tunnel: Socket | null): Promise<HandshakeResult> {
  return new Promise((resolve) => {
    new Handshake(options, resolve, tunnel).start();
  });
}

class Handshake {
  readonly #options: HandshakeOptions;
  readonly #resolve: (result: HandshakeResult) => void;
  readonly #connection: SMTPConnection;
  readonly #tap: HandshakeTap;
  readonly #deadline: Deadline;
  #connected: boolean;
  #settled = false;

  constructor(options: HandshakeOptions, resolve: (result: HandshakeResult) => void, tunnel: Socket | null) {
    this.#options = options;
    this.#connected = tunnel !== null;
    this.#resolve = resolve;
    this.#tap = new HandshakeTap(options.useTls);
    this.#deadline = new Deadline(options.clock, () => {
      this.#timedOut();
    });
    const { target } = options;
    this.#connection = new SMTPConnection({
      host: target.ip,
      port: target.port,
      secure: false,
      name: options.heloName,
      ...(options.localAddress === '' ? {} : { localAddress: options.localAddress }),
      ...(tunnel === null ? {} : { connection: tunnel }),
      // SNI takes names only (RFC 6066 3).
      ...(isIP(target.mxHost) === 0 ? { servername: target.mxHost } : {}),
      ignoreTLS: !options.useTls,
      opportunisticTLS: options.useTls,
      // No content is ever sent: a bad certificate is recorded, not refused (faults row 35).
      tls: { rejectUnauthorized: false },
      connectionTimeout: OUT_OF_REACH_MS,
      greetingTimeout: OUT_OF_REACH_MS,
      socketTimeout: OUT_OF_REACH_MS,
      socketCloseTimeout: SOCKET_CLOSE_TIMEOUT_MS,
      // The tap's bounds are narrower; this one only has to be no smaller.
      maxResponseSize: MAX_REPLY_OCTETS + 8 * MAX_REPLY_LINES,
      logger: false,
    });
  }

  start(): void {
    const { signal } = this.#options;
    const connection = this.#connection;
    connection.on('error', (error: Error) => {
      this.#ended(error);
    });
    connection.once('end', () => {
      this.#ended(null);
    });
    connection.once('connect', () => {
      this.#takeOver();
    });
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#deadline.start(this.#connected ? this.#options.greetingTimeoutMs : this.#options.connectTimeoutMs);
    // For an IP nodemailer opens the socket within this call, and a tunnel's it takes over (contract test); the tap
    // listens before nodemailer does.
    connection.connect();
    const socket = connection._socket;
    if (socket !== false && socket !== null) this.#tapSocket(socket);
    if (signal.aborted) this.#onAbort();
  }

  #tapSocket(socket: Socket): void {
    this.#options.sockets.add(socket);
    socket.once('connect', () => {
      this.#connected = true;
      this.#deadline.start(this.#options.greetingTimeoutMs);
    });
    socket.on('data', this.#onData);
  }

  readonly #onAbort = (): void => {
    this.#fail(failure('PoolClosed', 'CONNECT', 'the pool was closed'));
  };

  readonly #onData = (chunk: Buffer): void => {
    if (this.#settled) return;
    const before = this.#tap.stage;
    const failed = this.#tap.push(chunk);
    if (failed !== null) this.#fail(failed);
    else if (this.#tap.stage !== before) this.#moved(this.#tap.stage);
  };

  #moved(stage: HandshakeStage): void {
    if (stage !== 'TLS') {
      this.#deadline.start(this.#options.commandTimeoutMs);
      return;
    }
    this.#deadline.start(TLS_HANDSHAKE_TIMEOUT_MS);
    const plain = this.#connection._socket;
    if (plain !== false && plain !== null) plain.removeListener('data', this.#onData);
    // nodemailer reads this same chunk after us, and replaces its socket while it does (contract test).
    process.nextTick(() => {
      const socket = this.#connection._socket;
      if (this.#settled) return;
      if (!(socket instanceof TLSSocket)) {
        this.#fail(failure('ProtocolError', 'STARTTLS', 'TLS was not begun'));
        return;
      }
      this.#options.sockets.add(socket);
      // Before nodemailer's own listener would be too early: only then are bytes the server's words.
      socket.once('secureConnect', () => {
        if (this.#settled) return;
        this.#tap.secured();
        this.#deadline.start(this.#options.commandTimeoutMs);
      });
      socket.on('data', this.#onData);
    });
  }

  #takeOver(): void {
    if (this.#settled) return;
    const socket = this.#connection._socket;
    if (socket === false || socket === null || this.#tap.stage !== 'READY') {
      this.#fail(failure('ProtocolError', 'EHLO', 'nodemailer and the tap disagree'));
      return;
    }
    this.#finish();
    const link = new Link(this.#connection, socket, {
      tls: tlsStateOf(socket),
      capabilities: this.#tap.capabilities,
      errors: this.#tap.errors,
      greeting: this.#tap.greeting,
    });
    this.#resolve({ ok: true, link });
  }

  #timedOut(): void {
    if (!this.#connected) {
      this.#fail(failure('ConnectTimeout', 'CONNECT', 'no TCP connection in time'));
      return;
    }
    const stage = this.#stage();
    const what = stage === 'CONNECT' ? 'greeting' : this.#tap.stage === 'TLS' ? 'TLS handshake' : `reply to ${stage}`;
    this.#fail(failure('Timeout', stage, `no complete ${what} in time`), this.#tap.stage === 'TLS');
  }

  #ended(error: (Error & { originalCode?: unknown }) | null): void {
    if (this.#settled) return;
    const tls = this.#tap.stage === 'TLS';
    const cause = typeof error?.originalCode === 'string' ? error.originalCode : 'closed by the peer';
    const stage = this.#stage();
    if (!this.#connected && isLocalFailure(cause, this.#options.localAddress !== '')) {
      this.#fail(failure('LocalFailure', 'CONNECT', `no socket on this machine: ${cause}`));
    } else if (tls) this.#fail(failure('Dropped', stage, `the TLS handshake failed: ${cause}`), true);
    else if (stage === 'CONNECT') this.#fail(failure('ConnectFailed', stage, `${this.#connected ? 'no greeting' : 'no connection'}: ${cause}`));
    else this.#fail(this.#tap.endedBy() ?? failure('Dropped', stage, `no reply to ${stage}: ${cause}`));
  }

  #fail(failed: SmtpFailure, tlsFailed = false): void {
    if (this.#settled) return;
    this.#finish();
    const socket = this.#connection._socket;
    this.#connection.close();
    if (socket !== false && socket !== null) socket.destroy();
    this.#resolve({ ok: false, failure: failed, tlsFailed });
  }

  #finish(): void {
    this.#settled = true;
    this.#deadline.stop();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }

  #stage(): 'CONNECT' | 'EHLO' | 'HELO' | 'STARTTLS' {
    const { stage } = this.#tap;
    return stage === 'TLS' ? 'STARTTLS' : stage === 'READY' ? 'EHLO' : stage;
  }
}

function tlsStateOf(socket: Socket): TlsState {
  if (!(socket instanceof TLSSocket)) return 'none';
  return socket.authorized ? 'verified' : 'unverified';
}
