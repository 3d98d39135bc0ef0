// The local part: dot-atom or quoted string (RFC 5321 4.1.2), with UTF-8 (RFC 6531). One scan, no repair.
// No comments, no folding white space, no `"a"."b"` (obsolete grammar that no server takes).
import { BACKSLASH, DOT, IS_ATEXT, QUOTE, SPACE } from './characters.ts';
import { syntaxFault, type SyntaxFault } from './syntax-fault.ts';

/** RFC 5321 4.5.3.1.1, in octets, quotes counted. */
export const MAX_LOCAL_OCTETS = 64;

/** Checks `text[0, end)` as a dot-atom. `end` is the index of the at sign. */
export function checkDotAtom(text: string, end: number): SyntaxFault | null {
  let afterDot = true;
  for (let i = 0; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (afterDot) return syntaxFault('syntax_dots', i);
      afterDot = true;
      continue;
    }
    if (code < 128 && IS_ATEXT[code] !== 1) {
      return syntaxFault(code === SPACE ? 'syntax_space' : code === QUOTE ? 'syntax_quotes' : 'syntax_bad_character', i);
    }
    afterDot = false;
  }
  return afterDot ? syntaxFault('syntax_dots', end - 1) : null;
}

/** Index after the closing quote of a quoted string that opens at 0, or the fault. Spaces are allowed inside. */
export function endOfQuotedString(text: string): number | SyntaxFault {
  for (let i = 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code === BACKSLASH) {
      i += 1;
      // quoted-pairSMTP is ASCII only, in RFC 6531 too.
      if (i < text.length && text.charCodeAt(i) >= 128) return syntaxFault('syntax_quotes', i);
    }
  }
  return syntaxFault('syntax_quotes', 0);
}

/** Octets of the text in UTF-8. */
export function utf8Length(text: string): number {
  let octets = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    // A surrogate pair is four octets: two for each half.
    octets += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return octets;
}
