// Special-use domain names: they pass the parser (DNS gives the verdict) but are flagged, and need no IANA top-level domain.
// Sources: RFC 6761 (test, example, invalid, localhost), RFC 2606 (example.com/net/org), RFC 6762 (local),
// RFC 7686 (onion), RFC 9476 (alt), RFC 8375 (home.arpa); IANA's special-use registry for the rest of arpa.
// Never touches the network.

const SPECIAL_TLDS: ReadonlySet<string> = new Set(['test', 'example', 'invalid', 'localhost', 'local', 'onion', 'alt']);
const BELOW_ARPA = /(?:^|\.)(?:home|ipv4only|resolver|service|in-addr|ip6)\.arpa$/;
const EXAMPLES = /(?:^|\.)example\.(?:com|net|org)$/;

/** True for a top-level domain that is special-use; none of them is in IANA's list. `label` is in lower case. */
export function isSpecialUseTld(label: string): boolean {
  return SPECIAL_TLDS.has(label);
}

/** True for a special-use name below an IANA top-level domain. `domain` is in lower-case A-labels, `tld` its last. */
export function isSpecialUseBelow(domain: string, tld: string): boolean {
  if (tld === 'com' || tld === 'net' || tld === 'org') return domain.includes('example.') && EXAMPLES.test(domain);
  return tld === 'arpa' && BELOW_ARPA.test(domain);
}
