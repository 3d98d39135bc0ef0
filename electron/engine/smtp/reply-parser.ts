// From the bytes of a server to its replies (RFC 5321 4.2), one parser a connection.
// How the bytes were cut into chunks never changes the result, and nothing that a server sends makes it throw.
// Bounded: 4 KiB a line, 128 lines and 64 KiB a reply; over that, or where a line is no reply line, `failure` is set
// and the parser takes nothing more: the session is out of step. It never judges a reply.
import { KnownReplies, type KnownReply } from './known-replies.ts';
import { RawReply } from './raw-reply.ts';

export const MAX_LINE_OCTETS = 4_096;
export const MAX_REPLY_OCTETS = 65_536;
export const MAX_REPLY_LINES = 128;

const CR = 13;
const TWO = 50;
const SPACE = 32;
const HYPHEN = 45;

export class ReplyParser {
  readonly #known: KnownReplies;
  /** The acceptance and the refusal that came last: most of a flight's replies are the same bytes over and over. */
  #accepted: KnownReply | null = null;
  #refused: KnownReply | null = null;
  /** Octets of the line that is being received. */
  #rest = '';
  /** Lines of the reply that is being received, and its code; 0: none is. */
  #lines: string[] = [];
  #code = 0;
  #octets = 0;
  #failure: string | null = null;

  /** `known`: shared by the connections of one host. */
  constructor(known = new KnownReplies()) {
    this.#known = known;
  }

  /** Why nothing more is read, in plain words; null while in step. */
  get failure(): string | null {
    return this.#failure;
  }

  /** True while a reply has begun and not ended. */
  get midReply(): boolean {
    return this.#rest !== '' || this.#code !== 0;
  }

  /** The replies that end in this chunk, in order. Where `failure` is set afterwards they came before the fault. */
  push(chunk: Uint8Array): readonly RawReply[] {
    const replies: RawReply[] = [];
    if (this.#failure !== null || chunk.length === 0) return replies;
    // latin1: one octet a character, so that a cut within a UTF-8 sequence does no harm.
    const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    let start = 0;
    while (start < data.length) {
      if (this.#code === 0 && this.#rest === '') {
        const last = data.charCodeAt(start) === TWO ? this.#accepted : this.#refused;
        if (last !== null && data.startsWith(last.octets, start)) {
          replies.push(last.reply);
          start += last.octets.length;
          continue;
        }
      }
      const lf = data.indexOf('\n', start);
      if (lf === -1) break;
      const octets = this.#rest + data.slice(start, lf + 1);
      this.#rest = '';
      start = lf + 1;
      const reply = this.#line(octets);
      if (reply !== null) replies.push(reply);
      if (this.failure !== null) return replies;
    }
    if (start < data.length) {
      this.#rest += start === 0 ? data : data.slice(start);
      this.#checkRest();
    }
    return replies;
  }

  /** One line with its end; the reply if it is the last of one. */
  #line(octets: string): RawReply | null {
    // RFC 5321 2.3.8 wants CRLF; a bare LF is seen and harmless in a reply.
    const length = octets.length - (octets.charCodeAt(octets.length - 2) === CR ? 2 : 1);
    const line = octets.slice(0, length);
    const code = codeOf(line, length);
    if (code === 0) return this.#fail('a line that is not a reply');
    if (length > MAX_LINE_OCTETS) return this.#fail('a reply line over 4 KiB');
    if (this.#code === 0) {
      if (length === 3 || line.charCodeAt(3) === SPACE) return this.#oneLine(octets, code, length);
      this.#code = code;
    } else if (this.#code !== code) {
      // RFC 5321 4.2.1: the code of each line must be the same.
      return this.#fail('codes that differ within one reply');
    }
    this.#octets += length;
    this.#lines.push(line.slice(4));
    if (this.#octets > MAX_REPLY_OCTETS) return this.#fail('a reply over 64 KiB');
    if (this.#lines.length > MAX_REPLY_LINES) return this.#fail('a reply of more than 128 lines');
    if (length > 3 && line.charCodeAt(3) === HYPHEN) return null;
    const reply = new RawReply(code, this.#lines);
    this.#code = 0;
    this.#octets = 0;
    this.#lines = [];
    return reply;
  }

  #oneLine(octets: string, code: number, length: number): RawReply {
    const make = (line: string): RawReply => new RawReply(code, [line.slice(4, length)]);
    const known = this.#known.find(octets) ?? this.#known.keep(octets, make);
    if (known === null) return make(octets);
    if (code < 300) this.#accepted = known;
    else this.#refused = known;
    return known.reply;
  }

  /** Refuses early what can become no reply line, so that a peer that never ends its line is not waited for. */
  #checkRest(): void {
    const rest = this.#rest;
    const length = rest.charCodeAt(rest.length - 1) === CR ? rest.length - 1 : rest.length;
    if (!canBegin(rest)) this.#fail('a line that is not a reply');
    else if (length > MAX_LINE_OCTETS) this.#fail('a reply line over 4 KiB');
  }

  #fail(reason: string): null {
    this.#failure = reason;
    this.#rest = '';
    this.#code = 0;
    this.#lines = [];
    return null;
  }
}

/** The code of a reply line: three digits, 200-599, then its end, a space or a hyphen. 0: no reply line. */
function codeOf(line: string, length: number): number {
  if (length < 3) return 0;
  const first = line.charCodeAt(0) - 48;
  const second = line.charCodeAt(1) - 48;
  const third = line.charCodeAt(2) - 48;
  if (first < 2 || first > 5 || second < 0 || second > 9 || third < 0 || third > 9) return 0;
  if (length > 3) {
    const separator = line.charCodeAt(3);
    if (separator !== SPACE && separator !== HYPHEN) return 0;
  }
  return first * 100 + second * 10 + third;
}

/** Whether a reply line can begin like this. */
function canBegin(part: string): boolean {
  if (part.length > 3) {
    // `250` and CR: the LF may be on its way.
    if (codeOf(part, part.length) !== 0) return true;
    return part.length === 4 && part.charCodeAt(3) === CR && codeOf(part, 3) !== 0;
  }
  return codeOf(part + '200'.slice(part.length), 3) !== 0;
}
