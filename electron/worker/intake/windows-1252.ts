// Windows-1252 as the WHATWG Encoding Standard has it: the five bytes that Microsoft left undefined (81 8D 8F 90 9D)
// become the C1 controls of the same number, so every byte has its own character and nothing is lost.
// (iconv-lite gives U+FFFD for those five.)

const C1 = /[\x80-\x9f]/g;
const HIGH =
  '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F' +
  '\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(C1, (control) => HIGH.charAt(control.charCodeAt(0) - 0x80));
}
