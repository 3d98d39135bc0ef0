// What is packed for the worker and stored comes back as it was, whatever servers say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEARD, SMTP_STAGES, type Evidence } from '../../../../shared/verdict/evidence.ts';
import { FLAGS, REASONS } from '../../../../shared/verdict/verdict.ts';
import type { VerdictRecord } from '../../../../electron/worker/interface.ts';
import { packBatch } from '../../../../electron/worker/packed/pack-batch.ts';
import type { PackedBatch } from '../../../../electron/worker/packed/packed-batch.ts';
import { readDetails, readSharedEvidence } from '../../../../electron/worker/packed/verdict-details.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', 'Ok', '"', '\\', '\n[1,2]\n', '\u2028é', '\ud800', 'x'.repeat(5_000)));
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null });
const time = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 9_999_999, 10_000_000, 1_760_000_000_000, -1, 0.5, Number.MAX_SAFE_INTEGER));

const evidence: fc.Arbitrary<Evidence> = fc.record({
  stage: fc.constantFrom(...SMTP_STAGES, 'DNS', 'LOCAL'),
  code: maybe(fc.integer({ min: 200, max: 599 })),
  enhanced: maybe(fc.constantFrom('5.1.1', '2.1.5')),
  text,
  mxHost: maybe(fc.constantFrom('mx.example', 'mx2.example')),
  ip: maybe(fc.constantFrom('192.0.2.1', '2001:db8::1')),
  tls: maybe(fc.constantFrom('none', 'unverified', 'verified')),
  atMs: time,
  attempt: fc.nat({ max: 3 }),
});

const verdict: fc.Arbitrary<VerdictRecord> = fc.record({
  rowId: fc.integer({ min: 1, max: 2 ** 40 }),
  reason: fc.constantFrom(...REASONS),
  score: fc.nat({ max: 100 }),
  flags: fc.subarray([...FLAGS], { maxLength: 4 }),
  didYouMean: maybe(text),
  heard: fc.constantFrom(...HEARD),
  reply: maybe(text),
  mx: maybe(fc.constantFrom('mx.example', 'mx2.example')),
  checkedAtMs: time,
  attempt: fc.nat({ max: 3 }),
  retryAtMs: maybe(time),
  provisional: fc.boolean(),
  evidence: fc.array(evidence, { maxLength: 3 }),
});

/** Verdicts of which some share their evidence with the one before, or all but the row, as those of one flight do. */
const batchOfSome = fc.array(fc.tuple(verdict, fc.constantFrom('own', 'evidence', 'all')), { maxLength: 6 }).map((drawn) => {
  const made: VerdictRecord[] = [];
  for (const [one, alike] of drawn) {
    const before = made.at(-1);
    if (before === undefined || alike === 'own') made.push(one);
    else made.push(alike === 'all' ? { ...before, rowId: one.rowId } : { ...one, evidence: before.evidence });
  }
  return made;
});

/** As the store reads it: whatever follows the line is another's. */
function line(bytes: Uint8Array, ends: Uint32Array, index: number, before = ''): Uint8Array {
  return Buffer.concat([Buffer.from(before), bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]), Buffer.from('\n[garbage')]);
}

function unpacked(packed: PackedBatch, index: number): VerdictRecord {
  const at = packed.lineOf[index] ?? 0;
  const shared = packed.sharedOf[at] ?? -1;
  const { shared: place, ...details } = readDetails(line(packed.text, packed.ends, at, `[${String(shared + 1)},`));
  expect(place).toBe(shared + 1);
  const retry = packed.retries.find((one) => one.index === index);
  return {
    ...details,
    rowId: packed.rowIds[index] ?? 0,
    reason: REASONS[packed.reasons[index] ?? 0] ?? 'timeout',
    score: packed.scores[index] ?? 0,
    flags: details.flags === '' ? [] : (details.flags.split(' ') as VerdictRecord['flags']),
    heard: retry?.heard ?? 'nothing',
    retryAtMs: retry?.retryAtMs ?? null,
    provisional: packed.provisional.includes(index),
    evidence: [...(details.evidence ?? []), ...(shared < 0 ? [] : [readSharedEvidence(line(packed.sharedText, packed.sharedEnds, shared))])],
  };
}

describe('packBatch', () => {
  it('loses nothing of any verdict', () => {
    fc.assert(
      fc.property(batchOfSome, (verdicts) => {
        const packed = packBatch({ listId: 1, verdicts, domains: [], releasedDomainIds: [] });
        for (const byte of [...packed.text, ...packed.sharedText]) if (byte < 0x20 || byte > 0x7f) throw new Error(`byte ${String(byte)}`);
        // How much a verdict has heard matters only where it is asked again.
        const expected = verdicts.map((one) => (one.retryAtMs === null ? { ...one, heard: 'nothing' } : one));
        expect(verdicts.map((_, index) => unpacked(packed, index))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('tells once what many verdicts have alike, and nothing twice that the reply says', () => {
    const random: Evidence = { stage: 'RCPT', code: 550, enhanced: '5.1.1', text: 'random recipient: who?', mxHost: 'mx', ip: '192.0.2.1', tls: null, atMs: 5, attempt: 1 };
    const verdicts = [1, 2, 3].map((rowId): VerdictRecord => ({
      rowId, reason: 'accepted', score: 95, flags: [], didYouMean: null, heard: 'recipient', reply: '250 2.1.5 unmistakable', mx: 'mx', checkedAtMs: 7, attempt: 1,
      retryAtMs: null, provisional: false,
      evidence: [{ ...random, code: 250, enhanced: '2.1.5', text: 'unmistakable', atMs: 7 }, { ...random, ip: rowId === 3 ? '192.0.2.3' : '192.0.2.1' }],
    }));
    const packed = packBatch({ listId: 1, verdicts, domains: [], releasedDomainIds: [] });
    expect([...packed.sharedOf]).toEqual([0, 0, 1]);
    expect(Buffer.from(packed.text).toString().split('unmistakable')).toHaveLength(4);
  });

  it('tells once what one flight told several, and again where anything of it differs', () => {
    const evidence: Evidence[] = [{ stage: 'RCPT', code: 250, enhanced: null, text: 'Ok', mxHost: 'mx', ip: '192.0.2.1', tls: null, atMs: 7, attempt: 1 }];
    const one: VerdictRecord = {
      rowId: 1, reason: 'accepted', score: 95, flags: [], didYouMean: null, heard: 'recipient', reply: '250 Ok', mx: 'mx', checkedAtMs: 7, attempt: 1,
      retryAtMs: null, provisional: false, evidence,
    };
    const verdicts = [one, { ...one, rowId: 2 }, { ...one, rowId: 3, flags: ['free'] }, { ...one, rowId: 4, flags: ['free'], checkedAtMs: 8 }] as const;
    const packed = packBatch({ listId: 1, verdicts, domains: [], releasedDomainIds: [] });
    expect([...packed.lineOf]).toEqual([0, 0, 1, 2]);
  });

  it('refuses a reason that is none', () => {
    const wrong = { rowId: 1, reason: 'good', evidence: [] } as unknown as VerdictRecord;
    expect(() => packBatch({ listId: 1, verdicts: [wrong], domains: [], releasedDomainIds: [] })).toThrow(RangeError);
  });
});
