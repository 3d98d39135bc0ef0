// Files that are no text: named by their first bytes where known, told by their control characters otherwise.
// A few NULs in a CSV are data; only a file full of controls is refused.

const MAGIC: readonly (readonly [bytes: string, what: string])[] = [
  ['PK\x03\x04', 'a ZIP archive or an Office file (.xlsx, .ods, .docx, .numbers); save the sheet as CSV'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'an old Office file (.xls, .doc, .msg); save the sheet as CSV'],
  ['%PDF-', 'a PDF document'],
  ['{\\rtf', 'a rich text document (.rtf); save it as plain text'],
  ['\x89PNG\r\n', 'a PNG picture'],
  ['\xFF\xD8\xFF', 'a JPEG picture'],
  ['GIF87a', 'a GIF picture'],
  ['GIF89a', 'a GIF picture'],
  ['\x1F\x8B', 'a gzip archive; unpack it first'],
  ['BZh', 'a bzip2 archive; unpack it first'],
  ['\xFD7zXZ\x00', 'an xz archive; unpack it first'],
  ['7z\xBC\xAF\x27\x1C', 'a 7-Zip archive; unpack it first'],
  ['Rar!\x1A\x07', 'a RAR archive; unpack it first'],
  ['\x28\xB5\x2F\xFD', 'a Zstandard archive; unpack it first'],
  ['SQLite format 3\x00', 'an SQLite database'],
  ['\x7FELF', 'a program'],
  ['PAR1', 'a Parquet file'],
];

/** Beyond this share of control characters a file with no address in its head is no text; beyond the second, none is. */
const SUSPICIOUS_SHARE = 0.05;
const CERTAIN_SHARE = 0.3;

/** What the file is, in words, or null if it may be text. `head`: its first bytes, not of a UTF-16 file. */
export function knownBinary(head: Buffer): string | null {
  const latin1 = head.toString('latin1');
  for (const [bytes, what] of MAGIC) {
    // Three plain letters may begin a text; the archive goes on with its block size.
    if (latin1.startsWith(bytes) && (bytes !== 'BZh' || /^BZh[1-9]1AY&SY/.test(latin1))) return what;
  }
  const controls = latin1.match(/[\x00-\x08\x0E-\x1A\x1C-\x1F\x7F]/g)?.length ?? 0;
  const share = latin1.length === 0 ? 0 : controls / latin1.length;
  if (share > CERTAIN_SHARE) return 'a binary file';
  return share > SUSPICIOUS_SHARE && !/[\w.+-]@[\w-]+\.[a-z]/i.test(latin1) ? 'a binary file' : null;
}
