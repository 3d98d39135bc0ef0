// The domain: letter-digit-hyphen labels (RFC 1123, RFC 5321 4.1.2) or an IDN (UTS 46, strict), as lower-case A-labels.
// Its top-level domain is in IANA's list or special-use. Domain literals, single labels and numeric top-level domains
// are refused: no public mail is routed to them.
import { DOT, HYPHEN, IS_LETTER_OR_DIGIT, SPACE } from './characters.ts';
import { isSpecialUseBelow, isSpecialUseTld } from './special-use.ts';
import { syntaxFault, type SyntaxFault } from './syntax-fault.ts';
import { isTopLevelDomain } from './top-level-domains.ts';
import { domainToALabels, domainToUnicode } from './tr46.ts';

const MAX_LABEL_OCTETS = 63;
/** RFC 1035 2.3.4: 255 octets on the wire are 253 characters. */
const MAX_DOMAIN_OCTETS = 253;
const OPEN_BRACKET = 0x5b;

export interface ParsedDomain {
  readonly ok: true;
  /** Lower-case A-labels, without a trailing dot. */
  readonly domain: string;
  /** As people read it; the same as `domain` where it is ASCII. */
  readonly unicodeDomain: string;
  readonly specialUse: boolean;
}

/** Parses `text[start, …)`; positions of faults are in `text`. `ascii`: the whole text is printable ASCII. */
export function parseDomain(text: string, start: number, ascii: boolean): ParsedDomain | SyntaxFault {
  if (start >= text.length) return syntaxFault('syntax_no_domain', start);
  if (text.charCodeAt(start) === OPEN_BRACKET) return syntaxFault('syntax_domain_literal', start);
  const plain = ascii || PRINTABLE_ASCII.test(text.slice(start));
  const fault = checkLabels(text, start, plain);
  if (fault !== null) return fault;
  const raw = text.slice(start);
  if (plain && !(raw.includes('--') && A_LABEL.test(raw))) {
    const domain = raw.toLowerCase();
    return finish(domain, domain, start, null);
  }

  // Not lowered here: JavaScript and UTS 46 differ on a final sigma.
  const aLabels = domainToALabels(raw);
  if (aLabels === null) return syntaxFault('syntax_bad_idn', start + badLabel(raw));
  // Mapping may have made dots (U+3002) or have emptied a label.
  const mapped = checkLabels(aLabels, 0, true);
  if (mapped !== null) return { ...mapped, position: start + labelStart(raw, labelsBefore(aLabels, mapped.position)) };
  return finish(aLabels, domainToUnicode(aLabels), start, raw);
}

const PRINTABLE_ASCII = /^[ -~]*$/;
const A_LABEL = /(?:^|\.)xn--/i;

/** Characters, dots, hyphens and lengths of `text[start, …)`. Unless `ascii`, other characters pass and lengths are left. */
function checkLabels(text: string, start: number, ascii: boolean): SyntaxFault | null {
  const end = text.length;
  let labelStart = start;
  for (let i = start; i <= end; i += 1) {
    const code = i === end ? DOT : text.charCodeAt(i);
    if (code < 128 && IS_LETTER_OR_DIGIT[code] === 1) continue;
    if (code === DOT) {
      if (i === labelStart) return syntaxFault('syntax_dots', Math.min(i, end - 1));
      if (text.charCodeAt(i - 1) === HYPHEN) return syntaxFault('syntax_hyphen', i - 1);
      if (ascii && i - labelStart > MAX_LABEL_OCTETS) return syntaxFault('syntax_domain_too_long', labelStart);
      labelStart = i + 1;
    } else if (code === HYPHEN) {
      if (i === labelStart) return syntaxFault('syntax_hyphen', i);
    } else if (code < 128) {
      return syntaxFault(code === SPACE ? 'syntax_space' : 'syntax_bad_character', i);
    }
  }
  return ascii && end - start > MAX_DOMAIN_OCTETS ? syntaxFault('syntax_domain_too_long', start) : null;
}

/** `mapped`: the domain before its mapping, which moves the places within it; null where there was none. */
function finish(domain: string, unicodeDomain: string, start: number, mapped: string | null): ParsedDomain | SyntaxFault {
  const lastDot = domain.lastIndexOf('.');
  if (lastDot < 0) return syntaxFault('syntax_no_tld', start);
  const tld = domain.slice(lastDot + 1);
  if (isTopLevelDomain(tld)) return { ok: true, domain, unicodeDomain, specialUse: isSpecialUseBelow(domain, tld) };
  if (isSpecialUseTld(tld)) return { ok: true, domain, unicodeDomain, specialUse: true };
  // A numeric one (an IP address without brackets) is in no list.
  return syntaxFault('syntax_bad_tld', start + (mapped === null ? lastDot + 1 : labelStart(mapped, labelsBefore(domain, domain.length))));
}

/** UTS 46 takes all of these for a dot. */
const DOTS = /[.\u3002\uff0e\uff61]/;

/** Where the first label begins that is no valid IDN by itself; 0 where only all of them together are none (Bidi rule). */
function badLabel(raw: string): number {
  let at = 0;
  for (const label of raw.split(DOTS)) {
    if (label !== '' && domainToALabels(label) === null) return at;
    at += label.length + 1;
  }
  return 0;
}

/** Where the label with this number begins, counted from 0; the last one there is if there are fewer. */
function labelStart(raw: string, index: number): number {
  const labels = raw.split(DOTS).slice(0, index);
  const at = labels.reduce((sum, label) => sum + label.length + 1, 0);
  return Math.min(at, raw.length - 1);
}

function labelsBefore(domain: string, position: number): number {
  return domain.slice(0, position).split('.').length - 1;
}
