import { describe, expect, it } from 'vitest';
import { MOST_IN_A_ROW, RefusalWatch, type HeardReply } from '../../../electron/engine/destinations/refusal-watch.ts';

const blocked: HeardReply = { reason: 'ip_blocked', isAboutUs: true, code: null };
const unknown: HeardReply = { reason: 'mailbox_not_found', isAboutUs: false, code: null };
const hear = (watch: RefusalWatch, heard: HeardReply, domains: readonly number[]) => domains.map((domain) => watch.heard(heard, domain)).at(-1);

describe('RefusalWatch', () => {
  it('finds a refusal of this machine after so many in a row, and not before', () => {
    const watch = new RefusalWatch(false);
    expect(hear(watch, blocked, new Array<number>(MOST_IN_A_ROW - 1).fill(1))).toBe('nothing');
    expect(hear(watch, blocked, [1])).toBe('destination');
  });

  it('begins anew with every other answer', () => {
    const watch = new RefusalWatch(false);
    for (let i = 0; i < 20; i += 1) expect(hear(watch, i % MOST_IN_A_ROW === 0 ? unknown : blocked, [1])).toBe('nothing');
    expect(hear(watch, { ...blocked, reason: 'rate_limited' }, [1])).toBe('nothing');
  });

  it('does not take one customer’s refusal for that of a server of many', () => {
    const watch = new RefusalWatch(true);
    expect(hear(watch, blocked, [1, 1, 1, 1, 1])).toBe('domain');
    expect(hear(watch, blocked, [2])).toBe('destination');
  });

  it('takes a provider’s own code for the provider’s word', () => {
    expect(hear(new RefusalWatch(true), { ...blocked, code: 'S3150' }, [1, 1, 1, 1, 1])).toBe('destination');
  });

  it('needs one answer on trial', () => {
    expect(new RefusalWatch(true).heard(blocked, 1, 1)).toBe('destination');
  });

  it('says nothing of refusals of the sender or of the content', () => {
    const watch = new RefusalWatch(false);
    for (let i = 0; i < 20; i += 1) expect(watch.heard({ reason: 'sender_rejected', isAboutUs: true, code: null }, 1)).toBe('nothing');
  });
});
