// From the bytes of a server to its replies (RFC 5321 4.2), one parser a connection.
// How the bytes were cut into chunks never changes the result, and nothing that a server sends makes it throw.
// Bounded: 4 KiB a line, 128 lines and 64 KiB a reply; over that, or where a line is no reply line, `failure` is set
// and the parser takes nothing more: the session is out of step. It never judges a reply.

/** A reply as it was received. The characters of its lines are octets (latin1): `makeReply` decodes them. */
export interface RawReply {
  /** 200-599. */
  readonly code: number;
  /** What follows the code and its separator, for each line. */
  readonly lines: readonly string[];
}

export const MAX_LINE_OCTETS = 4_096;
export const MAX_REPLY_OCTETS = 65_536;
export const MAX_REPLY_LINES = 128;

const CR = 13;
const SPACE = 32;
const HYPHEN = 45;

export class ReplyParser {
  /** Octets of the line that is being received. */
  #rest = '';
  /** Lines of the reply that is being received, and its code; 0: none is. */
  #lines: string[] = [];
  #code = 0;
  #octets = 0;
  #failure: string | null = null;

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
    for (let lf = data.indexOf('\n'); lf !== -1; lf = data.indexOf('\n', start)) {
      const line = this.#rest === '' ? data.slice(start, lf) : this.#rest + data.slice(start, lf);
      this.#rest = '';
      start = lf + 1;
      // RFC 5321 2.3.8 wants CRLF; a bare LF is seen and harmless in a reply.
      const reply = this.#line(line.charCodeAt(line.length - 1) === CR ? line.slice(0, -1) : line);
      if (reply !== null) replies.push(reply);
      if (this.failure !== null) return replies;
    }
    if (start < data.length) {
      this.#rest += start === 0 ? data : data.slice(start);
      this.#checkRest();
    }
    return replies;
  }

  /** One line without its end; the reply if it is the last of one. */
  #line(line: string): RawReply | null {
    const length = line.length;
    const code = codeOf(line, length);
    if (code === 0) return this.#fail('a line that is not a reply');
    if (length > MAX_LINE_OCTETS) return this.#fail('a reply line over 4 KiB');
    if (this.#code === 0) {
      if (length === 3) return { code, lines: [''] };
      if (line.charCodeAt(3) === SPACE) return { code, lines: [line.slice(4)] };
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
    const reply = { code, lines: this.#lines };
    this.#code = 0;
    this.#octets = 0;
    this.#lines = [];
    return reply;
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
