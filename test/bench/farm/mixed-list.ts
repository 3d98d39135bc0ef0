// A list over a farm of healthy and faulty hosts: which addresses it has, whose host each is, and what would be wrong to
// say of each. Domains go round over the hosts, addresses round over the domains, so that all are mixed.
import { isKnownRecipient, type FarmTruth } from './known-recipient.ts';

export interface MixedList {
  readonly size: number;
  /** From 0, in the order of the rows. */
  address(row: number): string;
  isHealthy(row: number): boolean;
  /** Whether the farm knows the recipient of a healthy host. */
  isKnown(row: number): boolean;
}

export interface MixedListOptions {
  readonly size: number;
  readonly domains: number;
  readonly healthyHosts: number;
  readonly faultyHosts: number;
  readonly truth: FarmTruth;
}

/** `mail-dns` serves domain k by host k mod all; the healthy ones come first among the hosts. */
export function mixedList({ size, domains, healthyHosts, faultyHosts, truth }: MixedListOptions): MixedList {
  const address = (row: number) => `user${String(row)}@d${String(row % domains)}.example.net`;
  return {
    size,
    address,
    isHealthy: (row) => (row % domains) % (healthyHosts + faultyHosts) < healthyHosts,
    isKnown: (row) => isKnownRecipient(address(row), truth),
  };
}
