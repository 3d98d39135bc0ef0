import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedTarget, targetClassOf, type TargetClass } from '../../../shared/net/target-policy.ts';

const CLASSES: readonly (readonly [string, TargetClass])[] = [
  ['8.8.8.8', 'public'],
  ['1.0.0.1', 'public'],
  ['223.255.255.254', 'public'],
  ['2a00:1450:4001:810::1b', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['0.1.2.3', 'reserved'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['fc00::1', 'private'],
  ['fdff::1', 'private'],
  ['fec0::1', 'private'],
  ['169.254.169.254', 'link_local'],
  ['fe80::1', 'link_local'],
  ['fe80::1%eth0', 'link_local'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.7', 'reserved'],
  ['203.0.113.7', 'reserved'],
  ['224.0.0.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['3fff::1', 'reserved'],
  ['ff02::1', 'reserved'],
  ['100::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['64:ff9b:1::1', 'private'],
  // Wrapped addresses: mapped, compatible, NAT64, 6to4, Teredo (server and client).
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:10.1.2.3', 'private'],
  ['::ffff:8.8.8.8', 'public'],
  ['::127.0.0.1', 'loopback'],
  ['::8.8.8.8', 'reserved'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'link_local'],
  ['64:ff9b::808:808', 'public'],
  ['2002:a00:1::1', 'private'],
  ['2002:7f00:1::', 'loopback'],
  ['2002:808:808::1', 'public'],
  ['2001:0:a00:1::f7f7:f7f7', 'private'],
  ['2001:0:808:808::f5ff:fffe', 'private'],
  ['2001:0:808:808::f7f7:f7f7', 'public'],
  // Not an address in its own form: nothing that the system might read as one is let through.
  ['', 'reserved'],
  ['localhost', 'reserved'],
  ['127.1', 'reserved'],
  ['0x7f.0.0.1', 'reserved'],
  ['2130706433', 'reserved'],
  ['0177.0.0.1', 'reserved'],
  ['8.8.8.8 ', 'reserved'],
  ['[::1]', 'reserved'],
];

describe('targetClassOf', () => {
  it.each(CLASSES)('%s is %s', (ip, expected) => {
    expect(targetClassOf(ip)).toBe(expected);
  });

  const octet = fc.integer({ min: 0, max: 255 });
  const ipv4 = fc.tuple(octet, octet, octet, octet);

  it('gives a mapped, translated or 6to4 address the class of the IPv4 address inside', () => {
    fc.assert(
      fc.property(ipv4, (octets) => {
        const [a, b, c, d] = octets;
        const inside = targetClassOf(octets.join('.'));
        const high = ((a << 8) | b).toString(16);
        const low = ((c << 8) | d).toString(16);
        for (const wrapped of [`::ffff:${octets.join('.')}`, `::ffff:${high}:${low}`, `64:ff9b::${high}:${low}`, `2002:${high}:${low}::1`]) {
          expect(targetClassOf(wrapped)).toBe(inside);
        }
      }),
    );
  });

  it('never throws, and refuses all text without a dot or a colon', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const targetClass = targetClassOf(text);
        if (!/[.:]/.test(text)) expect(targetClass).toBe('reserved');
      }),
    );
  });
});

describe('isAllowedTarget', () => {
  it('allows public addresses only', () => {
    for (const [ip, targetClass] of CLASSES) expect([ip, isAllowedTarget(ip, { allowLoopback: false })]).toEqual([ip, targetClass === 'public']);
  });

  it('allows loopback in its own form where the run does, and nothing else more', () => {
    const more = CLASSES.map(([ip]) => ip).filter((ip) => isAllowedTarget(ip, { allowLoopback: true }) && !isAllowedTarget(ip, { allowLoopback: false }));
    expect(more).toEqual(['127.0.0.1', '127.255.255.254', '::1']);
    expect(isAllowedTarget('0:0:0:0:0:0:0:1', { allowLoopback: true })).toBe(true);
  });
});
