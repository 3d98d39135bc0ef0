import { encode, RECURSION_AVAILABLE, TRUNCATED_RESPONSE, type Answer, type Packet } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DnsAnswer } from '../../../electron/engine/dns/dns-answer.ts';
import { readMessage, type MessageReading } from '../../../electron/engine/dns/dns-message.ts';
import { a, aaaa, cname, mx, soa } from '../../lab/dns-server.ts';

const TTL = { minTtlSec: 30, maxTtlSec: 86_400, defaultTtlSec: 300 };
const ID = 4711;
const CENTURY_SEC = 3_155_760_000;

function message(packet: Partial<Packet> & { rcode?: number } = {}): Buffer {
  const { rcode = 0, ...rest } = packet;
  return encode({ type: 'response', id: ID, flags: RECURSION_AVAILABLE | rcode, questions: [{ name: 'firm.test', type: 'MX' }], ...rest });
}

function read(bytes: Buffer): MessageReading {
  return readMessage(bytes, ID, { name: 'firm.test', type: 'MX' }, TTL);
}

function answerOf(reading: MessageReading): DnsAnswer {
  if (reading.kind !== 'answer') throw new Error(`No answer but ${JSON.stringify(reading)}`);
  return reading.answer;
}

const chain = (length: number): Answer[] => [
  ...Array.from({ length }, (_, step) => cname(step === 0 ? 'firm.test' : `step${step}.test`, step === length - 1 ? 'end.test' : `step${step + 1}.test`)),
  mx('end.test', 'mail.end.test'),
];

describe('readMessage', () => {
  it('reads MX records, lower-cased and without the trailing dot', () => {
    const reading = read(message({ answers: [mx('firm.test', 'MX1.Firm.Test.', 5), mx('FIRM.test', 'mx2.firm.test', 10)] }));
    expect(answerOf(reading)).toEqual({
      kind: 'records',
      mx: [
        { preference: 5, exchange: 'mx1.firm.test' },
        { preference: 10, exchange: 'mx2.firm.test' },
      ],
      ips: [],
      ttlSec: 300,
    });
  });

  it('reads addresses of both families', () => {
    const ask = (type: 'A' | 'AAAA', record: Answer): DnsAnswer =>
      answerOf(readMessage(message({ questions: [{ name: 'firm.test', type }], answers: [record] }), ID, { name: 'firm.test', type }, TTL));
    expect(ask('A', a('firm.test', '192.0.2.1'))).toMatchObject({ ips: ['192.0.2.1'] });
    expect(ask('AAAA', aaaa('firm.test', '2001:db8::1'))).toMatchObject({ ips: ['2001:db8::1'] });
  });

  it('reads the null MX as an empty exchange', () => {
    expect(answerOf(read(message({ answers: [mx('firm.test', '.', 0)] })))).toMatchObject({ mx: [{ preference: 0, exchange: '' }] });
  });

  it.each([
    ['another id', message({ id: ID + 1, answers: [mx('firm.test', 'mx.evil.test')] })],
    ['another question', message({ questions: [{ name: 'other.test', type: 'MX' }], answers: [mx('firm.test', 'mx.evil.test')] })],
    ['another type', message({ questions: [{ name: 'firm.test', type: 'A' }], answers: [mx('firm.test', 'mx.evil.test')] })],
    ['another class', message({ questions: [{ name: 'firm.test', type: 'MX', class: 'CH' }], answers: [] })],
    ['two questions', message({ questions: [{ name: 'firm.test', type: 'MX' }, { name: 'firm.test', type: 'MX' }] })],
    ['no question', message({ questions: [] })],
    ['another owner', message({ answers: [mx('evil.test', 'mx.evil.test')] })],
    ['a query and no response', encode({ type: 'query', id: ID, questions: [{ name: 'firm.test', type: 'MX' }] })],
    ['a name that points at itself', Buffer.concat([message(), Buffer.from([0xc0, 0x0c])]).fill(0xc0, 12, 14)],
    ['too few bytes', Buffer.alloc(11)],
  ])('takes an answer with %s for foreign', (_, bytes) => {
    expect(read(bytes)).toEqual({ kind: 'foreign' });
  });

  it('compares names without regard to case', () => {
    expect(read(message({ questions: [{ name: 'FiRm.TeSt', type: 'MX' }], answers: [mx('fIrM.test', 'mx.firm.test')] })).kind).toBe('answer');
  });

  it('leaves out records that stand beside the chain', () => {
    const reading = read(message({ answers: [mx('firm.test', 'mx.firm.test'), mx('evil.test', 'mx.evil.test')] }));
    expect(answerOf(reading)).toMatchObject({ mx: [{ exchange: 'mx.firm.test' }] });
  });

  it('follows a CNAME chain within the answer, up to eight steps, in whatever order the records stand', () => {
    expect(answerOf(read(message({ answers: chain(8).reverse() })))).toMatchObject({ kind: 'records', mx: [{ exchange: 'mail.end.test' }] });
    expect(read(message({ answers: chain(9) }))).toEqual({ kind: 'unusable', detail: 'CNAME chain too long' });
  });

  it('tells a CNAME loop from an empty answer', () => {
    expect(read(message({ answers: [cname('firm.test', 'x.test'), cname('x.test', 'firm.test')] }))).toEqual({ kind: 'unusable', detail: 'CNAME loop' });
    expect(read(message({ answers: [cname('firm.test', 'firm.test')] }))).toEqual({ kind: 'unusable', detail: 'CNAME loop' });
  });

  it('gives the end of a chain that the server did not follow, with its steps', () => {
    const reading = read(message({ answers: [cname('firm.test', 'x.test', 100), cname('x.test', 'y.test', 50)] }));
    expect(answerOf(reading)).toEqual({ kind: 'alias', target: 'y.test', steps: 2, ttlSec: 50 });
  });

  it('takes an SOA after a chain as the answer that its end has no such record', () => {
    expect(answerOf(read(message({ answers: [cname('firm.test', 'x.test')], authorities: [soa()] }))).kind).toBe('nodata');
  });

  it.each([
    [0, 30],
    [29, 30],
    [31, 31],
    [86_401, 86_400],
    [CENTURY_SEC, 86_400],
    [0xffff_ffff, 86_400],
  ])('clamps a TTL of %i s to %i s', (ttl, expected) => {
    expect(answerOf(read(message({ answers: [mx('firm.test', 'mx.firm.test', 1, ttl)] }))).ttlSec).toBe(expected);
  });

  it('takes the least TTL along the chain', () => {
    const answers = [cname('firm.test', 'x.test', 77), mx('x.test', 'm1.test', 1, 500), mx('x.test', 'm2.test', 1, 99)];
    expect(answerOf(read(message({ answers }))).ttlSec).toBe(77);
  });

  it('keeps a negative answer for the lesser of the TTL and the minimum of the SOA, or for the default', () => {
    expect(answerOf(read(message({ rcode: 3, authorities: [soa(900, 60)] })))).toEqual({ kind: 'nxdomain', ttlSec: 60 });
    expect(answerOf(read(message({ authorities: [soa(45, 900)] })))).toEqual({ kind: 'nodata', ttlSec: 45 });
    expect(answerOf(read(message({ rcode: 3 })))).toEqual({ kind: 'nxdomain', ttlSec: 300 });
  });

  it.each([
    [1, 'FORMERR', true],
    [2, 'SERVFAIL', false],
    [4, 'NOTIMP', true],
    [5, 'REFUSED', false],
    [9, 'NOTAUTH', false],
  ])('reads rcode %i as a refusal to say', (rcode, detail, withoutEdns) => {
    expect(read(message({ rcode }))).toEqual({ kind: 'refused', detail, withoutEdns });
  });

  it('takes a bare FORMERR header from a server that knows no EDNS', () => {
    expect(read(message({ rcode: 1, questions: [] }))).toEqual({ kind: 'refused', detail: 'FORMERR', withoutEdns: true });
  });

  it('takes a referral for a lame delegation, not for an empty answer', () => {
    const ns: Answer = { type: 'NS', name: 'test', ttl: 300, data: 'ns.elsewhere.test' };
    expect(read(message({ authorities: [ns] }))).toEqual({ kind: 'refused', detail: 'lame delegation', withoutEdns: false });
    expect(answerOf(read(message({ authorities: [ns, soa()] }))).kind).toBe('nodata');
  });

  it('sees that an answer was truncated, also where the cut goes through a record', () => {
    const whole = message({ flags: RECURSION_AVAILABLE | TRUNCATED_RESPONSE, answers: [mx('firm.test', 'mx.firm.test')] });
    expect(read(whole)).toEqual({ kind: 'truncated' });
    expect(read(whole.subarray(0, whole.length - 3))).toEqual({ kind: 'truncated' });
  });

  it('never throws and never calls bytes an answer that are not one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(['foreign', 'truncated', 'refused']).toContain(read(Buffer.from(bytes)).kind);
      }),
    );
  });

  it('never throws on a true answer with bytes changed', () => {
    const original = message({ answers: [...chain(4)], authorities: [soa()] });
    const change = fc.record({ at: fc.nat(original.length - 1), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(original);
        for (const { at, to } of changes) bytes[at] = to;
        expect(() => read(bytes)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
