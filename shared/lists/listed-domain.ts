// Whether a domain or a name above it is on a list.
// A list of the user's covers every name below an entry: the user said so. A list of strangers covers the names below an
// entry only as far as they have one owner, up to the registrable domain (public suffix list, private suffixes too):
// mailinator.com serves every name below it, but foo.github.io is not github.io.
import { getDomain } from 'tldts';

const WITH_PRIVATE_SUFFIXES = { allowPrivateDomains: true, extractHostname: false, validateHostname: false } as const;

/** True for an entry and any name below one. Everything is in lower-case A-labels. */
export function isAtOrBelow(list: ReadonlySet<string>, domain: string): boolean {
  if (list.size === 0) return false;
  for (let name = domain; ; ) {
    if (list.has(name)) return true;
    const dot = name.indexOf('.');
    if (dot < 0) return false;
    name = name.slice(dot + 1);
  }
}

/** True for an entry and any name below one that belongs to the same owner. */
export function isListedByOwner(list: ReadonlySet<string>, domain: string): boolean {
  if (list.has(domain)) return true;
  // Most domains have one dot: nothing above them is anybody's.
  if (!domain.includes('.', domain.indexOf('.') + 1)) return false;
  const registrable = getDomain(domain, WITH_PRIVATE_SUFFIXES);
  if (registrable === null) return false;
  for (let name = domain; name.length > registrable.length; ) {
    name = name.slice(name.indexOf('.') + 1);
    if (list.has(name)) return true;
  }
  return false;
}
