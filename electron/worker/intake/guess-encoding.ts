// The likely encoding of 8-bit text that is no UTF-8, by jschardet, from the cells that hold foreign bytes only: in whole
// records the ASCII of the addresses drowns them. A guess must be strong enough and decode without a fault; else it is
// Windows-1252, in which every byte has a character, and the user names another one.
// Measured on real words of 14 languages (test/unit/worker/intake/guess-encoding.test.ts).
import iconv from 'iconv-lite';

/** No more of the cells is looked at: jschardet is slow, and a list is of one piece. */
export const MAX_GUESS_BYTES = 16_384;

interface Candidate {
  /** As the store and the window name it. */
  readonly name: string;
  readonly kind: 'multibyte' | 'script' | 'latin';
}

/** jschardet's names, lower-case. What is not here is never guessed (EBCDIC, DOS and Macintosh code pages). */
const CANDIDATES: Readonly<Record<string, Candidate>> = {
  'shift_jis': { name: 'shift_jis', kind: 'multibyte' },
  'cp932': { name: 'shift_jis', kind: 'multibyte' },
  'gb18030': { name: 'gb18030', kind: 'multibyte' },
  'big5': { name: 'big5', kind: 'multibyte' },
  'euc-kr': { name: 'euc-kr', kind: 'multibyte' },
  'cp949': { name: 'euc-kr', kind: 'multibyte' },
  'windows-1251': { name: 'windows-1251', kind: 'script' },
  'koi8-r': { name: 'koi8-r', kind: 'script' },
  'koi8-u': { name: 'koi8-u', kind: 'script' },
  'iso-8859-5': { name: 'iso-8859-5', kind: 'script' },
  // The Windows pages hold what the ISO ones hold at the places that letters have, and more.
  'iso-8859-7': { name: 'windows-1253', kind: 'script' },
  'windows-1253': { name: 'windows-1253', kind: 'script' },
  'iso-8859-8': { name: 'windows-1255', kind: 'script' },
  'windows-1255': { name: 'windows-1255', kind: 'script' },
  'windows-1256': { name: 'windows-1256', kind: 'script' },
  'windows-1250': { name: 'windows-1250', kind: 'latin' },
  'iso-8859-2': { name: 'iso-8859-2', kind: 'latin' },
  'iso-8859-9': { name: 'windows-1254', kind: 'latin' },
  'windows-1254': { name: 'windows-1254', kind: 'latin' },
  'windows-1257': { name: 'windows-1257', kind: 'latin' },
};

const DEFAULT = 'windows-1252';
const MIN_CONFIDENCE = { multibyte: 0.05, script: 0.1, latin: 0.05 } as const;
/** How much likelier than Windows-1252 it must be. Turkish differs from it in six letters only. */
const MIN_RATIO = { multibyte: 2, script: 2, latin: 1.4 } as const;
const MIN_RATIO_TURKISH = 1.2;
/** A short Japanese cell is no more certain than this; then nothing else may be half as likely. */
const MIN_CONFIDENCE_ALONE = 0.015;

/** The cells of `bytes` that hold a byte above 0x7F, one a line, at most `MAX_GUESS_BYTES`. */
export function foreignCells(bytes: Buffer): Buffer {
  // No delimiter is a trail byte of an encoding above (a vertical bar may be one).
  const cells: string[] = [];
  let length = 0;
  for (const [cell] of bytes.toString('latin1').matchAll(/[^,;\t\r\n"]*[\x80-\xff][^,;\t\r\n"]*/g)) {
    length += cell.length + 1;
    if (length > MAX_GUESS_BYTES) break;
    cells.push(cell);
  }
  return Buffer.from(cells.join('\n'), 'latin1');
}

/** `cells`: as `foreignCells` gives them. A name that `utf8Decoder` knows. */
export async function guessEncoding(cells: Buffer): Promise<string> {
  if (cells.length === 0) return DEFAULT;
  // Its tables take longer to load than most lists to import, and few lists need them.
  const { detectAll } = await import('jschardet');
  const all = detectAll(cells).map(({ encoding, confidence }) => ({ key: encoding?.toLowerCase() ?? '', confidence }));
  const western = Math.max(0, ...all.filter(({ key }) => key === DEFAULT || key === 'iso-8859-1').map(({ confidence }) => confidence));
  for (const { key, confidence } of all) {
    const candidate = Object.hasOwn(CANDIDATES, key) ? CANDIDATES[key] : undefined;
    if (candidate === undefined) continue;
    const others = all.filter((other) => CANDIDATES[other.key]?.name !== candidate.name).map((other) => other.confidence);
    const alone = candidate.kind === 'multibyte' && confidence >= MIN_CONFIDENCE_ALONE && confidence >= 2 * Math.max(0, ...others);
    const ratio = candidate.name === 'windows-1254' ? MIN_RATIO_TURKISH : MIN_RATIO[candidate.kind];
    if ((confidence >= MIN_CONFIDENCE[candidate.kind] || alone) && confidence >= western * ratio && decodes(cells, candidate.name)) return candidate.name;
  }
  return DEFAULT;
}

/** Without a character that it has not, and without C1 controls, which no text holds. */
function decodes(cells: Buffer, name: string): boolean {
  return !/[\uFFFD\x80-\x9F]/.test(iconv.decode(cells, name));
}
