// One address, exactly as it stands: RFC 5321 mailbox with RFC 6531 (UTF-8), in linear time, with the place of a fault.
// It never trims, repairs or guesses (that is the importer's and the extractor's work), and never throws.
// What it accepts holds no control character, no line break and nothing invisible, so it may be put on a socket.
// The plain case (ASCII dot-atom at a domain seen before) takes one scan; all else, and every fault, the full grammar.
import { AT, DOT, findForbidden, findJoiner, findOtherSpace, IS_ATEXT, QUOTE } from './characters.ts';
import { knownDomain, rememberDomain, type KnownDomain } from './domain-cache.ts';
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
  const at = plainLocalEnd(text);
  return at < 0 ? parseAny(text) : parsePlain(text, at);
}

/** Index of the at sign after an ASCII dot-atom of a lawful length, or -1 for everything that needs a closer look. */
function plainLocalEnd(text: string): number {
  const end = Math.min(text.length, MAX_LOCAL_OCTETS + 1);
  let before = DOT;
  for (let i = 0; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === AT) return before === DOT ? -1 : i;
    if (code === DOT ? before === DOT : code > 127 || IS_ATEXT[code] !== 1) return -1;
    before = code;
  }
  return -1;
}

/** The local part, `text[0, at)`, is known to be an ASCII dot-atom. */
function parsePlain(text: string, at: number): ParseResult {
  if (text.length > MAX_ADDRESS_OCTETS || at + 1 === text.length) return parseAny(text);
  const raw = text.slice(at + 1);
  const known = knownDomain(raw);
  // In lower case the text is its own normalised form, and nothing is copied.
  if (known !== null) return parsedAddress(text, text.slice(0, at), known, false, false);

  const parsed = PRINTABLE_ASCII.test(raw) ? parseDomain(text, at + 1, true) : null;
  // Which rule is broken first is the whole grammar's to say.
  if (parsed?.ok !== true) return parseAny(text);
  const local = text.slice(0, at);
  if (raw !== parsed.domain) return parsedAddress(`${local}@${parsed.domain}`, local, parsed, false, false);
  rememberDomain(parsed);
  return parsedAddress(text, local, parsed, false, false);
}

/** The whole grammar. */
function parseAny(text: string): ParseResult {
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
  if (localOctets + 1 + parsed.domain.length > MAX_ADDRESS_OCTETS) return syntaxFault('syntax_too_long', MAX_ADDRESS_OCTETS);
  return parsedAddress(`${local}@${parsed.domain}`, local, parsed, smtputf8, quoted);
}

/** The one place that makes them: every result has the same shape, which is half of the speed. */
function parsedAddress(address: string, local: string, { domain, unicodeDomain, specialUse }: KnownDomain, smtputf8: boolean, quoted: boolean): ParsedAddress {
  return { ok: true, address, local, domain, unicodeDomain, smtputf8, specialUse, quoted };
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
