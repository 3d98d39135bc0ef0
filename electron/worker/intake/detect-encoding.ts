// Which encoding a file is in: its BOM, the pattern of NULs of UTF-16, then whether *all* of it is UTF-8 (10 GB/s, so
// the whole file is looked at and nothing can turn up late), else Windows-1252. Guessers were tried (jschardet 4 takes
// repeated Shift-JIS for IBM855 and German for MacIceland): other encodings are the user's to name.
// A file that is UTF-8 but for some foreign bytes stays UTF-8: those records are read as Windows-1252 and reported.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { UserError } from '../../../shared/errors.ts';
import type { SourceFile } from './source-file.ts';
import { incompleteTail, utf8Census } from './utf8-census.ts';

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

/** `wanted`: the user's word. Throws BadUsage for an encoding that nobody knows, FileChanged and FileUnreadable. */
export function detectEncoding(source: SourceFile, head: Buffer, wanted: string | undefined): DetectedEncoding {
  const bom = bomOf(head);
  if (wanted !== undefined) return namedEncoding(wanted, bom, source);
  if (bom !== null && bom.encoding !== 'utf-8') return { ...bom, clean: true };
  const utf16 = bom === null ? utf16WithoutBom(head) : null;
  if (utf16 !== null) return { encoding: utf16, bomBytes: 0, clean: true };

  const bomBytes = bom?.bomBytes ?? 0;
  if (isAllUtf8(source, bomBytes)) return { encoding: 'utf-8', bomBytes, clean: true };
  const mostlyUtf8 = bom !== null || isMostlyUtf8(source);
  return { encoding: mostlyUtf8 ? 'utf-8' : 'windows-1252', bomBytes, clean: !mostlyUtf8 };
}

function namedEncoding(wanted: string, bom: ReturnType<typeof bomOf>, source: SourceFile): DetectedEncoding {
  const name = canonicalName(wanted);
  if (name === null) {
    throw new UserError('BadUsage', `The encoding "${wanted}" is not known. Examples: utf-8, utf-16le, windows-1252, shift_jis, gb18030, koi8-r.`);
  }
  const bomBytes = bom?.encoding === name ? bom.bomBytes : 0;
  return { encoding: name, bomBytes, clean: name !== 'utf-8' || isAllUtf8(source, bomBytes) };
}

function canonicalName(wanted: string): string | null {
  const lower = wanted.trim().toLowerCase().replaceAll('_', '-');
  if (/^utf-?8(-?(bom|sig))?$/.test(lower)) return 'utf-8';
  if (/^(utf-?16(-?le)?|ucs-?2)$/.test(lower)) return 'utf-16le';
  if (/^utf-?16-?be$/.test(lower)) return 'utf-16be';
  if (/^(windows-?1252|cp-?1252|iso-8859-1|latin-?1|us-ascii|ascii)$/.test(lower)) return 'windows-1252';
  return iconv.encodingExists(lower) ? lower : null;
}

function bomOf(head: Buffer): { readonly encoding: string; readonly bomBytes: number } | null {
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

function isAllUtf8(source: SourceFile, start: number): boolean {
  for (const bytes of wholeSequences(source, start)) {
    if (!isUtf8(bytes)) return false;
  }
  return true;
}

function isMostlyUtf8(source: SourceFile): boolean {
  let sequences = 0;
  let faults = 0;
  for (const bytes of wholeSequences(source, 0)) {
    const census = utf8Census(bytes);
    sequences += census.sequences;
    faults += census.faults;
    if (faults >= ENOUGH_FAULTS && faults > sequences) return false;
  }
  return sequences >= faults;
}

/** The file in pieces that do not cut a UTF-8 sequence in two (the last one may be cut by the file's end). */
function* wholeSequences(source: SourceFile, start: number): Generator<Buffer, void, undefined> {
  let tail: Buffer = Buffer.alloc(0);
  for (const chunk of source.chunks(start)) {
    const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    const cut = bytes.length - incompleteTail(bytes);
    yield bytes.subarray(0, cut);
    tail = Buffer.from(bytes.subarray(cut));
  }
  if (tail.length > 0) yield tail;
}
