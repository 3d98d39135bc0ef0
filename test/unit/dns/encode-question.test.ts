import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryType } from '../../../electron/engine/dns/dns-answer.ts';
import { isHostName } from '../../../electron/engine/dns/dns-name.ts';
import { encodeQuestion } from '../../../electron/engine/dns/encode-question.ts';

const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9_-]{0,20}[a-z0-9_])?$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const type = fc.constantFrom<QueryType>('MX', 'A', 'AAAA');

describe('encodeQuestion', () => {
  it('asks one question, recursively, with EDNS and room for 1232 bytes', () => {
    const query = decode(encodeQuestion(4711, { name: 'firm.test', type: 'MX' }, true));
    expect(query).toMatchObject({ id: 4711, type: 'query', flag_rd: true, questions: [{ name: 'firm.test', type: 'MX', class: 'IN' }] });
    expect(query.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
  });

  it('leaves EDNS out where it is told to', () => {
    expect(decode(encodeQuestion(4711, { name: 'firm.test', type: 'A' }, false)).additionals).toEqual([]);
  });

  it('writes byte for byte what dns-packet writes', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), name.filter(isHostName), type, fc.boolean(), (id, asked, ofType, edns) => {
        const expected = encode({
          type: 'query',
          id,
          flags: RECURSION_DESIRED,
          questions: [{ type: ofType, name: asked }],
          additionals: edns ? [{ type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] }] : [],
        });
        expect(encodeQuestion(id, { name: asked, type: ofType }, edns).toString('hex')).toBe(expected.toString('hex'));
      }),
    );
  });
});
