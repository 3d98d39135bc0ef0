// The UDP sockets to one DNS server: several, each with a source port of its own, so that a forged answer has to guess
// port and id (RFC 5452). Opened when first used; one that ended is opened anew.
import type { TtlBounds } from './dns-answer.ts';
import type { RandomWords } from './random-words.ts';
import type { DnsServer } from './types.ts';
import { UdpSocket, type ReplyTaker } from './udp-socket.ts';

/** A power of two: the socket is chosen by the bits of a random word. */
const SOCKETS = 4;

export class UdpChannel {
  readonly server: DnsServer;
  readonly #ttl: TtlBounds;
  readonly #words: RandomWords;
  readonly #sockets = new Array<UdpSocket | null>(SOCKETS).fill(null);
  #closed = false;

  constructor(server: DnsServer, ttl: TtlBounds, words: RandomWords) {
    this.server = server;
    this.#ttl = ttl;
    this.#words = words;
  }

  /** Sends the question; its taker is called once with what came of it, never before this returns, unless it
   *  withdraws from the socket that is given. Null: it cannot be sent. */
  ask(taker: ReplyTaker, edns: boolean): UdpSocket | null {
    if (this.#closed) return null;
    const slot = this.#words.next() % SOCKETS;
    const socket = (this.#sockets[slot] ??= this.#open(slot));
    return socket.ask(taker, edns) ? socket : null;
  }

  close(): void {
    this.#closed = true;
    for (const socket of [...this.#sockets]) socket?.close();
  }

  #open(slot: number): UdpSocket {
    return new UdpSocket({
      server: this.server,
      ttl: this.#ttl,
      words: this.#words,
      onEnd: (ended) => {
        if (this.#sockets[slot] === ended) this.#sockets[slot] = null;
      },
    });
  }
}
