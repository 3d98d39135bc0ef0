// Faults 54 and 55: mail servers that cannot be dialled from here, and those that never may be. An MX record is somebody
// else's text: it may point at this machine, this network, or a cloud's metadata service, also wrapped in IPv6.
// Always holds: not one connection is made, neither straight nor by way of a proxy.
import type { MxResolver } from '../../../electron/engine/dns/types.ts';
import { a, aaaa, mx, zoneScript } from '../dns-server.ts';
import { startSocksServer } from '../socks-server.ts';
import { dnsFault } from './dns-fault-world.ts';
import type { Fault } from './fault.ts';

/** Certainly nobody's mail server: unroutable. */
const UNROUTABLE = ['127.0.0.1', '127.255.255.254', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::f7f7:f7f7'];
/** Private and reserved: may be split-horizon DNS, and is nobody's fault. */
const BLOCKED = [
  '10.1.2.3', '172.16.0.1', '172.31.255.254', '192.168.0.1', '100.64.0.1', '169.254.169.254', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1',
  '224.0.0.1', '240.0.0.1', '255.255.255.255', '0.1.2.3', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1', '100::1', '2001:db8::1', '3fff::1',
  '::ffff:10.1.2.3', '::ffff:169.254.169.254', '64:ff9b::a01:203', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:a01:203::1', '2002:c0a8:1::1', '2001:0:a01:203::f7f7:f7f7', '2001:0:808:808::f5fe:fdfc',
];

const record = (name: string, ip: string) => (ip.includes(':') ? aaaa(name, ip) : a(name, ip));
const nameOf = (index: number) => `d${String(index)}.test`;

/** Every address of the list behind a domain of its own, by MX or as the domain's own address. */
function domainsOf(ips: readonly string[], random: () => number) {
  return ips.flatMap((ip, index) => (random() < 0.7 ? [mx(nameOf(index), `mx${String(index)}.test`), record(`mx${String(index)}.test`, ip)] : [record(nameOf(index), ip)]));
}

const usersOf = <R>(ips: readonly string[], reason: R) => Object.fromEntries(ips.map((_, index) => [`user@${nameOf(index)}`, reason]));

export const TARGET_FAULTS: readonly Fault[] = [
  dnsFault(54, 'ipv6-only-host', () => ({
    dns: [zoneScript([mx('firm.test', 'mx.test'), aaaa('mx.test', '::1')])],
    settings: { smtp: { ipv6: false } },
    ipv6Server: true,
    expected: { 'user@firm.test': 'no_connect' },
    problems: ({ pool }) => (pool.stats().connects === 0 ? [] : ['dialled though IPv6 is switched off']),
  })),
  // Nothing listens on ::1: what a machine without IPv6 meets, ENETUNREACH or a refusal, is a failed connect.
  dnsFault(54, 'ipv6-only-host-unreachable', () => ({ dns: [zoneScript([mx('firm.test', 'mx.test'), aaaa('mx.test', '::1')])], expected: { 'user@firm.test': 'no_connect' } })),
  dnsFault(54, 'ipv6-dead-ipv4-alive', () => ({
    dns: [zoneScript([mx('firm.test', 'mx.test'), aaaa('mx.test', '::1'), a('mx.test', '127.0.0.1')])],
    expected: { 'user@firm.test': 'accepted' },
  })),
  dnsFault(55, 'unroutable-targets', (random) => ({
    dns: [zoneScript(domainsOf(UNROUTABLE, random))],
    allowLoopback: false,
    expected: usersOf(UNROUTABLE, 'unroutable_mx' as const),
    problems: ({ pool }) => (pool.stats().connects === 0 ? [] : ['dialled']),
  }), { mayRefuse: true }),
  dnsFault(55, 'reserved-targets', (random) => ({
    dns: [zoneScript(domainsOf(BLOCKED, random))],
    allowLoopback: false,
    expected: usersOf(BLOCKED, 'blocked_target' as const),
    problems: ({ pool }) => (pool.stats().connects === 0 ? [] : ['dialled']),
  })),
  ...[false, true].map((proxied): Fault => ({
    row: 55,
    name: proxied ? 'reserved-targets-by-proxy' : 'reserved-targets-dialled',
    // As if the resolver had let them through: the address is checked again where it is dialled.
    run: async (seed) => {
      const socks = await startSocksServer();
      const ips = [...UNROUTABLE, ...BLOCKED];
      const blind: MxResolver = {
        lookupNow: () => null,
        lookup: (domain) => {
          const ip = ips[Number(/\d+/.exec(domain)?.[0])] ?? '';
          return Promise.resolve({ kind: 'hosts', hosts: [{ name: `mx.${domain}`, preference: 10, addresses: [{ ip, family: ip.includes(':') ? 6 : 4 }] }], implicit: false });
        },
        warmUp: () => Promise.resolve(),
        close: () => undefined,
      };
      const fault = dnsFault(55, '', () => ({
        dns: [zoneScript([])],
        allowLoopback: false,
        resolver: () => blind,
        ...(proxied ? { settings: { smtp: { proxy: `socks5://127.0.0.1:${String(socks.port)}` } } } : {}),
        expected: usersOf(ips, 'blocked_target' as const),
        problems: ({ smtp }) => [
          ...(smtp.sessions.length === 0 ? [] : ['dialled']),
          ...(socks.requests.length === 0 ? [] : [`the proxy was asked for ${socks.requests.join(', ')}`]),
        ],
      }));
      try {
        return await fault.run(seed);
      } finally {
        await socks.stop();
      }
    },
  })),
];
