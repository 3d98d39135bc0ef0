import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordAnswer } from '../../../electron/engine/dns/record-queries.ts';
import { evaluateSpf } from '../../../electron/engine/preflight/spf/evaluate-spf.ts';
import { isSpf, parseSpf } from '../../../electron/engine/preflight/spf/parse-spf.ts';

type Zone = Readonly<Record<string, readonly string[] | 'fail'>>;

/** `TXT name`, `A name`, …: values; a name with any record exists. */
function dnsOf(zone: Zone) {
  const asked: string[] = [];
  const ask = async (name: string, type: string): Promise<RecordAnswer> => {
    asked.push(`${type} ${name}`);
    const values = zone[`${type} ${name}`];
    if (values === 'fail') return { kind: 'failed', detail: 'SERVFAIL' };
    if (values !== undefined) return { kind: 'records', values };
    return Object.keys(zone).some((key) => key.endsWith(` ${name}`)) ? { kind: 'nodata' } : { kind: 'nxdomain' };
  };
  return { asked, ask };
}

const resultOf = async (zone: Zone, ip = '203.0.113.7') => (await evaluateSpf({ ip, domain: 'a.test', ask: dnsOf(zone).ask })).result;
const record = (text: string, more: Zone = {}): Zone => ({ 'TXT a.test': [text], ...more });

describe('evaluateSpf', () => {
  it.each<[name: string, zone: Zone, result: string]>([
    ['no record', { 'A a.test': ['203.0.113.7'] }, 'none'],
    ['no such domain', {}, 'none'],
    ['other TXT records only', record('v=spf10 -all'), 'none'],
    ['ip4, exact', record('v=spf1 ip4:203.0.113.7 -all'), 'pass'],
    ['ip4, range', record('v=spf1 ip4:203.0.113.0/29 -all'), 'pass'],
    ['ip4, just outside of the range', record('v=spf1 ip4:203.0.113.8/29 -all'), 'fail'],
    ['ip6 says nothing of IPv4', record('v=spf1 ip6:2001:db8::/32 -all'), 'fail'],
    ['a', record('v=spf1 a -all', { 'A a.test': ['203.0.113.7'] }), 'pass'],
    ['a of another, with a prefix', record('v=spf1 a:b.test/24 -all', { 'A b.test': ['203.0.113.200'] }), 'pass'],
    ['mx', record('v=spf1 mx -all', { 'MX a.test': ['m.test'], 'A m.test': ['203.0.113.7'] }), 'pass'],
    ['include that passes', record('v=spf1 include:b.test -all', { 'TXT b.test': ['v=spf1 ip4:203.0.113.7 -all'] }), 'pass'],
    ['include that fails is no match', record('v=spf1 include:b.test ?all', { 'TXT b.test': ['v=spf1 -all'] }), 'neutral'],
    ['include of nothing', record('v=spf1 include:b.test -all'), 'permerror'],
    ['redirect', record('v=spf1 redirect=b.test', { 'TXT b.test': ['v=spf1 ip4:203.0.113.7 -all'] }), 'pass'],
    ['redirect is not used where something matches', record('v=spf1 ~all redirect=b.test'), 'softfail'],
    ['redirect to nothing', record('v=spf1 redirect=b.test'), 'permerror'],
    ['nothing matches', record('v=spf1 ip4:192.0.2.1'), 'neutral'],
    ['first match counts', record('v=spf1 ~ip4:203.0.113.7 -all'), 'softfail'],
    ['two records', { 'TXT a.test': ['v=spf1 -all', 'v=spf1 +all'] }, 'permerror'],
    ['a word that is none', record('v=spf1 ipv4:203.0.113.7 -all'), 'permerror'],
    ['a prefix that is none', record('v=spf1 ip4:203.0.113.7/33 -all'), 'permerror'],
    ['unknown modifiers are passed by', record('v=spf1 exp=x.test foo=bar ip4:203.0.113.7 -all'), 'pass'],
    ['DNS fails', { 'TXT a.test': 'fail' }, 'temperror'],
    ['DNS fails on the way', record('v=spf1 a:b.test -all', { 'A b.test': 'fail' }), 'temperror'],
    ['exists', record('v=spf1 exists:%{i}.b.test -all'), 'macro'],
    ['a macro in an include', record('v=spf1 include:%{d}.b.test -all'), 'macro'],
    ['ptr', record('v=spf1 ptr -all'), 'macro'],
    ['a macro behind what matches does no harm', record('v=spf1 ip4:203.0.113.7 exists:%{i}.b.test -all'), 'pass'],
    ['upper case', record('V=SPF1 IP4:203.0.113.7 -ALL'), 'pass'],
  ])('%s', async (_name, zone, result) => {
    expect(await resultOf(zone)).toBe(result);
  });

  it('matches IPv6 by its own terms', async () => {
    expect(await resultOf(record('v=spf1 ip6:2001:db8::/32 -all'), '2001:db8::7')).toBe('pass');
    expect(await resultOf(record('v=spf1 a//64 -all', { 'AAAA a.test': ['2001:db8::1'] }), '2001:db8::7')).toBe('pass');
  });

  it('stops at ten look-ups, and takes ten (RFC 7208 4.6.4)', async () => {
    const chain = (length: number): Zone => ({
      'TXT a.test': ['v=spf1 include:d1.test -all'],
      ...Object.fromEntries(Array.from({ length }, (_, at) => [`TXT d${String(at + 1)}.test`, [at + 1 === length ? 'v=spf1 +all' : `v=spf1 include:d${String(at + 2)}.test -all`]])),
    });
    expect(await resultOf(chain(10))).toBe('pass');
    expect(await resultOf(chain(11))).toBe('permerror');
  });

  it('ends on a loop', async () => {
    const { asked, ask } = dnsOf(record('v=spf1 include:a.test -all'));
    expect((await evaluateSpf({ ip: '203.0.113.7', domain: 'a.test', ask })).result).toBe('permerror');
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  it('stops at the third look-up that finds nothing, and at an MX of eleven hosts', async () => {
    expect(await resultOf(record('v=spf1 a:x.test a:y.test -all'))).toBe('fail');
    expect(await resultOf(record('v=spf1 a:x.test a:y.test a:z.test -all'))).toBe('permerror');
    const hosts = Array.from({ length: 11 }, (_, at) => `m${String(at)}.test`);
    expect(await resultOf(record('v=spf1 mx -all', { 'MX a.test': hosts }))).toBe('permerror');
  });
});

describe('parseSpf', () => {
  it('never throws, whatever the record is', () => {
    fc.assert(fc.property(fc.string(), (rest) => {
      const text = `v=spf1 ${rest}`;
      expect(isSpf(text)).toBe(true);
      expect(typeof parseSpf(text).ok).toBe('boolean');
    }));
  });

  it('reads back what it is made of', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(fc.property(fc.tuple(octet, octet, octet, octet), fc.integer({ min: 0, max: 32 }), fc.constantFrom('', '+', '-', '~', '?'), (ip, prefix, sign) => {
      const parsed = parseSpf(`v=spf1 ${sign}ip4:${ip.join('.')}/${String(prefix)}`);
      expect(parsed).toMatchObject({ ok: true, record: { directives: [{ mechanism: { kind: 'ip4' } }] } });
    }));
  });
});
