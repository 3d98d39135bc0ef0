// Which characters may stand where (RFC 5321 4.1.2, RFC 5322 3.2.3, RFC 6531 3.3), as tables for a scan by code unit.
// Non-ASCII characters are allowed by RFC 6531; those that cannot be seen or are no characters at all are refused
// before any table is asked (`findForbidden`), so that nothing invisible ever reaches a store, a screen or a socket.

/** Letters, digits and !#$%&'*+-/=?^_`{|}~ (RFC 5322 atext). */
export const IS_ATEXT = table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

/** Letters and digits of a host name (RFC 1123 2.1); the hyphen has its own rule. */
export const IS_LETTER_OR_DIGIT = table('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

export const AT = 0x40;
export const DOT = 0x2e;
export const HYPHEN = 0x2d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/**
 * C0, DEL, C1; line and paragraph separators; lone surrogates; unassigned, private and non-characters (not stable under
 * NFC); format characters: bidi controls, zero-width spaces, soft hyphens, tags; fillers that are letters by name only. Two joiners are left to the domain's
 * own rules, where Persian and Indic names need them (RFC 5892 A.1, A.2).
 */
const FORBIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;
const OTHER_SPACE = /(?! )\p{Zs}/u;
const JOINER = /[\u200c\u200d]/;

/** Index of the first character that may stand nowhere in an address, or -1. */
export function findForbidden(text: string): number {
  return text.search(FORBIDDEN);
}

/** Index of the first white space, the ASCII space not counted, or -1. */
export function findOtherSpace(text: string): number {
  return text.search(OTHER_SPACE);
}

/** Index of the first zero-width joiner or non-joiner, or -1. */
export function findJoiner(text: string): number {
  return text.search(JOINER);
}

function table(characters: string): Uint8Array {
  const result = new Uint8Array(128);
  for (let i = 0; i < characters.length; i += 1) result[characters.charCodeAt(i)] = 1;
  return result;
}
