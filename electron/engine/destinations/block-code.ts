// What a server calls the block that it refuses this machine by: a provider's own code (Microsoft's S3150, Yahoo's BL21)
// or the block list that it names (zen.spamhaus.org). People look these up, and help pages are indexed by them.
// Reads bounded text with anchored patterns; null where nothing of the kind is named. Sources as in classify/provider-rules.

/** In the order in which they are looked for: the most telling first. */
const CODES: readonly RegExp[] = [
  // Outlook.com's postmaster page.
  /\b(S31[145]\d|S8001|(?:SC|DY|OU|RP)-00\d)\b/i,
  // Exchange Online's throttling and banned addresses: (AS77712), 5.7.606 … 5.7.649, 5.7.511, 5.7.708.
  /\((AS\d{3,5})\)/i,
  /\b(5\.7\.(?:511|60[6-9]|6[1-4]\d|708))\b/,
  // Yahoo: [BL21], [TSS04].
  /\[((?:BL|TSS?|IPTS|GL)\d\d)\]/i,
  // Comcast, GoDaddy, Orange, La Poste.
  /\b((?:BL|RL)0000\d\d)\b/,
  /\b(IB\d{3})\b/,
  /\b((?:OFR|LPN)\d{0,3}_\d{2,3})\b/i,
  // AOL's older ones.
  /\(((?:RTR|CON|RLY|DYN|DNS):\w{2})\)/i,
  // NetEase: RP:TRC, HL:IPB.
  /\b((?:HL|MI|RP|DT):[A-Z]{3})\b/,
  // Google names the case in its help link.
  /[?&]p=([a-z]{4,40})/i,
  // Block lists by their zone or site.
  /\b((?:[a-z0-9-]{1,40}\.){0,3}(?:spamhaus|abuseat|surriel|dnswl|mailspike|gbudb)\.(?:org|net|com)|bl\.spamcop\.net|b\.barracudacentral\.org|(?:[a-z0-9-]{1,20}\.)?(?:sorbs|uceprotect|manitu|nixspam)\.(?:net|org)|(?:prs|ipcheck)\.proofpoint\.com)\b/i,
];

const LONGEST_TEXT = 2_000;

/** `text`: of the reply, `code enhanced text`. */
export function blockCodeOf(text: string): string | null {
  const bounded = text.slice(0, LONGEST_TEXT);
  for (const pattern of CODES) {
    const found = pattern.exec(bounded)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}
