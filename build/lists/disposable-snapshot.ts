// Which domains are called disposable: all of one reviewed list, and what two other lists say independently.
// A mistake here calls every customer of a real provider risky, so doubt is decided for the domain:
// known providers and relays are never in, a vote is not heard where names are resold or given to institutions only,
// and @dahoom/disposable-email, which holds 99.5 % and 98 % of those two, has no vote: it would agree with anybody.
import { isRelayDomain } from '../../shared/lists/relay-domains.ts';
import type { DomainSnapshot } from '../../shared/lists/domain-snapshot.ts';
import { cleanNames, readNames } from './clean-names.ts';
import { certainlyDisposable, votesForDisposable } from './packages.ts';
import { snapshotOf } from './snapshot-of.ts';

/** Names of up to four letters are worth money: who holds one today is not who held it when a list was made. */
const RESOLD = /^[a-z]{1,4}\./;
/** Given to institutions only; what lists hold there was mistyped or misused for a day. */
const RESTRICTED = /(?:^|\.)(?:edu|gov|mil|int)$|\.(?:ac|gov|gob|gouv)\.[a-z]{2}$/;

export function disposableSnapshot(): DomainSnapshot {
  const certain = certainlyDisposable();
  const votes = votesForDisposable();
  const kept = cleanNames(certain.names);
  for (const name of agreedBy(votes.map(({ names }) => cleanNames(names)))) {
    if (!RESOLD.test(name) && !RESTRICTED.test(name)) kept.add(name);
  }
  const providers = readNames('known-providers.txt');
  const names = [...kept].filter((name) => !providers.has(name) && !isRelayDomain(name) && !isBelowOne(name, kept));
  return snapshotOf({
    about:
      'Disposable mailbox domains: every name of the first package, and those that the second and the third both hold; ' +
      'without known providers and relays. Made by build/make-lists.ts.',
    sources: [certain, ...votes].map(({ source }) => source),
    names,
  });
}

function agreedBy(lists: readonly ReadonlySet<string>[]): readonly string[] {
  const [first, ...others] = lists;
  return first === undefined ? [] : [...first].filter((name) => others.every((other) => other.has(name)));
}

/** A name below a listed one is disposable without being listed. Parents that are public suffixes were never taken in. */
function isBelowOne(name: string, listed: ReadonlySet<string>): boolean {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    if (listed.has(name.slice(dot + 1))) return true;
  }
  return false;
}
