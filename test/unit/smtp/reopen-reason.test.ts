// When a flight may be asked again at once on a new connection: only where nobody was answered.
import { describe, expect, it } from 'vitest';
import { reopenReason } from '../../../electron/engine/smtp/reopen-reason.ts';
import type { FlightResult, SmtpFailureCode } from '../../../electron/engine/smtp/types.ts';

const reply = (code: number, enhanced: string | null = null, text = '') => ({ code, enhanced, text });

function failed(code: SmtpFailureCode, stage: 'MAIL' | 'RCPT' | 'RSET', answer: ReturnType<typeof reply> | null = null, replies: FlightResult['replies'] = [null, null]): FlightResult {
  return { mail: stage === 'MAIL' ? answer : null, replies, failure: { code, stage, reply: answer, detail: '' } };
}

const PLAIN = { tls: 'none', flightsBefore: 0 } as const;

describe('reopenReason', () => {
  it.each([reply(530, '5.7.0', 'Must issue a STARTTLS command first'), reply(530), reply(554, '5.7.10', 'Encryption Needed'), reply(550, null, 'must issue STARTTLS')])(
    'is TLS where MAIL was refused with %j',
    (answer) => {
      expect(reopenReason(failed('SessionClosed', 'MAIL', answer), PLAIN)).toBe('tls_demanded');
    },
  );

  it('is not TLS over TLS, for another refusal, or at another command', () => {
    const demand = reply(530);
    expect(reopenReason(failed('SessionClosed', 'MAIL', demand), { tls: 'unverified', flightsBefore: 0 })).toBeNull();
    expect(reopenReason(failed('SessionClosed', 'MAIL', reply(550, '5.7.1', 'blocked')), PLAIN)).toBeNull();
    expect(reopenReason(failed('SessionClosed', 'MAIL', reply(450, null, 'must issue STARTTLS')), PLAIN)).toBeNull();
    expect(reopenReason(failed('SessionClosed', 'RSET', demand), PLAIN)).toBeNull();
  });

  it('is a stale connection where one used before ended without a word', () => {
    expect(reopenReason(failed('Dropped', 'RCPT'), { tls: 'none', flightsBefore: 1 })).toBe('stale');
    expect(reopenReason(failed('Dropped', 'RCPT'), PLAIN)).toBeNull();
    expect(reopenReason(failed('Timeout', 'RCPT'), { tls: 'none', flightsBefore: 1 })).toBeNull();
  });

  it('is nothing where somebody was answered, or nothing failed', () => {
    expect(reopenReason(failed('Dropped', 'RCPT', null, [reply(250), null]), { tls: 'none', flightsBefore: 1 })).toBeNull();
    expect(reopenReason({ mail: reply(250), replies: [reply(250)], failure: null }, PLAIN)).toBeNull();
    expect(reopenReason({ ...failed('Dropped', 'RCPT'), mail: reply(250) }, { tls: 'none', flightsBefore: 1 })).toBeNull();
  });
});
