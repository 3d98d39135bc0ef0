// Our own labelled replies (test/fixtures/replies/*.jsonl, see the README there): the same promises as on the corpus, on
// what a second reader found and labelled without knowing the rules. Its `low` rows are those on which readers may differ.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { isReason, statusOf } from '../../../shared/verdict/verdict.ts';
import { classify } from './classify-helpers.ts';

interface Row {
  readonly reply: string;
  readonly label: string;
  readonly sure: string;
  readonly stage?: string;
}

const FOLDER = join(import.meta.dirname, '../../fixtures/replies');
const ROWS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row)
  .map(({ reply, label, sure, stage }) => {
    if (!isReason(label)) throw new Error(`unknown label ${label}`);
    return { reply, label, sure, ...classify(reply, SMTP_STAGES.find((name) => name === stage) ?? null) };
  });
const share = (part: number, whole: number) => part / Math.max(1, whole);

describe('our own labelled replies', () => {
  it('blames nobody for what is about us, policy, content or the server', () => {
    expect(ROWS.length).toBeGreaterThan(800);
    expect(ROWS.filter(({ label, sure, reason }) => sure !== 'low' && statusOf(label) === 'unknown' && statusOf(reason) === 'undeliverable')).toEqual([]);
  });

  it('gives the right reason to at least 98 % of the clear ones and 91 % of all', () => {
    const wrong = ROWS.filter(({ label, reason }) => label !== reason);
    const clear = ROWS.filter(({ sure }) => sure === 'high');
    const wrongClear = clear.filter(({ label, reason }) => label !== reason);
    expect(1 - share(wrongClear.length, clear.length), JSON.stringify(wrongClear, null, 1)).toBeGreaterThanOrEqual(0.98);
    expect(1 - share(wrong.length, ROWS.length), JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.91);
  });

  it('misses at most 2 % of the clear refusals of recipients', () => {
    const refusals = ROWS.filter(({ label, sure }) => statusOf(label) === 'undeliverable' && sure === 'high');
    expect(share(refusals.filter(({ reason }) => statusOf(reason) !== 'undeliverable').length, refusals.length)).toBeLessThanOrEqual(0.02);
  });

  it('is right on at least 99 % of the clear ones of which it says that it is sure', () => {
    const sureOnes = ROWS.filter(({ sure, confidence }) => sure === 'high' && confidence === 'high');
    expect(sureOnes.length).toBeGreaterThan(400);
    expect(share(sureOnes.filter(({ label, reason }) => label === reason).length, sureOnes.length)).toBeGreaterThanOrEqual(0.99);
  });

  it('is wrong less often where it says that it is sure', () => {
    const wrongShare = (confidence: string) => {
      const own = ROWS.filter((row) => row.confidence === confidence);
      return share(own.filter(({ label, reason }) => label !== reason).length, own.length);
    };
    expect(wrongShare('high')).toBeLessThan(wrongShare('fair'));
    expect(wrongShare('fair')).toBeLessThan(wrongShare('low'));
  });
});
