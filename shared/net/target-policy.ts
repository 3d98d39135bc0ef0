// Which IP addresses a run may dial. An MX record is somebody else's text: it may point at our own machine, at the
// router of this network or at a cloud's metadata service, also wrapped in an IPv6 address (faults row 55).
// Always holds: what cannot be read as an address, and every range that is not plainly public, is refused.
// Only text goes in: the address that is dialled, never a name. Sources: RFC 6890, RFC 4291, RFC 6052, RFC 3056, RFC 4380.
import ipaddr from 'ipaddr.js';

export type TargetClass =
  | 'public'
  | 'loopback'
  /** 0.0.0.0 and ::, which many systems connect to themselves. */
  | 'unspecified'
  /** RFC 1918, RFC 6598 (carrier-grade NAT), unique local and site-local: may be split-horizon DNS. */
  | 'private'
  | 'link_local'
  /** Documentation, benchmarking, multicast, broadcast, future use, and whatever is no address at all. */
  | 'reserved';

export interface TargetPolicy {
  /** True only for the practice world and `--allow-loopback` runs. */
  readonly allowLoopback: boolean;
}

/** The class of an IP address in text. IPv6 addresses that carry an IPv4 address have the class of what they carry. */
export function targetClassOf(ip: string): TargetClass {
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) return classOfIpv4(ipaddr.IPv4.parse(ip));
  // ipaddr.js reads `::8.8.8.8` as if it were mapped; `0::8.8.8.8` is the same address, and it reads that one right.
  const ipv6 = ip.startsWith('::') ? `0${ip}` : ip;
  if (ipv6.includes(':') && ipaddr.IPv6.isValid(ipv6)) return classOfIpv6(ipaddr.IPv6.parse(ipv6));
  return 'reserved';
}

/** Whether this run may dial `ip`: public addresses, and 127.0.0.0/8 and ::1 where the run allows loopback. */
export function isAllowedTarget(ip: string, policy: TargetPolicy): boolean {
  const targetClass = targetClassOf(ip);
  if (targetClass === 'public') return true;
  // Loopback in its own form only: a mapped or translated 127.0.0.1 is nothing that a practice world serves.
  return policy.allowLoopback && targetClass === 'loopback' && (ip.startsWith('127.') || ipaddr.parse(ip).toString() === '::1');
}

function classOfIpv4(address: ipaddr.IPv4): TargetClass {
  const range = address.range();
  switch (range) {
    case 'unicast':
      return 'public';
    case 'loopback':
      return 'loopback';
    case 'unspecified':
      // ipaddr.js means all of 0.0.0.0/8 ("this network", RFC 6890); only the one address is "unspecified".
      return address.toString() === '0.0.0.0' ? 'unspecified' : 'reserved';
    case 'private':
    case 'carrierGradeNat':
      return 'private';
    case 'linkLocal':
      return 'link_local';
    default:
      return 'reserved';
  }
}

function classOfIpv6(address: ipaddr.IPv6): TargetClass {
  const parts = address.parts;
  const [first = 0, second = 0, third = 0] = parts;
  const embedded = (index: number): ipaddr.IPv4 => ipv4Of(parts[index] ?? 0, parts[index + 1] ?? 0);

  switch (address.range() as string) {
    case 'loopback':
      return 'loopback';
    case 'unspecified':
      return 'unspecified';
    case 'linkLocal':
      return 'link_local';
    case 'uniqueLocal':
    case 'deprecatedSiteLocal':
      return 'private';
    case 'ipv4Mapped':
    case 'rfc6145':
      return classOfIpv4(embedded(6));
    case 'rfc6052':
      // 64:ff9b::/96 translates to the IPv4 address at its end; 64:ff9b:1::/48 (RFC 8215) is for local use.
      return third === 1 ? 'private' : classOfIpv4(embedded(6));
    case '6to4':
      return classOfIpv4(embedded(1));
    case 'teredo': {
      // The server's address stands plainly in it, the client's with its bits inverted (RFC 4380, 4).
      const server = classOfIpv4(embedded(2));
      const client = classOfIpv4(ipv4Of(0xffff & ~(parts[6] ?? 0), 0xffff & ~(parts[7] ?? 0)));
      return client === 'public' ? server : client;
    }
    case 'unicast':
      // ::a.b.c.d (RFC 4291 2.5.5.1, deprecated) still reaches the IPv4 address on some systems.
      if (parts.slice(0, 6).every((part) => part === 0)) {
        const inside = classOfIpv4(embedded(6));
        return inside === 'public' ? 'reserved' : inside;
      }
      // Only 2000::/3 has been given out as global unicast.
      return first >> 13 === 1 && !(first === 0x2001 && second < 0x200) ? 'public' : 'reserved';
    default:
      return 'reserved';
  }
}

function ipv4Of(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}
