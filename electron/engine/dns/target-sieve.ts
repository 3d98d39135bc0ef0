// Sorts addresses by whether this run may dial them, and remembers it: a few thousand addresses serve most of the world's
// mail, and reading one as text takes longer than all else that a look-up from memory does.
// Always holds: says what the target policy says, for this run's policy only.
import { isAllowedTarget, targetClassOf, type TargetPolicy } from '../../../shared/net/target-policy.ts';

/** `unroutable`: certainly not the host's (loopback, unspecified). `blocked`: private or reserved, may be split-horizon DNS. */
export type TargetSort = 'allowed' | 'blocked' | 'unroutable';

export type TargetSieve = (ip: string) => TargetSort;

/** Addresses remembered before all are forgotten. */
const MAX_REMEMBERED = 20_000;

export function createTargetSieve(policy: TargetPolicy): TargetSieve {
  const known = new Map<string, TargetSort>();
  return (ip) => {
    const remembered = known.get(ip);
    if (remembered !== undefined) return remembered;
    const sort = sortOf(ip, policy);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(ip, sort);
    return sort;
  };
}

function sortOf(ip: string, policy: TargetPolicy): TargetSort {
  if (isAllowedTarget(ip, policy)) return 'allowed';
  const targetClass = targetClassOf(ip);
  return targetClass === 'loopback' || targetClass === 'unspecified' ? 'unroutable' : 'blocked';
}
