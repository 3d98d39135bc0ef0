// The fast reader against dns-packet: whatever the bytes are, where it gives an answer it is the same one.
import { encode, RECURSION_AVAILABLE, type Answer } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryType } from '../../../electron/engine/dns/dns-answer.ts';
import { readByCodec } from '../../../electron/engine/dns/dns-message.ts';
import type { Question } from '../../../electron/engine/dns/question.ts';
import { readPlainAnswer } from '../../../electron/engine/dns/read-plain-answer.ts';
import { a, aaaa, cname, mx, soa } from '../../lab/dns-server.ts';

const TTL = { minTtlSec: 30, maxTtlSec: 86_400, defaultTtlSec: 300 };
const NAME = 'firm.test';

const owner = fc.constantFrom(NAME, NAME, NAME, 'FIRM.test', 'other.test', 'x.firm.test', '.');
const target = fc.constantFrom('mx.firm.test', 'MX1.Firm.Test', '.', 'a.b.c.example.com', 'mail_1.x-y.test', 'mail server.test', '192.0.2.1', `${'a'.repeat(63)}.test`);
const ttl = fc.constantFrom(0, 1, 31, 300, 86_401, 0xffff_ffff);
const record: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ owner, target, ttl, preference: fc.nat(0xffff) }).map((of) => mx(of.owner, of.target, of.preference, of.ttl)),
  fc.record({ owner, ttl, ip: fc.ipV4() }).map((of) => a(of.owner, of.ip, of.ttl)),
  fc.record({ owner, ttl }).map((of) => aaaa(of.owner, '2001:db8::1', of.ttl)),
  fc.record({ owner, target, ttl }).map((of) => cname(of.owner, of.target, of.ttl)),
);
const opt: Answer = { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] } as unknown as Answer;

const message = fc.record({
  type: fc.constantFrom<QueryType>('MX', 'A', 'AAAA'),
  asked: fc.constantFrom(NAME, NAME, NAME, 'FiRm.TeSt', 'other.test'),
  rcode: fc.constantFrom(0, 0, 0, 3, 2),
  answers: fc.array(record, { maxLength: 4 }),
  authorities: fc.array(fc.record({ ttl, minimum: ttl }).map((of) => soa(of.ttl, of.minimum)), { maxLength: 2 }),
  additionals: fc.constantFrom<readonly Answer[]>([], [opt], [a('mx.firm.test', '192.0.2.1')]),
});

/** As servers write it: the owner of a record as a pointer to the question. */
function compressed(bytes: Buffer): Buffer {
  let seen = 0;
  const owner = /\x04firm\x04test\0(?=\0[\x01\x05\x0f\x1c]\0\x01)/g;
  return Buffer.from(bytes.toString('latin1').replace(owner, (written) => (seen++ === 0 ? written : '\xc0\x0c')), 'latin1');
}

/** Messages such as nearly all are: what was asked for, or an SOA. */
const usual = fc.record({ type: fc.constantFrom<QueryType>('MX', 'A'), found: fc.boolean(), count: fc.integer({ min: 1, max: 3 }), target, ttl, ip: fc.ipV4(), rcode: fc.constantFrom(0, 3) }).map(
  ({ type, found, count, rcode, ...of }) => ({
    type,
    asked: NAME,
    rcode: found ? 0 : rcode,
    answers: found ? Array.from({ length: count }, (_, index) => (type === 'MX' ? mx(NAME, of.target, index, of.ttl) : a(NAME, of.ip, of.ttl))) : [],
    authorities: found ? [] : [soa(of.ttl, 60)],
    additionals: [opt],
  }),
);

const whole = fc.oneof(usual, message).chain(({ type, asked, rcode, answers, authorities, additionals }) => {
  const bytes = encode({
    type: 'response', id: 1, flags: RECURSION_AVAILABLE | rcode, questions: [{ name: asked, type }], answers: [...answers], authorities: [...authorities], additionals: [...additionals],
  });
  return fc.constantFrom({ type, bytes: compressed(bytes) }, { type, bytes: compressed(bytes) }, { type, bytes });
});

function agree(bytes: Buffer, question: Question): boolean {
  const plain = readPlainAnswer(bytes, question, TTL);
  if (plain === null) return false;
  expect(readByCodec(bytes, question, TTL)).toEqual({ kind: 'answer', answer: plain });
  return true;
}

describe('readPlainAnswer', () => {
  it('says what dns-packet says of well-formed messages, and reads the usual ones itself', () => {
    let read = 0;
    fc.assert(fc.property(whole, ({ type, bytes }) => { if (agree(bytes, { name: NAME, type })) read += 1; }), { numRuns: 3_000 });
    expect(read).toBeGreaterThan(500);
  });

  it('says what dns-packet says, or nothing, of messages with changed, cut and added bytes', () => {
    let read = 0;
    const change = fc.record({ at: fc.nat(), to: fc.oneof(fc.nat(255), fc.constantFrom(0, 0xc0, 0x0c, 0x3f, 0x40)) });
    fc.assert(
      fc.property(whole, fc.array(change, { maxLength: 4 }), fc.nat(40), fc.uint8Array({ maxLength: 12 }), ({ type, bytes }, changes, cut, more) => {
        const damaged = Buffer.concat([bytes.subarray(0, Math.max(12, bytes.length - (cut < 20 ? cut : 0))), more]);
        for (const { at, to } of changes) damaged[at % damaged.length] = to;
        if (agree(damaged, { name: NAME, type })) read += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('says what dns-packet says, or nothing, of random bytes after a good question', () => {
    const head = Buffer.from('000181800001', 'hex');
    const question = Buffer.from('046669726d0474657374000000', 'hex');
    fc.assert(
      fc.property(fc.constantFrom<QueryType>('MX', 'A', 'AAAA'), fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), fc.uint8Array({ maxLength: 80 }), (type, counts, rest) => {
        const bytes = Buffer.concat([head, Buffer.from(counts.flatMap((count) => [0, count])), question, Buffer.from(rest)]);
        bytes[24] = { A: 1, MX: 15, AAAA: 28 }[type];
        agree(Buffer.concat([bytes.subarray(0, 25), Buffer.from([0, 1]), bytes.subarray(25)]), { name: NAME, type });
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['to the question', 'c00c', 'firm.test'],
    ['to a part of it', 'c011', 'test'],
    ['after a label', '026d78c00c', 'mx.firm.test'],
    ['to itself', 'c029', null],
    ['to where it begins', '026d78c029', null],
    ['forwards', 'c02b', null],
    ['out of the message', 'c3ff', null],
    ['into the header, where a length stands', 'c005', null],
    ['cut in two', 'c0', null],
    ['of a reserved kind', '8001', null],
  ])('follows a pointer as dns-packet does: %s', (_, exchange, expected) => {
    const data = Buffer.from(`000a${exchange}`, 'hex');
    const head = Buffer.from('00018180000100010000000004 6669726d 0474657374 00 000f 0001 c00c 000f 0001 0000012c'.replaceAll(' ', ''), 'hex');
    const bytes = Buffer.concat([head, Buffer.from([0, data.length]), data]);
    expect(readPlainAnswer(bytes, { name: NAME, type: 'MX' }, TTL)).toEqual(
      expected === null ? null : { kind: 'records', mx: [{ preference: 10, exchange: expected }], ips: [], ttlSec: 300 },
    );
    agree(bytes, { name: NAME, type: 'MX' });
  });

  it('reads MX, A and negative answers in the form that resolvers write', () => {
    const of = (type: QueryType, answers: Answer[], authorities: Answer[] = [], rcode = 0): Buffer =>
      compressed(encode({ type: 'response', id: 1, flags: RECURSION_AVAILABLE | rcode, questions: [{ name: NAME, type }], answers, authorities, additionals: [opt] }));
    const plain = (bytes: Buffer, type: QueryType) => readPlainAnswer(bytes, { name: NAME, type }, TTL);
    expect(plain(of('MX', [mx(NAME, 'Mx1.firm.test', 5, 60), mx(NAME, '.', 0)]), 'MX')).toEqual({
      kind: 'records', mx: [{ preference: 5, exchange: 'mx1.firm.test' }, { preference: 0, exchange: '' }], ips: [], ttlSec: 60,
    });
    expect(plain(of('A', [a(NAME, '192.0.2.1'), a(NAME, '192.0.2.255')]), 'A')).toEqual({ kind: 'records', mx: [], ips: ['192.0.2.1', '192.0.2.255'], ttlSec: 300 });
    expect(plain(of('AAAA', [], [soa(900, 60)]), 'AAAA')).toEqual({ kind: 'nodata', ttlSec: 60 });
    expect(plain(of('MX', [], [soa(1, 60)], 3), 'MX')).toEqual({ kind: 'nxdomain', ttlSec: 30 });
  });
});
