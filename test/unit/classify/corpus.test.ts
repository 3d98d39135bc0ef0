import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { isReason, statusOf } from '../../../shared/verdict/verdict.ts';
import { corpusReplies } from '../../lab/corpora.ts';
import { reply } from './classify-helpers.ts';

const replies = corpusReplies();

describe('the corpus of real replies', () => {
  if (replies === null) {
    it('is left out: corpora not given (WINNOW_CORPORA is not set)', () => {
      expect(process.env['WINNOW_CORPORA'] ?? '').toBe('');
    });
    return;
  }

  const judged = replies.map((row) => {
    if (!isReason(row.label)) throw new Error(`unknown label ${row.label}`);
    const stage = SMTP_STAGES.find((name) => name === row.stage) ?? null;
    return { ...row, label: row.label, ...classifyReply({ reply: reply(row.reply), stage }) };
  });
  const share = (part: number, whole: number) => part / Math.max(1, whole);

  it('blames nobody for what is about us, policy, content or the server', () => {
    const blamed = judged.filter(({ label, reason }) => statusOf(label) === 'unknown' && statusOf(reason) === 'undeliverable');
    expect(blamed).toEqual([]);
  });

  it('misses at most 2 % of the refusals of recipients', () => {
    const recipients = judged.filter(({ label }) => statusOf(label) === 'undeliverable');
    const missed = recipients.filter(({ reason }) => statusOf(reason) !== 'undeliverable');
    expect(recipients.length).toBeGreaterThan(40);
    expect(share(missed.length, recipients.length), JSON.stringify(missed, null, 1)).toBeLessThanOrEqual(0.02);
  });

  it('is wrong only where it does not say that it is sure', () => {
    const sure = judged.filter(({ confidence }) => confidence === 'high');
    expect(sure.length).toBeGreaterThan(judged.length / 2);
    expect(share(sure.filter(({ label, reason }) => label !== reason).length, sure.length)).toBeLessThanOrEqual(0.01);
  });

  it('gives the right reason to at least 97 % of all and 99 % of the clear ones', () => {
    const wrong = judged.filter(({ label, reason }) => label !== reason);
    const clear = judged.filter(({ sure }) => sure === 'high');
    const wrongClear = wrong.filter(({ sure }) => sure === 'high');
    expect(1 - share(wrong.length, judged.length), JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.97);
    expect(1 - share(wrongClear.length, clear.length), JSON.stringify(wrongClear, null, 1)).toBeGreaterThanOrEqual(0.99);
  });
});
