// A list of the user's that names addresses and domains: suppress, allow, block.
// A domain covers the names below it. Local parts are compared without case: no server that matters tells them apart, and
// who asked not to be written to meant every spelling. What is known of a domain is meant to be remembered by the caller
// (`ofDomain`), so that an address costs a probe only where addresses of its domain are listed at all.
import type { ParsedAddress } from '../address/parse-address.ts';
import { isAtOrBelow } from './listed-domain.ts';

/** `all`: the domain or a name above it is listed; `some`: addresses of it are. */
export type DomainCover = 'all' | 'some' | 'none';

export interface UserList {
  /** `domain` is in lower-case A-labels. */
  readonly ofDomain: (domain: string) => DomainCover;
  /** True where the address is listed, `cover` being that of its domain. */
  readonly has: (parsed: ParsedAddress, cover: DomainCover) => boolean;
}

/** @param entries addresses, domains and `@domain`, as `parseListFile` gives them */
export function createUserList(entries: readonly string[] = []): UserList {
  const addresses = new Set<string>();
  const domainsOfAddresses = new Set<string>();
  const domains = new Set<string>();
  for (const text of entries) {
    const entry = text.toLowerCase();
    const at = entry.lastIndexOf('@');
    if (at > 0) {
      addresses.add(entry);
      domainsOfAddresses.add(entry.slice(at + 1));
    } else {
      domains.add(at === 0 ? entry.slice(1) : entry);
    }
  }
  return {
    ofDomain: (domain) => (isAtOrBelow(domains, domain) ? 'all' : domainsOfAddresses.has(domain) ? 'some' : 'none'),
    has: ({ address }, cover) => cover === 'all' || (cover === 'some' && addresses.has(address.toLowerCase())),
  };
}
