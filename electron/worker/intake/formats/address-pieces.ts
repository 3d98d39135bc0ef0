// Running text into rows of one address each: [address, line, the piece of text that it stood in]. The pieces of a line put
// together are the line. Lines may be of any length: they are searched in bounded parts that end at a separator.
import { extractAddresses } from '../../../../shared/address/extract-addresses.ts';

export type AddressRow = readonly [address: string, line: string, text: string];

/** Longer parts are not searched at once: what is asked of them is bounded. */
export const MAX_PART = 16_384;

export class AddressPieces {
  #rest = '';
  #line = 1;

  push(chunk: string): readonly AddressRow[] {
    const text = this.#rest + chunk;
    const rows: AddressRow[] = [];
    let at = 0;
    for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\r(?!$)|\n/g)) {
      this.#add(text.slice(at, index), rows);
      this.#line++;
      at = index + lineEnd.length;
    }
    this.#rest = text.slice(at);
    while (this.#rest.length > 2 * MAX_PART) {
      const cut = partEnd(this.#rest);
      this.#add(this.#rest.slice(0, cut), rows);
      this.#rest = this.#rest.slice(cut);
    }
    return rows;
  }

  end(): readonly AddressRow[] {
    const rows: AddressRow[] = [];
    this.#add(this.#rest.replace(/\r$/, ''), rows);
    this.#rest = '';
    return rows;
  }

  #add(line: string, rows: AddressRow[]): void {
    let left = line;
    while (left.length > MAX_PART) {
      const cut = partEnd(left);
      this.#part(left.slice(0, cut), rows);
      left = left.slice(cut);
    }
    this.#part(left, rows);
  }

  #part(part: string, rows: AddressRow[]): void {
    if (part.trim() === '') return;
    const line = String(this.#line);
    const { found, leftover } = extractAddresses(part);
    if (!leftover && found.length > 0) {
      // Each takes what stands before it; the last one what follows too.
      let from = 0;
      found.forEach(({ text, end }, index) => {
        const to = index === found.length - 1 ? part.length : end + (/^[>)\]}"']*/.exec(part.slice(end, end + 8))?.[0].length ?? 0);
        rows.push([text, line, part.slice(from, to)]);
        from = to;
      });
      return;
    }
    // Something in it is no address: the others of the list are still.
    const items = part.split(/(?<=[;,])/);
    if (items.length > 1 && part.includes('@')) for (const item of items) this.#part(item, rows);
    else rows.push([part.replace(/^[\s;,]+|[\s;,]+$/g, ''), line, part]);
  }
}

/** Where a part ends: after a separator, best one that no name holds. */
export function partEnd(text: string): number {
  const part = text.slice(0, MAX_PART);
  const best = Math.max(part.lastIndexOf(';'), part.lastIndexOf('>,') + 1);
  if (best > 0) return best + 1;
  const next = Math.max(part.lastIndexOf(','), part.lastIndexOf(' '), part.lastIndexOf('\t'));
  return next > 0 ? next + 1 : MAX_PART;
}
