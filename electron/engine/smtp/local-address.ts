// From which of this machine's addresses a connection is made: the one that is set for the family of the other side. A
// socket bound to an address of one family cannot reach the other one, so an IPv4 address never stops IPv6 targets.
// Pure. What is no address at all is not skipped: the connect fails by it, rather than leave by an address nobody chose.
import { isIP } from 'node:net';

export interface LocalAddresses {
  /** '' for any. */
  readonly localAddress: string;
  readonly localAddressIpv6: string;
}

/** The address to bind to for a connection to `ip`; '' for any. */
export function localAddressFor({ localAddress, localAddressIpv6 }: LocalAddresses, ip: string): string {
  const set = [localAddress, localAddressIpv6].filter((address) => address !== '');
  const family = isIP(ip);
  // A proxy that is set by its name: its family shows only later.
  if (family === 0) return set[0] ?? '';
  return set.find((address) => isIP(address) === 0) ?? set.find((address) => isIP(address) === family) ?? '';
}
