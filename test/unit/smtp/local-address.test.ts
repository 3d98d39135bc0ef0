// The address to leave by: the one of the other side's family, and never silently another than was set.
import { describe, expect, it } from 'vitest';
import { localAddressFor } from '../../../electron/engine/smtp/local-address.ts';

const V4 = '192.0.2.1';
const V6 = '2001:db8::1';

describe('localAddressFor', () => {
  it.each([
    ['', '', '198.51.100.1', ''],
    [V4, '', '198.51.100.1', V4],
    [V4, '', '2001:db8::2', ''],
    [V4, V6, '198.51.100.1', V4],
    [V4, V6, '2001:db8::2', V6],
    ['', V6, '198.51.100.1', ''],
    ['', V6, '2001:db8::2', V6],
    // One of its own family in the first setting will do.
    [V6, '', '2001:db8::2', V6],
    [V6, '', '198.51.100.1', ''],
    // Nonsense is not skipped.
    ['nonsense', '', '198.51.100.1', 'nonsense'],
    ['nonsense', V6, '2001:db8::2', 'nonsense'],
    [V4, 'nonsense', '198.51.100.1', 'nonsense'],
    // A proxy by name.
    [V4, V6, 'proxy.test', V4],
    ['', '', 'proxy.test', ''],
  ])('%j and %j towards %s: %j', (localAddress, localAddressIpv6, ip, expected) => {
    expect(localAddressFor({ localAddress, localAddressIpv6 }, ip)).toBe(expected);
  });
});
