// Meets one mail server for the preflight: connects, reads the greeting, says EHLO and QUIT. Never MAIL or RCPT.
// Always holds: it ends by its deadlines or its signal, the socket is closed then, and it never rejects. Like every
// connection of the engine it dials only what the run's policy allows, and goes by the user's proxy where one is set.
import { connect, type Socket } from 'node:net';
import { parseProxyUrl } from '../../../shared/net/proxy-url.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import { formatReply, makeReply } from '../../../shared/verdict/reply.ts';
import type { Clock } from '../clock.ts';
import type { Meeting } from '../preflight/types.ts';
import { QUIT, toLines, writeCommands, writeEhlo } from './commands.ts';
import { isLocalFailure } from './local-failure.ts';
import { localAddressFor } from './local-address.ts';
import { ReplyParser } from './reply-parser.ts';
import { SocketRegistry } from './socket-registry.ts';
import { openTunnel } from './socks-tunnel.ts';

export interface MeetOptions {
  readonly settings: Pick<Settings['smtp'], 'port' | 'proxy' | 'localAddress' | 'localAddressIpv6'>;
  readonly heloName: string;
  readonly clock: Clock;
  readonly isAllowed: (ip: string) => boolean;
  readonly connectTimeoutMs: number;
  /** For the greeting and the reply to EHLO, each. */
  readonly replyTimeoutMs: number;
}

const HOST_NAME = /^[a-z0-9.-]{1,253}$/i;

/** What came of meeting the server at `ip`. */
export async function meetHost(options: MeetOptions, ip: string, signal: AbortSignal): Promise<Meeting> {
  const { settings, clock, isAllowed, connectTimeoutMs } = options;
  if (!isAllowed(ip)) return { kind: 'unreachable', detail: `${ip} is not dialled by this run` };
  if (!HOST_NAME.test(options.heloName)) return { kind: 'local', detail: 'no name to greet with' };
  if (signal.aborted) return { kind: 'silent', detail: 'stopped' };
  const proxy = settings.proxy === '' ? null : parseProxyUrl(settings.proxy);
  const localAddress = localAddressFor(settings, proxy?.host ?? ip);
  if (settings.proxy !== '') {
    if (proxy === null) return { kind: 'proxy', detail: 'the proxy of the settings is none' };
    const target = { ip, port: settings.port, mxHost: ip };
    const tunnel = await openTunnel({ proxy, target, localAddress, connectTimeoutMs, clock, sockets: new SocketRegistry(), signal });
    return tunnel.ok ? new Talk(options, tunnel.socket, true).listen(signal) : { kind: 'proxy', detail: tunnel.failure.detail };
  }
  let socket: Socket;
  try {
    socket = connect({ host: ip, port: settings.port, ...(localAddress === '' ? {} : { localAddress }) });
  } catch {
    // Node throws for a local address that is none.
    return { kind: 'local', detail: 'the local address of the settings is none' };
  }
  return new Talk(options, socket, false).listen(signal);
}

/** One conversation: greeting, EHLO, its reply, QUIT. */
class Talk {
  readonly #options: MeetOptions;
  readonly #socket: Socket;
  readonly #parser = new ReplyParser();
  #connected: boolean;
  #greeting: string | null = null;
  #cancel = (): void => undefined;
  #settle: (meeting: Meeting) => void = () => undefined;

  constructor(options: MeetOptions, socket: Socket, connected: boolean) {
    this.#options = options;
    this.#socket = socket;
    this.#connected = connected;
  }

  listen(signal: AbortSignal): Promise<Meeting> {
    return new Promise((resolve) => {
      const onAbort = (): void => { this.#ended('stopped', 'stopped'); };
      signal.addEventListener('abort', onAbort, { once: true });
      let settled = false;
      this.#settle = (meeting) => {
        if (settled) return;
        settled = true;
        this.#cancel();
        signal.removeEventListener('abort', onAbort);
        this.#socket.destroySoon();
        resolve(meeting);
      };
      const socket = this.#socket;
      socket.on('connect', () => {
        this.#connected = true;
        this.#await(this.#options.replyTimeoutMs);
      });
      socket.on('data', (chunk: Buffer) => { this.#take(chunk); });
      socket.on('error', (error: NodeJS.ErrnoException) => { this.#ended(error.code ?? 'no code', `connection: ${error.code ?? error.message}`); });
      socket.on('close', () => { this.#ended('closed', 'closed without a word'); });
      this.#await(this.#connected ? this.#options.replyTimeoutMs : this.#options.connectTimeoutMs);
      // A tunnel hands its socket over paused.
      socket.resume();
    });
  }

  #await(ms: number): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(ms, () => { this.#ended('ETIMEDOUT', this.#connected ? 'no greeting in time' : 'no answer in time'); });
  }

  #take(chunk: Buffer): void {
    for (const reply of this.#parser.push(chunk)) {
      if (this.#greeting !== null) {
        // A server that knows no EHLO has still been met.
        this.#leave(reply.code === 250 ? reply.lines.map((line) => makeReply(reply.code, [line]).text) : []);
        return;
      }
      this.#greeting = formatReply(reply.reply).slice(0, 500);
      if (reply.code !== 220) {
        this.#leave([]);
        return;
      }
      writeEhlo(this.#socket, this.#options.heloName);
      this.#await(this.#options.replyTimeoutMs);
    }
    if (this.#parser.failure !== null) this.#ended('not SMTP', this.#parser.failure);
  }

  #leave(ehlo: readonly string[]): void {
    if (this.#socket.writable) writeCommands(this.#socket, toLines(QUIT), 1);
    this.#settle({ kind: 'spoke', greeting: this.#greeting ?? '', ehlo });
  }

  /** Over before everything was said: what is known until then counts. */
  #ended(code: string, detail: string): void {
    const { settings } = this.#options;
    if (this.#greeting !== null) this.#leave([]);
    else if (this.#connected) this.#settle({ kind: 'mute', detail });
    else if (isLocalFailure(code, settings.localAddress !== '')) this.#settle({ kind: 'local', detail });
    else if (code === 'ECONNREFUSED' || code === 'ECONNRESET') this.#settle({ kind: 'refused', detail });
    else if (code === 'ETIMEDOUT' || code === 'stopped') this.#settle({ kind: 'silent', detail });
    else this.#settle({ kind: 'unreachable', detail });
    this.#socket.destroy();
  }
}
