// What a block list means by the address that it answers with. Answers outside of 127.0.0.0/8 are somebody else's (a
// resolver that lies, a list that was given up) and mean nothing (RFC 5782 2.1, 2.3).
// Sources: Spamhaus' documents on return codes of ZEN and on 127.255.255.x; RFC 5782 for all others.

export type BlockListCode =
  /** Somebody complained, or the machine is infected. */
  | { readonly kind: 'listed'; readonly meaning: string }
  /** An address range of which its owner says that it sends no mail by itself: home and dynamic lines. */
  | { readonly kind: 'policy'; readonly meaning: string }
  /** The list does not answer this DNS server (a public one, too many questions, a wrong name). */
  | { readonly kind: 'refused'; readonly meaning: string }
  | { readonly kind: 'foreign' };

const REFUSALS: Readonly<Record<string, string>> = {
  '127.255.255.252': 'typing error in the list’s name',
  '127.255.255.254': 'asked through a public DNS server',
  '127.255.255.255': 'too many questions',
};

const ZEN: Readonly<Record<string, readonly ['listed' | 'policy', string]>> = {
  '127.0.0.2': ['listed', 'SBL: known for spam'],
  '127.0.0.3': ['listed', 'CSS: sends spam'],
  '127.0.0.4': ['listed', 'XBL: infected or misused'],
  '127.0.0.5': ['listed', 'XBL: infected or misused'],
  '127.0.0.6': ['listed', 'XBL: infected or misused'],
  '127.0.0.7': ['listed', 'XBL: infected or misused'],
  '127.0.0.9': ['listed', 'DROP: a hijacked network'],
  '127.0.0.10': ['policy', 'PBL: a line that should not send mail itself, says its provider'],
  '127.0.0.11': ['policy', 'PBL: a line that should not send mail itself'],
};

export function blockListCode(zone: string, answer: string): BlockListCode {
  if (answer.startsWith('127.255.255.')) return { kind: 'refused', meaning: REFUSALS[answer] ?? 'refused' };
  // Every list that is asked here answers within 127.0.0.0/16.
  if (!answer.startsWith('127.0.')) return { kind: 'foreign' };
  // 127.0.0.1 is never an entry: a list that answers it for everything has been given up (RFC 5782 5).
  if (answer === '127.0.0.1') return { kind: 'foreign' };
  const known = zone.endsWith('spamhaus.org') ? ZEN[answer] : undefined;
  return known === undefined ? { kind: 'listed', meaning: `code ${answer}` } : { kind: known[0], meaning: known[1] };
}
