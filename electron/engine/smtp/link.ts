// A greeted connection, taken over from nodemailer: the bytes are ours, errors and the end stay watched by nodemailer.
// It is over exactly once (`onEnd`), whoever ends it. It writes nothing but the commands of commands.ts.
import type { Socket } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { TlsState } from '../../../shared/verdict/evidence.ts';
import type { Capabilities } from './capabilities.ts';
import { QUIT, toLines, writeCommands, type Commands } from './commands.ts';

export interface LinkHandlers {
  onData(chunk: Uint8Array): void;
  /** The connection is closed, by the peer or by us. `detail`: plain words. */
  onEnd(detail: string): void;
}

export class Link {
  readonly tls: TlsState;
  readonly capabilities: Capabilities;
  /** 4yz and 5yz that the server gave while greeting. */
  readonly errors: number;
  /** The words of the greeting, its code in front. */
  readonly greeting: string;
  readonly #connection: SMTPConnection;
  readonly #socket: Socket;
  #handlers: LinkHandlers | null = null;
  #detail = 'the peer closed the connection';
  #open = true;

  constructor(connection: SMTPConnection, socket: Socket, state: { tls: TlsState; capabilities: Capabilities; errors: number; greeting: string }) {
    this.#connection = connection;
    this.#socket = socket;
    this.tls = state.tls;
    this.capabilities = state.capabilities;
    this.errors = state.errors;
    this.greeting = state.greeting;
    // Only the byte stream is taken over. Our own deadlines are absolute, so the socket's idle timer is not wanted.
    socket.removeAllListeners('data');
    socket.setTimeout(0);
    // Stays for ever: a stream without it could pause, and its end would never be seen.
    socket.on('data', (chunk: Buffer) => this.#handlers?.onData(chunk));
    connection.on('error', (error: Error & { originalCode?: unknown }) => {
      this.#detail = `the connection failed: ${typeof error.originalCode === 'string' ? error.originalCode : error.message}`;
    });
    connection.once('end', () => {
      this.#end(this.#detail);
    });
  }

  get open(): boolean {
    return this.#open;
  }

  listen(handlers: LinkHandlers): void {
    this.#handlers = handlers;
  }

  /** `count` command lines, in one write. Throws a TypeError for anything else. */
  write(lines: Commands, count: number): void {
    writeCommands(this.#socket, lines, count);
  }

  /** QUIT without waiting for the answer: a reset or silence after it takes nothing back (faults row 22). */
  quit(): void {
    if (!this.#open) return;
    this.#handlers = null;
    if (this.#socket.writable) writeCommands(this.#socket, toLines(QUIT), 1);
    this.#connection.close();
    this.#end('left with QUIT');
  }

  destroy(): void {
    if (!this.#open) return;
    this.#socket.destroy();
    this.#connection.close();
    this.#end('closed');
  }

  #end(detail: string): void {
    if (!this.#open) return;
    this.#open = false;
    const handlers = this.#handlers;
    this.#handlers = null;
    handlers?.onEnd(detail);
  }
}
