import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockCodeOf } from '../../../electron/engine/destinations/block-code.ts';

describe('blockCodeOf', () => {
  it.each([
    ["550 5.7.1 Unfortunately, messages from [203.0.113.9] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).", 'S3150'],
    ["550 SC-002 (BAY004-MC1F12) Unfortunately, messages from 203.0.113.9 weren't sent.", 'SC-002'],
    ['451 4.7.650 The mail server [203.0.113.9] has been temporarily rate limited due to IP reputation. (S775) (AS77712)', 'AS77712'],
    ['550 5.7.606 Access denied, banned sending IP [203.0.113.9]', '5.7.606'],
    ['553 5.7.1 [BL21] Connections not accepted from IP addresses on Spamhaus PBL', 'BL21'],
    ['421 4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred', 'TSS04'],
    ['554 imta BL000010 blocked', 'BL000010'],
    ['554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org', 'zen.spamhaus.org'],
    ['550 5.7.1 https://support.google.com/mail/?p=NotAuthorizedError x1 - gsmtp', 'NotAuthorizedError'],
    ['554 5.7.1 Rejected by local policy', null],
    ['550 5.1.1 User unknown', null],
  ])('of %s', (reply, code) => {
    expect(blockCodeOf(reply)).toBe(code);
  });

  it('reads anything in bounded time and never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 5_000 }), (text) => (blockCodeOf(text) ?? '').length <= 200));
  });
});
