import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOfFailure } from '../../../electron/engine/classify/reason-of-failure.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { statusOf } from '../../../shared/verdict/verdict.ts';
import { reply } from './classify-helpers.ts';

describe('reasonOfFailure', () => {
  it.each([
    ['ConnectFailed', 'no_connect'],
    ['LocalFailure', 'no_connect'],
    ['HealthCheckFailed', 'dropped'],
    ['BreakerOpen', 'no_connect'],
    ['ConnectTimeout', 'timeout'],
    ['Timeout', 'timeout'],
    ['PoolExhausted', 'timeout'],
    ['PoolClosed', 'dropped'],
    ['Dropped', 'dropped'],
    ['ProtocolError', 'protocol_error'],
    ['BlockedTarget', 'blocked_target'],
    ['SessionRefused', 'server_error'],
    ['SessionClosed', 'server_error'],
  ] as const)('%s without a reply: %s', (code, reason) => {
    expect(reasonOfFailure({ code, stage: 'CONNECT', reply: null, detail: '' })).toBe(reason);
  });

  it.each([
    ['SessionRefused', 'CONNECT', '421 4.7.0 too many connections from 203.0.113.9', 'rate_limited'],
    ['SessionRefused', 'CONNECT', '554 5.7.1 blocked using zen.spamhaus.org', 'ip_blocked'],
    ['SessionRefused', 'CONNECT', '521 no', 'policy_rejected'],
    ['SessionRefused', 'EHLO', '550 bad HELO', 'helo_rejected'],
    ['SessionClosed', 'MAIL', '530 Must issue STARTTLS first', 'tls_required'],
    ['SessionClosed', 'MAIL', '550 5.1.1 user unknown', 'sender_rejected'],
    ['SessionClosed', 'RCPT', '421 4.7.0 mx.example.org Error: too many errors', 'rate_limited'],
    ['SessionClosed', 'RCPT', '421 4.2.1 The user you are trying to contact is receiving mail too quickly', 'server_error'],
    ['SessionClosed', 'RCPT', '550 5.1.1 user unknown', 'server_error'],
  ] as const)('%s at %s, %s: %s', (code, stage, text, reason) => {
    expect(reasonOfFailure({ code, stage, reply: reply(text), detail: '' })).toBe(reason);
  });

  it('BreakerOpen: what opened it', () => {
    const cause = { code: 'SessionRefused', stage: 'CONNECT', reply: reply('554 5.7.1 blocked using zen.spamhaus.org'), detail: '' } as const;
    expect(reasonOfFailure({ ...cause, code: 'BreakerOpen', cause })).toBe('ip_blocked');
    expect(reasonOfFailure({ code: 'BreakerOpen', stage: 'CONNECT', reply: null, detail: '', cause: { code: 'ConnectTimeout', stage: 'CONNECT', reply: null, detail: '' } })).toBe('timeout');
  });

  it('is always unknown', () => {
    const codes = ['ConnectFailed', 'Timeout', 'Dropped', 'ProtocolError', 'SessionRefused', 'SessionClosed', 'PoolClosed'] as const;
    const texts = ['550 5.1.1 user unknown', '250 Ok', '552 5.2.2 mailbox full', '556', '550', '421 x', '550 5.2.1 disabled', '550 domain not hosted here'];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom(...SMTP_STAGES), fc.constantFrom(...texts), (code, stage, text) => {
        expect(statusOf(reasonOfFailure({ code, stage, reply: reply(text), detail: '' }))).toBe('unknown');
      }),
    );
  });
});
