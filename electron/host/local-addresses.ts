// This machine's own addresses towards others, as one text that is the same as long as they are (faults row 58).
// Without those that stay or come by themselves: loopback and link-local. '' where it is in no network.
import { networkInterfaces } from 'node:os';

/** IPv6's link-local range, and what Windows and macOS give themselves where nobody gives an address (RFC 3927). */
const LINK_LOCAL = /^(?:fe[89ab]|169\.254\.)/i;

export function localAddresses(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses
    .filter(({ internal, address }) => !internal && !LINK_LOCAL.test(address))
    .map(({ address }) => address)
    .sort()
    .join(' ');
}
