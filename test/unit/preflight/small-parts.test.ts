import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockListCode } from '../../../electron/engine/preflight/block-list-code.ts';
import { greetingShape, isMasked, namesHost } from '../../../electron/engine/preflight/greeting-shape.ts';
import { addressesIn, ownAddresses } from '../../../electron/engine/preflight/own-address.ts';
import { isSameAddress, reversedParts, reverseName } from '../../../electron/engine/preflight/reverse-name.ts';
import type { Visit } from '../../../electron/engine/preflight/types.ts';
import { targetClassOf } from '../../../shared/net/target-policy.ts';

const isPublic = (ip: string) => targetClassOf(ip) === 'public';
const spoke = (ehlo: string, greeting = '220 mx.test ESMTP', ip = '9.9.9.9'): Visit => ({
  domain: 'a.test', mxHost: 'mx.test', ip, meeting: { kind: 'spoke', greeting, ehlo: [ehlo, 'SIZE 1', 'PIPELINING 8.8.4.4'] },
});

describe('ownAddresses', () => {
  it.each([
    ['Gmail', 'mx.google.com at your service, [8.8.8.8]', '8.8.8.8'],
    ['Exchange', 'AM0PR01.mail.protection.outlook.com Hello [8.8.8.8]', '8.8.8.8'],
    ['Exim', 'mail.test Hello host.test [8.8.8.8]', '8.8.8.8'],
    ['Sendmail', 'mail.test Hello host.test [8.8.8.8], pleased to meet you', '8.8.8.8'],
    ['round brackets', 'mail.test Hello host.test (8.8.8.8)', '8.8.8.8'],
    ['IPv6 as RFC 5321 writes it', 'mail.test Hello [IPv6:2A00:1450:0:0::7]', '2a00:1450::7'],
    ['IPv6 as others do', 'mail.test at your service, [2a00:1450::7]', '2a00:1450::7'],
    ['a mapped one', 'mail.test Hello [::ffff:8.8.8.8]', '8.8.8.8'],
  ])('reads %s', (_name, line, ip) => {
    expect(ownAddresses([spoke(line)], isPublic)).toEqual([ip]);
  });

  it.each([
    ['a private one', 'mail.test Hello [192.168.1.4]'],
    ['the server’s own', 'mail.test [9.9.9.9] ready'],
    ['a version number', 'mail.test ESMTP 4.96.2 Hello'],
    ['a number that is no address', 'mail.test Hello [999.1.1.1]'],
    ['keywords', 'mail.test'],
  ])('leaves out %s', (_name, line) => {
    expect(ownAddresses([spoke(line)], isPublic)).toEqual([]);
  });

  it('takes the greeting where EHLO says nothing, and the address that most have seen first', () => {
    expect(ownAddresses([spoke('mail.test', '554 your address 8.8.8.8 is blocked')], isPublic)).toEqual(['8.8.8.8']);
    expect(ownAddresses([spoke('x [1.1.1.1]'), spoke('x [8.8.8.8]'), spoke('x [8.8.8.8]')], isPublic)).toEqual(['8.8.8.8', '1.1.1.1']);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => { for (const ip of addressesIn(text)) expect(targetClassOf(ip)).toBeTypeOf('string'); }));
  });
});

describe('reverse names', () => {
  it('turns an address round', () => {
    expect(reverseName('203.0.113.7')).toBe('7.113.0.203.in-addr.arpa');
    expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
    expect(reversedParts('203.0.113.7')).toBe('7.113.0.203');
  });

  it('knows an address in another spelling', () => {
    expect(isSameAddress('2001:db8::1', '2001:0DB8:0:0:0:0:0:1')).toBe(true);
    expect(isSameAddress('203.0.113.7', '203.0.113.8')).toBe(false);
    expect(isSameAddress('a.test', 'a.test')).toBe(false);
  });
});

describe('blockListCode', () => {
  it.each([
    ['zen.spamhaus.org', '127.0.0.2', 'listed'],
    ['zen.spamhaus.org', '127.0.0.4', 'listed'],
    ['zen.spamhaus.org', '127.0.0.10', 'policy'],
    ['zen.spamhaus.org', '127.255.255.254', 'refused'],
    ['zen.spamhaus.org', '127.255.255.252', 'refused'],
    ['bl.spamcop.net', '127.0.0.2', 'listed'],
    ['bl.spamcop.net', '127.0.0.10', 'listed'],
    ['bl.spamcop.net', '127.255.255.1', 'refused'],
    // a resolver that answers for everything, a list that was given up
    ['bl.spamcop.net', '203.0.113.1', 'foreign'],
    ['bl.spamcop.net', '127.77.99.99', 'foreign'],
    ['bl.spamcop.net', '127.0.0.1', 'foreign'],
  ])('%s %s is %s', (zone, answer, kind) => {
    expect(blockListCode(zone, answer).kind).toBe(kind);
  });
});

describe('greetings', () => {
  it('are the same without what changes by itself', () => {
    expect(greetingShape('220 mx.test ESMTP Mon, 02 Mar 2026 10:00:01 +0000')).toBe(greetingShape('220 mx.test ESMTP Tue, 03 Mar 2026 11:00:02 +0000'));
    expect(greetingShape('220 mx.test ESMTP 4fb4d7f45d1cf-5c4')).toBe(greetingShape('220 mx.test ESMTP 5c4b6e8a1d2-9f1'));
    expect(greetingShape('220 mx.a.test ESMTP')).not.toBe(greetingShape('220 mx.b.test ESMTP'));
  });

  it('are known as masked, and as naming a host', () => {
    expect(isMasked('220 **********************')).toBe(true);
    expect(isMasked('220 ********0*2******')).toBe(true);
    expect(isMasked('220 mx.test ESMTP *')).toBe(false);
    expect(namesHost('220 mx.test ESMTP')).toBe(true);
    expect(namesHost('220 ESMTP ready')).toBe(false);
  });
});
