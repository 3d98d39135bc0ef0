// The one-line replies that a host gives again and again ("250 2.1.5 Ok"): each is read once and shared by all of its
// connections. Bounded, and only an echo of the bytes: with or without it the parser gives equal replies.
// Never keeps a line with an `@`: it echoes an address, will not come again, and is nobody's business here.
import type { RawReply } from './raw-reply.ts';

const MOST = 16;
const LONGEST = 256;

export interface KnownReply {
  /** The line as it came, its end included; one octet a character. */
  readonly octets: string;
  readonly reply: RawReply;
}

export class KnownReplies {
  readonly #byOctets = new Map<string, KnownReply>();

  get size(): number {
    return this.#byOctets.size;
  }

  find(octets: string): KnownReply | null {
    return this.#byOctets.get(octets) ?? null;
  }

  /** What is known of that line from now on; null where it is not worth keeping. `make` is given a copy of its own. */
  keep(octets: string, make: (copy: string) => RawReply): KnownReply | null {
    if (octets.length > LONGEST || octets.includes('@')) return null;
    // A slice would hold on to the whole chunk that it was cut from.
    const copy = Buffer.from(octets, 'latin1').toString('latin1');
    const known = { octets: copy, reply: make(copy) };
    if (this.#byOctets.size >= MOST) this.#byOctets.clear();
    this.#byOctets.set(copy, known);
    return known;
  }
}
