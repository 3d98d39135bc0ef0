// Mailbox providers where private people have their address, free or part of an access contract: the vendored snapshot
// (data/free-domains.json, see build/lists for how it is made). Exact names only: corp.mail.ru is where the provider's
// own people have theirs. A company's own domain hosted at Google or Microsoft is never in here.
import snapshot from './data/free-domains.json' with { type: 'json' };
import { namesOf, sourceInWords } from './domain-snapshot.ts';

let names: ReadonlySet<string> | null = null;

/** The built-in list, in lower-case A-labels. Unpacked at first use. */
export function freeDomains(): ReadonlySet<string> {
  names ??= namesOf(snapshot);
  return names;
}

export const FREE_SOURCE = { source: sourceInWords(snapshot), date: snapshot.date, entries: snapshot.count } as const;
