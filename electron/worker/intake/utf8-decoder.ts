// Bytes of any encoding as UTF-8 bytes, chunk by chunk, so that one parser reads them all.
// UTF-8 passes as it is (foreign bytes in it are dealt with record by record). What cannot be decoded becomes U+FFFD,
// which the importer reports with its row.
import iconv from 'iconv-lite';
import { decodeWindows1252 } from './windows-1252.ts';

export interface Utf8Decoder {
  /** The result may be the chunk itself. */
  write(chunk: Buffer): Buffer;
  end(): Buffer;
}

const NOTHING = Buffer.alloc(0);

/** `encoding`: as `detectEncoding` names it. The BOM has been taken off. */
export function utf8Decoder(encoding: string): Utf8Decoder {
  if (encoding === 'utf-8') return { write: (chunk) => chunk, end: () => NOTHING };
  if (encoding === 'windows-1252') return { write: (chunk) => Buffer.from(decodeWindows1252(chunk), 'utf8'), end: () => NOTHING };
  if (encoding === 'utf-16le') return utf16Decoder(false);
  if (encoding === 'utf-16be') return utf16Decoder(true);
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  return {
    write: (chunk) => Buffer.from(decoder.write(chunk), 'utf8'),
    end: () => Buffer.from(decoder.end() ?? '', 'utf8'),
  };
}

/** Own, because iconv-lite leaves out half a unit at the end in silence; keeps surrogate pairs whole across chunks. */
function utf16Decoder(bigEndian: boolean): Utf8Decoder {
  let tail: Buffer = NOTHING;
  return {
    write(chunk) {
      const bytes = Buffer.concat([tail, chunk]);
      let cut = bytes.length & ~1;
      const units = Buffer.from(bytes.subarray(0, cut));
      if (bigEndian) units.swap16();
      // A high surrogate waits for its other half.
      if (cut > 0 && ((units[cut - 1] ?? 0) & 0xfc) === 0xd8) cut -= 2;
      tail = Buffer.from(bytes.subarray(cut));
      return Buffer.from(units.toString('utf16le', 0, cut), 'utf8');
    },
    end: () => (tail.length === 0 ? NOTHING : Buffer.from('\uFFFD', 'utf8')),
  };
}
