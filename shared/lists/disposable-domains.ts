// Disposable (throw-away) mailbox domains: the vendored snapshot (data/disposable-domains.json, see build/lists for how it
// is made). Real providers and relays are not in it: a mistake there would call every customer of theirs risky.
// Unpacked at first use.
import snapshot from './data/disposable-domains.json' with { type: 'json' };
import { namesOf, sourceInWords } from './domain-snapshot.ts';

let names: ReadonlySet<string> | null = null;

/** The built-in list. A name below an entry counts as well, see `isListedByOwner`. */
export function disposableDomains(): ReadonlySet<string> {
  names ??= namesOf(snapshot);
  return names;
}

export const DISPOSABLE_SOURCE = { source: sourceInWords(snapshot), date: snapshot.date, entries: snapshot.count } as const;
