// The names under which DNS keeps things by address: PTR records (RFC 1035 3.5, RFC 3596 2.5) and block lists (RFC 5782).
import ipaddr from 'ipaddr.js';

/** The address's parts backwards, joined by dots: octets of IPv4, nibbles of IPv6. `ip` is an address. */
export function reversedParts(ip: string): string {
  const address = ipaddr.parse(ip);
  if (address.kind() === 'ipv4') return address.toByteArray().reverse().join('.');
  const nibbles = address.toByteArray().flatMap((byte) => [byte >> 4, byte & 0xf]);
  return nibbles.reverse().map((nibble) => nibble.toString(16)).join('.');
}

/** Where the PTR of an address lies. */
export function reverseName(ip: string): string {
  return `${reversedParts(ip)}.${ip.includes(':') ? 'ip6' : 'in-addr'}.arpa`;
}

/** Whether both texts are the same address. */
export function isSameAddress(one: string, other: string): boolean {
  return ipaddr.isValid(one) && ipaddr.isValid(other) && ipaddr.parse(one).toNormalizedString() === ipaddr.parse(other).toNormalizedString();
}
