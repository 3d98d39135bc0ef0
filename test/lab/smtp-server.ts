// A scripted SMTP server on loopback for fault tests: every reply, chunk, drop and silence is the test's to say.
// It records what it was sent, and as a violation any command that Winnow must never send, any control character, and
// any command that was pipelined where PIPELINING was not offered. It waits for events, never for time.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** What a command is answered with: bytes (CRLF and all), `null` for silence, `undefined` for the default reply. */
export type ScriptedReply = string | Buffer | null | undefined;

export interface SmtpScript {
  /** Sent on connect; null: nothing is. */
  readonly greeting?: string | Buffer | null;
  /** Called after the greeting, if there is one. */
  readonly connected?: (session: LabSession) => void;
  /** Keywords of the EHLO reply. */
  readonly ehlo?: readonly string[];
  /** Called for each command line (without CRLF), in order; the next waits for what a promise gives. */
  readonly answer?: (command: string, session: LabSession) => ScriptedReply | Promise<ScriptedReply>;
  /** How replies are cut into packets; the default sends each write whole. */
  readonly cut?: (bytes: Buffer) => readonly Buffer[];
  /** Offers STARTTLS and serves it with this. */
  readonly certificate?: { readonly key: string; readonly cert: string };
  readonly ip?: string;
  /** 0, the default, for any free one. */
  readonly port?: number;
}

export interface LabSession {
  /** Command lines as they came, without CRLF. */
  readonly commands: readonly string[];
  readonly secure: boolean;
  /** Whether its last commands came together, or while others were unanswered. */
  readonly pipelined: boolean;
  /** Bytes to the client, now. */
  write(bytes: string | Buffer): void;
  /** FIN after what was written. */
  end(): void;
  /** RST. */
  reset(): void;
  /** Resolves when that many commands have come and were answered. */
  commandsSeen(count: number): Promise<void>;
  /** Resolves when the client's side is closed. */
  readonly closed: Promise<void>;
}

export interface LabServer {
  readonly ip: string;
  readonly port: number;
  readonly sessions: readonly LabSession[];
  readonly violations: readonly string[];
  /** All commands of all sessions, in order of sessions. */
  commands(): string[];
  /** Resolves with the n-th session (from 0) once it is connected. */
  session(n: number): Promise<LabSession>;
  /** Rejects where a session sent what a probe must never send: no scenario passes with it. */
  stop(): Promise<void>;
}

const DEFAULT_EHLO = ['PIPELINING', 'ENHANCEDSTATUSCODES', '8BITMIME', 'SMTPUTF8'];
const FORBIDDEN = /^(?:DATA|BDAT|VRFY|EXPN|AUTH)\b/i;

export async function startSmtpServer(script: SmtpScript = {}): Promise<LabServer> {
  const sessions: Session[] = [];
  const violations: string[] = [];
  const waiting = new Set<() => void>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sessions.push(new Session(socket, script, violations));
    for (const look of waiting) look();
  });
  server.listen(script.port ?? 0, script.ip ?? '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    ip: address,
    port,
    sessions,
    violations,
    commands: () => sessions.flatMap((session) => session.commands),
    session: (n) =>
      new Promise((resolve) => {
        const look = (): void => {
          const session = sessions[n];
          if (session === undefined) return;
          waiting.delete(look);
          resolve(session);
        };
        waiting.add(look);
        look();
      }),
    stop: async () => {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
      const forbidden = violations.filter((violation) => violation.startsWith('forbidden command'));
      if (forbidden.length > 0) throw new Error(forbidden.join('; '));
    },
  };
}

class Session implements LabSession {
  readonly commands: string[] = [];
  readonly closed: Promise<void>;
  pipelined = false;
  readonly #script: SmtpScript;
  readonly #violations: string[];
  #socket: Socket;
  #rest = '';
  #queue: string[] = [];
  #working = false;
  #answered = 0;
  readonly #seen = new Set<{ count: number; resolve: () => void }>();
  #writing: Promise<void> = Promise.resolve();

  constructor(socket: Socket, script: SmtpScript, violations: string[]) {
    this.#script = script;
    this.#violations = violations;
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
    this.#watch(socket);
    const greeting = script.greeting === undefined ? '220 lab.test ESMTP\r\n' : script.greeting;
    if (greeting !== null) this.write(greeting);
    script.connected?.(this);
  }

  get secure(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  write(bytes: string | Buffer): void {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
    const parts = this.#script.cut?.(whole) ?? [whole];
    this.#writing = this.#writing.then(async () => {
      for (const part of parts) {
        if (this.#socket.destroyed || part.length === 0) continue;
        await new Promise<void>((resolve) => {
          this.#socket.write(part, () => {
            // A turn of the loop between two packets, so that the client may see them apart.
            setImmediate(resolve);
          });
        });
      }
    });
  }

  end(): void {
    void this.#writing.then(() => this.#socket.end());
  }

  reset(): void {
    void this.#writing.then(() => (this.#socket instanceof TLSSocket ? this.#socket.destroy() : this.#socket.resetAndDestroy()));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async commandsSeen(count: number): Promise<void> {
    if (this.#answered >= count) return;
    await new Promise<void>((resolve) => this.#seen.add({ count, resolve }));
  }

  #watch(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#rest += chunk.toString('utf8');
      const lines = this.#rest.split('\r\n');
      this.#rest = lines.pop() ?? '';
      if (lines.length > 0) this.pipelined = lines.length > 1 || this.#queue.length > 0;
      if (this.pipelined) this.#checkPipelining(lines);
      this.#queue.push(...lines);
      void this.#work();
    });
  }

  #checkPipelining(lines: readonly string[]): void {
    const offered = (this.#script.ehlo ?? DEFAULT_EHLO).includes('PIPELINING') && this.commands.some((line) => /^EHLO/i.test(line));
    const quitOnly = lines.every((line) => line === 'QUIT');
    if (!offered && !quitOnly) this.#violations.push(`pipelined where not offered: ${lines.join(' | ')}`);
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let line = this.#queue.shift(); line !== undefined; line = this.#queue.shift()) {
      this.commands.push(line);
      if (FORBIDDEN.test(line)) this.#violations.push(`forbidden command: ${line}`);
      if (/[\u0000-\u001f\u007f]/.test(line)) this.#violations.push(`control character: ${JSON.stringify(line)}`);
      const scripted = await this.#script.answer?.(line, this);
      const reply = scripted === undefined ? this.#defaultReply(line) : scripted;
      const tls = line === 'STARTTLS' && scripted === undefined ? this.#script.certificate : undefined;
      // Before the 220 is out: what the client answers to it is TLS already.
      if (tls !== undefined) this.#socket.removeAllListeners('data').pause();
      if (reply !== null) this.write(reply);
      if (tls !== undefined) await this.#startTls(tls);
      if (line === 'QUIT' && scripted === undefined) this.end();
      this.#answered += 1;
      for (const waiting of this.#seen) if (this.#answered >= waiting.count) waiting.resolve();
    }
    this.#working = false;
  }

  #defaultReply(line: string): string {
    const verb = line.split(/[ :]/, 1)[0]?.toUpperCase();
    switch (verb) {
      case 'EHLO': {
        const startTls = this.#script.certificate !== undefined && !this.secure ? ['STARTTLS'] : [];
        const lines = ['lab.test', ...(this.#script.ehlo ?? DEFAULT_EHLO), ...startTls];
        return lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}\r\n`).join('');
      }
      case 'HELO':
        return '250 lab.test\r\n';
      case 'STARTTLS':
        return this.#script.certificate === undefined ? '502 5.5.1 no\r\n' : '220 2.0.0 go ahead\r\n';
      case 'MAIL':
      case 'RSET':
        return '250 2.0.0 ok\r\n';
      case 'RCPT':
        return /<(?:nobody|random)/.test(line) ? '550 5.1.1 no such user\r\n' : '250 2.1.5 ok\r\n';
      case 'QUIT':
        return '221 2.0.0 bye\r\n';
      default:
        return '500 5.5.2 what?\r\n';
    }
  }

  async #startTls(certificate: { readonly key: string; readonly cert: string }): Promise<void> {
    await this.#writing;
    const plain = this.#socket;
    const socket = new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(certificate) });
    this.#socket = socket;
    this.#rest = '';
    this.#watch(socket);
  }
}
