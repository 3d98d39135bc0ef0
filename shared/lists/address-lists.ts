// What lists say of addresses: flags, the address that was probably meant, and whether it may be asked at all.
// Made of the built-in lists and the user's own. What is said of a domain is worked out once and remembered (bounded), so
// that a look-up is far below a microsecond however long the lists are. Pure, no network.
// A flag never decides a verdict by itself: the verdict does, by the user's settings.
import type { ParsedAddress } from '../address/parse-address.ts';
import type { Flag } from '../verdict/verdict.ts';
import { builtInSources } from './built-in-sources.ts';
import { domainMeant, suggestMended } from './did-you-mean.ts';
import { disposableDomains } from './disposable-domains.ts';
import { freeDomains } from './free-domains.ts';
import type { CustomLists, ListSource } from './list-kinds.ts';
import { isListedByOwner } from './listed-domain.ts';
import { isNoReplyLocal } from './no-reply-local.ts';
import { RecentMap } from './recent-map.ts';
import { isRoleLocal } from './role-locals.ts';
import { isTrapDomain, isTrapLocal } from './trap-names.ts';
import { createUserList, type DomainCover } from './user-list.ts';

export { LIST_KINDS, type CustomLists, type ListKind, type ListSource } from './list-kinds.ts';

export interface AddressFlags {
  /** In the order of `FLAGS`. */
  readonly flags: Flag[];
  /** The whole corrected address, or null. */
  readonly didYouMean: string | null;
}

export interface AddressLists {
  flagsOf(parsed: ParsedAddress): AddressFlags;
  /** For a text that is no address, such as `x@gmail.con`: the whole corrected address if only its domain was mistyped. */
  suggest(text: string): string | null;
  /** True for who must never be asked. */
  isSuppressed(parsed: ParsedAddress): boolean;
  readonly sources: readonly ListSource[];
}

/** What the lists say of a whole domain. */
interface DomainWords {
  readonly allow: DomainCover;
  readonly block: DomainCover;
  readonly free: boolean;
  readonly disposable: boolean;
  readonly trap: boolean;
  readonly meant: string | null;
}

/** Domains of one generation: lists of 100,000 addresses have 5,000 to 50,000 domains, and what is forgotten costs 2 µs. */
const REMEMBERED_DOMAINS = 65_536;

/**
 * @param custom the user's lists; a list that is given replaces the built-in one of its kind
 * @param customSources where they come from, to be shown; without it only their lengths are known
 */
export function createAddressLists(custom: CustomLists = {}, customSources: readonly ListSource[] = []): AddressLists {
  const allow = createUserList(custom.allow);
  const block = createUserList(custom.block);
  const suppress = createUserList(custom.suppress);
  const disposable = custom.disposable === undefined ? null : createUserList(custom.disposable);
  const free = custom.free === undefined ? null : new Set(custom.free);
  const roles = custom.role === undefined ? null : new Set(custom.role);
  const noReply = custom.no_reply === undefined ? null : new Set(custom.no_reply);
  const domains = new RecentMap<DomainWords>(REMEMBERED_DOMAINS);
  const suppressedDomains = new RecentMap<DomainCover>(REMEMBERED_DOMAINS);

  const sayOfDomain = (domain: string): DomainWords => {
    // Names below a user's own entry count up to the top, those below a stranger's as far as they have one owner.
    const listed = disposable === null ? isListedByOwner(disposableDomains(), domain) : disposable.ofDomain(domain) === 'all';
    const meant = domainMeant(domain);
    return {
      allow: allow.ofDomain(domain),
      block: block.ofDomain(domain),
      free: free === null ? freeDomains().has(domain) : free.has(domain),
      // Lists of disposable domains hold typo traps such as gmial.com: the slip is what the user can mend.
      disposable: meant === null && listed,
      trap: isTrapDomain(domain),
      meant,
    };
  };

  return {
    flagsOf(parsed) {
      const words = domains.get(parsed.domain, sayOfDomain);
      const local = parsed.quoted ? parsed.local.slice(1, -1).toLowerCase() : parsed.local.toLowerCase();
      // RFC 5233 subaddress; a plus sign at either end is part of the name.
      const plus = local.indexOf('+');
      const tagged = plus > 0 && plus < local.length - 1;
      const base = tagged ? local.slice(0, plus) : local;
      const listed = !allow.has(parsed, words.allow);
      const meant = listed ? words.meant : null;

      const flags: Flag[] = [];
      if (listed && words.free) flags.push('free');
      if (listed && (roles === null ? isRoleLocal(base) : roles.has(base))) flags.push('role');
      if (listed && (words.disposable || block.has(parsed, words.block))) flags.push('disposable');
      if (listed && (noReply === null ? isNoReplyLocal(local) : noReply.has(base))) flags.push('no_reply');
      if (tagged) flags.push('tagged');
      if (meant !== null) flags.push('typo');
      if (listed && (words.trap || isTrapLocal(local))) flags.push('trap');
      if (parsed.specialUse) flags.push('special_use');
      if (parsed.smtputf8) flags.push('smtputf8');
      return { flags, didYouMean: meant === null ? null : `${parsed.local}@${meant}` };
    },
    suggest: suggestMended,
    isSuppressed: (parsed) => suppress.has(parsed, suppressedDomains.get(parsed.domain, suppress.ofDomain)),
    get sources() {
      return sourcesOf(custom, customSources);
    },
  };
}

function sourcesOf(custom: CustomLists, given: readonly ListSource[]): readonly ListSource[] {
  const kept = builtInSources().filter(({ kind }) => custom[kind] === undefined);
  const own = Object.entries(custom).map(
    ([kind, entries]) =>
      given.find((source) => source.kind === kind) ?? { kind: kind as ListSource['kind'], source: '', date: '', entries: entries.length, custom: true },
  );
  return [...kept, ...own];
}

/** The built-in lists alone. Each is unpacked when it is first asked. */
export const BUILT_IN_LISTS: AddressLists = createAddressLists();
