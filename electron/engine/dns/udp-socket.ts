// One connected UDP socket to one DNS server, and who waits for an answer on it. The kernel drops what other addresses
// send, and tells us at once when nobody listens there.
// Answers of one turn of the event loop are read together at its end, and the questions that follow from them are sent
// together: to go back and forth between the two for each costs more than both (measured: half as fast), and a name server
// on this machine would be woken for each.
// Always holds: who waits is told once, by its answer or by the socket's end, unless it withdrew. Silence is not its
// business. Never throws and never emits for anything that the network does.
import { createSocket, type Socket } from 'node:dgram';
import type { TtlBounds } from './dns-answer.ts';
import { readMessage, type MessageReading } from './dns-message.ts';
import { encodeQuestion } from './encode-question.ts';
import type { Question } from './question.ts';
import type { RandomWords } from './random-words.ts';
import type { DnsServer } from './types.ts';

/** 200 answers of 1232 bytes may arrive in one burst; the usual 208 KiB would just hold them, this does easily. */
const RECEIVE_BUFFER_BYTES = 1 << 20;
const MAX_PLACES = 0x1_0000;
/** Of those who wait, at first; a power of two. */
const FIRST_PLACES = 512;
/** One datagram was not sent, and that is all: the question is asked again after its wait, as if it had been lost. */
const LOST = new Set(['ENOBUFS', 'ENOMEM', 'EAGAIN', 'EMSGSIZE', 'ECANCELED']);

export type UdpReading = Exclude<MessageReading, { kind: 'foreign' }> | { readonly kind: 'unreachable'; readonly detail: string };

/** Who waits for an answer. */
export interface ReplyTaker {
  readonly question: Question;
  /** Under what it waits; the socket's to set. */
  replyId: number;
  /** Called once; it no longer waits then. */
  take(reading: UdpReading): void;
}

export interface UdpSocketOptions {
  readonly server: DnsServer;
  readonly ttl: TtlBounds;
  readonly words: RandomWords;
  /** The socket cannot be used any more; nobody waits on it. */
  readonly onEnd: (socket: UdpSocket) => void;
}

export class UdpSocket {
  readonly #options: UdpSocketOptions;
  readonly #socket: Socket;
  /** By the last bits of the id, which is random for each question: two whose bits are the same never wait at a time. An
   *  array, because a map costs four times as much a question; one of all ids would be half a megabyte, hit at random. */
  #places = new Array<ReplyTaker | null>(FIRST_PLACES).fill(null);
  #waiters = 0;
  /** Received and not read until the end of this turn. */
  #unread: Buffer[] = [];
  /** Written and not sent, until whoever asks now has asked all that he wants, and until the socket is connected. */
  #unsent: Buffer[] = [];
  #connected = false;
  #ended = false;

  constructor(options: UdpSocketOptions) {
    this.#options = options;
    const { host, port } = options.server;
    this.#socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
    this.#socket.on('message', (bytes) => {
      if (this.#unread.push(bytes) === 1) setImmediate(this.#readAll);
    });
    this.#socket.on('close', () => {
      this.#end('closed');
    });
    this.#socket.on('error', (error) => {
      // An ICMP "port unreachable" leaves a connected socket usable; one that never got that far is given up.
      if (this.#connected) this.#tellAll(codeOf(error));
      else this.close(codeOf(error));
    });
    this.#socket.connect(port, host, () => {
      this.#connected = true;
      this.#flush();
    });
  }

  /** Sends the question; false if the socket cannot take it. */
  ask(taker: ReplyTaker, edns: boolean): boolean {
    if (this.#ended || !this.#hasRoom()) return false;
    const { words } = this.#options;
    const lastBits = this.#places.length - 1;
    let id = words.next();
    while (this.#places[id & lastBits] !== null) id = words.next();
    taker.replyId = id;
    this.#places[id & lastBits] = taker;
    this.#waiters += 1;
    // After all promises that are settled just now: who waited for them may ask too.
    if (this.#unsent.push(encodeQuestion(id, taker.question, edns)) === 1 && this.#connected) process.nextTick(this.#flush);
    return true;
  }

  /** Its answer is no longer wanted. */
  withdraw(taker: ReplyTaker): void {
    if (this.#places[this.#placeOf(taker.replyId)] === taker) this.#forget(taker);
  }

  close(detail = 'closed'): void {
    this.#end(detail);
    try {
      this.#socket.close();
    } catch {
      // Already closed: nothing is left to do.
    }
  }

  readonly #readAll = (): void => {
    const unread = this.#unread;
    this.#unread = [];
    for (const bytes of unread) this.#read(bytes);
  };

  #read(bytes: Buffer): void {
    if (bytes.length < 2) return;
    const id = bytes.readUInt16BE(0);
    const taker = this.#places[this.#placeOf(id)] ?? null;
    if (taker?.replyId !== id) return;
    const reading = readMessage(bytes, id, taker.question, this.#options.ttl);
    if (reading.kind === 'foreign') return;
    this.#forget(taker);
    taker.take(reading);
  }

  readonly #flush = (): void => {
    const unsent = this.#unsent;
    this.#unsent = [];
    if (this.#ended) return;
    // An error is told with the last of them, or by the socket's `error`: it stays with the socket until then, and a
    // callback for each datagram costs as much as its message.
    const last = unsent.pop();
    for (const bytes of unsent) this.#socket.send(bytes);
    if (last !== undefined) this.#socket.send(last, this.#onSent);
  };

  /** What fails here fails for all of them: a connected socket has one peer. */
  readonly #onSent = (error: Error | null): void => {
    if (error === null) return;
    const code = codeOf(error);
    if (!LOST.has(code)) this.#tellAll(code);
  };

  #end(detail: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.onEnd(this);
    this.#tellAll(detail);
  }

  #tellAll(detail: string): void {
    if (this.#waiters === 0) return;
    const all = this.#places.filter((taker) => taker !== null);
    for (const taker of all) this.#forget(taker);
    for (const taker of all) taker.take({ kind: 'unreachable', detail });
  }

  #forget(taker: ReplyTaker): void {
    this.#places[this.#placeOf(taker.replyId)] = null;
    this.#waiters -= 1;
  }

  #placeOf(id: number): number {
    return id & (this.#places.length - 1);
  }

  /** At most half of the places are taken, so that a random id is soon found whose place is free. */
  #hasRoom(): boolean {
    const { length } = this.#places;
    if (this.#waiters * 2 < length) return true;
    if (length === MAX_PLACES) return false;
    const before = this.#places;
    this.#places = new Array<ReplyTaker | null>(length * 2).fill(null);
    // Nobody meets anybody: what was different in its last bits stays different with one bit more.
    for (const taker of before) if (taker !== null) this.#places[this.#placeOf(taker.replyId)] = taker;
    return true;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
