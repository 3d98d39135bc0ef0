// Which encoding a file is in: its BOM, the pattern of NULs of UTF-16, then whether *all* of it is UTF-8 (10 GB/s, so
// the whole file is looked at and nothing can turn up late), then a guess by its foreign cells (guess-encoding).
// A file that is UTF-8 but for some foreign bytes stays UTF-8: those records are read as Windows-1252 and reported.
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { UserError } from '../../../shared/errors.ts';
import { foreignCells, guessEncoding, MAX_GUESS_BYTES } from './guess-encoding.ts';
import type { ListSource } from './list-source.ts';
import { countSequences, incompleteTail, utf8Census } from './utf8-census.ts';

export interface DetectedEncoding {
  /** Lower-case name, as `ListInfo.encoding` shows it. */
  readonly encoding: string;
  readonly bomBytes: number;
  /** True where all of the file is known to be valid in its encoding. */
  readonly clean: boolean;
}

/** Faults after which a file with no more sequences than those is not looked at any further. */
const ENOUGH_FAULTS = 1_000;
/** Share of the 16-bit units whose high byte is NUL, for UTF-16 without a BOM. Addresses are ASCII even in Chinese lists. */
const UTF16_SHARE = 0.3;

type Bom = Omit<DetectedEncoding, 'clean'>;

/** `head`: the first bytes of what `chunks` gives. `wanted`: the user's word. Throws BadUsage for an encoding that nobody
 *  knows, and what the source throws. */
export async function detectEncoding(source: Pick<ListSource, 'chunks'>, head: Buffer, wanted: string | undefined): Promise<DetectedEncoding> {
  const known = encodingOfHead(head, wanted);
  if (known.done) return known.result;
  const survey = new EncodingSurvey(known.bomBytes, known.wanted);
  for await (const { bytes } of source.chunks()) {
    if (!survey.push(bytes)) break;
  }
  return await survey.result();
}

type HeadKnowledge =
  | { readonly done: true; readonly result: DetectedEncoding }
  /** UTF-8 is wanted, or nothing is known: the whole file tells. */
  | { readonly done: false; readonly bomBytes: number; readonly wanted: boolean };

function encodingOfHead(head: Buffer, wanted: string | undefined): HeadKnowledge {
  const bom = bomOf(head);
  if (wanted !== undefined) {
    const name = canonicalName(wanted);
    if (name === null) {
      throw new UserError('BadUsage', `The encoding "${wanted}" is not known. Examples: utf-8, utf-16le, windows-1252, shift_jis, gb18030, koi8-r.`);
    }
    const bomBytes = bom?.encoding === name ? bom.bomBytes : 0;
    return name === 'utf-8' ? { done: false, bomBytes, wanted: true } : { done: true, result: { encoding: name, bomBytes, clean: true } };
  }
  if (bom !== null) return bom.encoding === 'utf-8' ? { done: false, bomBytes: bom.bomBytes, wanted: true } : { done: true, result: { ...bom, clean: true } };
  const utf16 = utf16WithoutBom(head);
  return utf16 === null ? { done: false, bomBytes: 0, wanted: false } : { done: true, result: { encoding: utf16, bomBytes: 0, clean: true } };
}

/** Looks through the whole file, chunk by chunk; a cut UTF-8 sequence is put together first. */
class EncodingSurvey {
  readonly #bomBytes: number;
  readonly #wanted: boolean;
  #skip: number;
  #tail: Buffer = Buffer.alloc(0);
  #sequences = 0;
  #faults = 0;
  #cells: Buffer = Buffer.alloc(0);

  /** `wanted`: it is UTF-8 whatever is found. */
  constructor(bomBytes: number, wanted: boolean) {
    this.#bomBytes = bomBytes;
    this.#skip = bomBytes;
    this.#wanted = wanted;
  }

  /** False: nothing that follows changes the result. */
  push(chunk: Buffer): boolean {
    const fresh = chunk.subarray(Math.min(this.#skip, chunk.length));
    this.#skip -= chunk.length - fresh.length;
    const bytes = this.#tail.length === 0 ? fresh : Buffer.concat([this.#tail, fresh]);
    const cut = bytes.length - incompleteTail(bytes);
    this.#tail = Buffer.from(bytes.subarray(cut));
    return this.#look(bytes.subarray(0, cut));
  }

  async result(): Promise<DetectedEncoding> {
    if (this.#tail.length > 0) this.#look(this.#tail);
    const bomBytes = this.#bomBytes;
    if (this.#faults === 0) return { encoding: 'utf-8', bomBytes, clean: true };
    if (this.#wanted || this.#sequences >= this.#faults) return { encoding: 'utf-8', bomBytes, clean: false };
    return { encoding: await guessEncoding(this.#cells), bomBytes, clean: true };
  }

  #look(bytes: Buffer): boolean {
    if (isAscii(bytes)) return true;
    if (this.#faults === 0 && this.#wanted && isUtf8(bytes)) return true;
    if (this.#wanted) this.#faults++;
    else this.#count(bytes);
    return !this.#wanted && (this.#faults < ENOUGH_FAULTS || this.#faults <= this.#sequences || this.#cells.length < MAX_GUESS_BYTES / 2);
  }

  #count(bytes: Buffer): void {
    const census = isUtf8(bytes) ? { sequences: countSequences(bytes), faults: 0 } : utf8Census(bytes);
    this.#sequences += census.sequences;
    this.#faults += census.faults;
    if (this.#cells.length < MAX_GUESS_BYTES) this.#cells = Buffer.concat([this.#cells, Buffer.from('\n'), foreignCells(bytes)]).subarray(0, 2 * MAX_GUESS_BYTES);
  }
}

function canonicalName(wanted: string): string | null {
  const lower = wanted.trim().toLowerCase().replaceAll('_', '-');
  if (/^utf-?8(-?(bom|sig))?$/.test(lower)) return 'utf-8';
  if (/^(utf-?16(-?le)?|ucs-?2)$/.test(lower)) return 'utf-16le';
  if (/^utf-?16-?be$/.test(lower)) return 'utf-16be';
  if (/^(windows-?1252|cp-?1252|iso-8859-1|latin-?1|us-ascii|ascii)$/.test(lower)) return 'windows-1252';
  return iconv.encodingExists(lower) ? lower : null;
}

function bomOf(head: Buffer): Bom | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  return null;
}

function utf16WithoutBom(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const units = Math.min(head.length, 8192) >> 1;
  // Too short to tell from a stray NUL.
  if (units < 4) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let unit = 0; unit < units; unit++) {
    if (head[unit * 2] === 0) evenNuls++;
    if (head[unit * 2 + 1] === 0) oddNuls++;
  }
  if (oddNuls >= units * UTF16_SHARE && evenNuls * 20 <= oddNuls) return 'utf-16le';
  return evenNuls >= units * UTF16_SHARE && oddNuls * 20 <= evenNuls ? 'utf-16be' : null;
}
