// The one address that stands for all addresses of a mailbox, by the provider's own rules (mailbox-providers): for finding
// people who are on a list twice. Never for sending or asking: that is done with the address as it was given.
// Where no rule is known the normalised address is its own canonical form, case of the local part kept (RFC 5321 2.4).
// Idempotent: the canonical form of a canonical form is itself.
import { MAILBOX_PROVIDERS, type MailboxProvider } from './mailbox-providers.ts';
import type { ParsedAddress } from './parse-address.ts';

let byDomain: ReadonlyMap<string, MailboxProvider> | null = null;

/** Pure; a valid address again. */
export function canonicalAddress(parsed: ParsedAddress): string {
  byDomain ??= new Map(MAILBOX_PROVIDERS.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)));
  // No provider here gives out such names: whatever they mean, they are not touched.
  if (parsed.quoted || parsed.smtputf8) return parsed.address;
  const provider = byDomain.get(parsed.domain);
  if (provider !== undefined) return `${mailboxOf(parsed.local, provider)}@${provider.oneDomain ?? parsed.domain}`;

  const dot = parsed.domain.indexOf('.');
  const parent = parsed.domain.slice(dot + 1);
  const owner = byDomain.get(parent);
  // `shop@ann.fastmail.com` is Ann's. Below `www` and the like nobody is at home.
  if (owner?.userAsSubdomain === true && !NOT_USERS.has(parsed.domain.slice(0, dot))) return `${parsed.domain.slice(0, dot)}@${parent}`;
  return parsed.address;
}

const NOT_USERS: ReadonlySet<string> = new Set(['www', 'mail', 'smtp', 'imap', 'mx', 'in1-smtp', 'in2-smtp']);

/** Without case, tag and characters that do not count; as it is, in lower case, where nothing would be left. */
function mailboxOf(local: string, { ignored = '', alike = {} }: MailboxProvider): string {
  const lower = local.toLowerCase();
  const plus = lower.indexOf('+');
  let result = '';
  for (const char of plus > 0 ? lower.slice(0, plus) : lower) if (!ignored.includes(char)) result += alike[char] ?? char;
  // A dot before the tag was no fault before it was at the end.
  return result === '' ? lower : result.replace(/\.+$/, '');
}
