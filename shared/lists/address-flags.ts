// What lists say of one parsed address: flags, and the address that was probably meant. Pure, no network.
// A flag never decides a verdict by itself: decide-verdict does, by the user's settings.
import type { ParsedAddress } from '../address/parse-address.ts';
import type { Flag } from '../verdict/verdict.ts';
import { domainMeant } from './did-you-mean.ts';
import { isDisposableDomain } from './disposable-domains.ts';
import { isFreeDomain } from './free-domains.ts';
import { isNoReplyLocal } from './no-reply-local.ts';
import { isRoleLocal } from './role-locals.ts';

export interface AddressFlags {
  /** In the order of `FLAGS`. */
  readonly flags: Flag[];
  /** The whole corrected address, or null. */
  readonly didYouMean: string | null;
}

export function addressFlags(parsed: ParsedAddress): AddressFlags {
  const local = parsed.quoted ? parsed.local.slice(1, -1).toLowerCase() : parsed.local.toLowerCase();
  // RFC 5233 subaddress; a plus sign at either end is part of the name.
  const plus = local.indexOf('+');
  const tagged = plus > 0 && plus < local.length - 1;
  const meant = domainMeant(parsed.domain);

  const flags: Flag[] = [];
  if (isFreeDomain(parsed.domain)) flags.push('free');
  if (isRoleLocal(tagged ? local.slice(0, plus) : local)) flags.push('role');
  // Lists of disposable domains hold typo traps such as gmial.com: the slip is what the user can mend.
  if (meant === null && isDisposableDomain(parsed.domain)) flags.push('disposable');
  if (isNoReplyLocal(local)) flags.push('no_reply');
  if (tagged) flags.push('tagged');
  if (meant !== null) flags.push('typo');
  if (parsed.specialUse) flags.push('special_use');
  if (parsed.smtputf8) flags.push('smtputf8');
  return { flags, didYouMean: meant === null ? null : `${parsed.local}@${meant}` };
}

/** For a text that is no address, such as `x@gmail.con`: the whole corrected address if only its domain was mistyped. */
export function suggestAddress(text: string): string | null {
  if (text.length > 254) return null;
  const at = text.lastIndexOf('@');
  if (at <= 0) return null;
  const meant = domainMeant(text.slice(at + 1).toLowerCase());
  return meant === null ? null : `${text.slice(0, at)}@${meant}`;
}
