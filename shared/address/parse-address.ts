// One address, exactly as it stands: RFC 5321 mailbox with RFC 6531 (UTF-8), in linear time, with the place of a fault.
// It never trims, repairs or guesses (that is the importer's and the extractor's work), and never throws.
// What it accepts holds no control character, no line break and nothing invisible, so it may be put on a socket.
import { findForbidden, findJoiner, findOtherSpace, QUOTE } from './characters.ts';
import { parseDomain } from './parse-domain.ts';
import { checkDotAtom, endOfQuotedString, MAX_LOCAL_OCTETS, utf8Length } from './parse-local.ts';
import { syntaxFault, type SyntaxFault } from './syntax-fault.ts';

export interface ParsedAddress {
  readonly ok: true;
  /** Normalised: local part as it was (NFC), at sign, lower-case A-labels. Equal addresses are duplicates. */
  readonly address: string;
  /** Quotes and backslashes kept. */
  readonly local: string;
  /** Lower-case A-labels. */
  readonly domain: string;
  /** The domain as people read it. */
  readonly unicodeDomain: string;
  /** True where the local part is not ASCII: the server must offer SMTPUTF8 (RFC 6531). */
  readonly smtputf8: boolean;
  /** RFC 6761 and the like (example.com, .test, .onion). */
  readonly specialUse: boolean;
  /** True for a quoted local part. */
  readonly quoted: boolean;
}

export type ParseResult = ParsedAddress | SyntaxFault;

/** No address can be longer before NFC and UTS 46 have shortened it. A longer text is not looked at. */
const MAX_UNITS = 1024;
/** RFC 5321 4.5.3.1.3 with the angle brackets taken off (RFC 3696 erratum 1690), in octets. */
const MAX_ADDRESS_OCTETS = 254;

/** Parses the text as it stands. Faults are named by the first rule that is broken, reading from the left. */
export function parseAddress(text: string): ParseResult {
  if (text.length > MAX_UNITS) return syntaxFault('syntax_too_long', MAX_ADDRESS_OCTETS);
  if (PRINTABLE_ASCII.test(text)) return parseMailbox(text, true);

  const forbidden = findForbidden(text);
  if (forbidden >= 0) return syntaxFault('syntax_bad_character', forbidden);
  const normal = text.normalize('NFC');
  const space = findOtherSpace(normal);
  if (space >= 0) return syntaxFault('syntax_space', space);
  return parseMailbox(normal, false);
}

const PRINTABLE_ASCII = /^[ -~]*$/;

function parseMailbox(text: string, ascii: boolean): ParseResult {
  const quoted = text.charCodeAt(0) === QUOTE;
  const at = quoted ? atAfterQuotedString(text) : atAfterDotAtom(text);
  if (typeof at !== 'number') return at;

  const local = text.slice(0, at);
  const smtputf8 = !ascii && !PRINTABLE_ASCII.test(local);
  const localOctets = smtputf8 ? utf8Length(local) : at;
  if (localOctets > MAX_LOCAL_OCTETS) return syntaxFault('syntax_local_too_long', MAX_LOCAL_OCTETS);
  const joiner = smtputf8 ? findJoiner(local) : -1;
  if (joiner >= 0) return syntaxFault('syntax_bad_character', joiner);

  const parsed = parseDomain(text, at + 1, ascii);
  if (!parsed.ok) return parsed;
  const { domain, unicodeDomain, specialUse } = parsed;
  if (localOctets + 1 + domain.length > MAX_ADDRESS_OCTETS) return syntaxFault('syntax_too_long', MAX_ADDRESS_OCTETS);
  return { ok: true, address: `${local}@${domain}`, local, domain, unicodeDomain, smtputf8, specialUse, quoted };
}

/** Index of the at sign after a valid dot-atom, or the fault. */
function atAfterDotAtom(text: string): number | SyntaxFault {
  const at = text.indexOf('@');
  if (at < 0) return syntaxFault('syntax_no_at', text.length);
  if (at === 0) return syntaxFault('syntax_no_local', 0);
  return checkDotAtom(text, at) ?? secondAt(text, at) ?? at;
}

/** Index of the at sign after a valid quoted string that opens at 0, or the fault. */
function atAfterQuotedString(text: string): number | SyntaxFault {
  if (!text.includes('@')) return syntaxFault('syntax_no_at', text.length);
  const end = endOfQuotedString(text);
  if (typeof end !== 'number') return end;
  if (text[end] !== '@') return syntaxFault(end === text.length ? 'syntax_no_at' : 'syntax_quotes', end);
  return secondAt(text, end) ?? end;
}

function secondAt(text: string, first: number): SyntaxFault | null {
  const second = text.indexOf('@', first + 1);
  return second < 0 ? null : syntaxFault('syntax_multiple_at', second);
}
