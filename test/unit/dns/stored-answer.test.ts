import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DnsAnswer } from '../../../electron/engine/dns/dns-answer.ts';
import { readStoredAnswer, storedAnswer } from '../../../electron/engine/dns/stored-answer.ts';

const MX: DnsAnswer = { kind: 'records', mx: [{ preference: 10, exchange: 'mx.firm.test' }], ips: [], ttlSec: 300 };
const A: DnsAnswer = { kind: 'records', mx: [], ips: ['93.184.216.34'], ttlSec: 300 };
const ALIAS: DnsAnswer = { kind: 'alias', target: 'x.test', steps: 2, ttlSec: 300 };

describe('storedAnswer', () => {
  it.each([MX, A, ALIAS])('comes back as it was: $kind', (answer) => {
    expect(readStoredAnswer(storedAnswer(answer) ?? '')).toEqual(answer);
  });

  it.each<DnsAnswer>([
    { kind: 'nxdomain', ttlSec: 300 },
    { kind: 'nodata', ttlSec: 300 },
    { ...A, ips: ['93.184.216.34', '0.0.0.0'] },
    { ...A, ips: ['10.0.0.1'] },
    { ...A, ips: ['::1'] },
  ])('does not outlive the run: %j', (answer) => {
    expect(storedAnswer(answer)).toBeNull();
    // Nor is it believed if somebody has stored it all the same.
    expect(readStoredAnswer(JSON.stringify(answer))).toBeNull();
  });

  it.each([
    '', 'null', '[]', '{', '{"kind":"nxdomain","ttlSec":300}', '{"kind":"records","mx":[],"ips":[],"ttlSec":300}', '{"kind":"records","mx":[],"ips":[1],"ttlSec":300}',
    '{"kind":"records","mx":[{"preference":-1,"exchange":"x"}],"ips":[],"ttlSec":300}', '{"kind":"records","mx":[],"ips":["1.1.1.1"]}',
    '{"kind":"alias","target":"x.test","steps":9,"ttlSec":1}', '{"kind":"records","mx":[],"ips":["1.1.1.1"],"ttlSec":1,"more":1}',
  ])('reads %s as nothing', (text) => {
    expect(readStoredAnswer(text)).toBeNull();
  });

  it('never throws, whatever is stored', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { expect(() => readStoredAnswer(text)).not.toThrow(); }));
  });
});
