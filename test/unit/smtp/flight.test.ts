// Replies matched to commands: what was answered in step stands, and what it means when the count is not right.
import { describe, expect, it } from 'vitest';
import { Flight } from '../../../electron/engine/smtp/flight.ts';
import { planFlight } from '../../../electron/engine/smtp/plan-flight.ts';
import { RawReply } from '../../../electron/engine/smtp/raw-reply.ts';

const raw = (text: string): RawReply => new RawReply(Number(text.slice(0, 3)), [text.slice(4)]);
const RECIPIENTS = ['a@x.test', 'b@x.test', 'c@x.test'];

/** A flight of MAIL and three RCPT, all sent at once, that gets these replies. */
function fly(texts: readonly string[], sent = 4) {
  const flight = new Flight(planFlight({ from: '', recipients: RECIPIENTS, newTransaction: true }, null, 100));
  let failed = null;
  for (const text of texts) {
    failed = flight.answer(raw(text), sent);
    if (failed !== null) break;
  }
  return { flight, failed, ...flight.result(failed) };
}

const codes = (replies: ReturnType<typeof fly>['replies']): (number | null)[] => replies.map((reply) => reply?.code ?? null);

describe('Flight', () => {
  it('gives each recipient its own reply', () => {
    const result = fly(['250 ok', '250 2.1.5 ok', '550 5.1.1 no', '452 4.2.2 full']);
    expect(codes(result.replies)).toEqual([250, 550, 452]);
    expect(result.mail?.code).toBe(250);
    expect(result.failure).toBeNull();
    expect(result.flight.complete).toBe(true);
  });

  it('keeps a prefix where the session says 421', () => {
    const result = fly(['250 ok', '250 ok', '421 4.7.0 too many errors']);
    expect(codes(result.replies)).toEqual([250, null, null]);
    expect(result.failure).toMatchObject({ code: 'SessionClosed', stage: 'RCPT', reply: { code: 421, enhanced: '4.7.0' } });
  });

  it('keeps all answers where 421 follows the last', () => {
    const result = fly(['250 ok', '250 ok', '550 no', '250 ok', '421 bye']);
    expect(codes(result.replies)).toEqual([250, 550, 250]);
    expect(result.failure?.code).toBe('SessionClosed');
  });

  it.each(['450 4.7.1 later', '550 5.7.1 you not'])('says nothing of any recipient where MAIL is refused: %s', (text) => {
    const result = fly([text]);
    expect(codes(result.replies)).toEqual([null, null, null]);
    expect(result.mail?.code).toBe(Number(text.slice(0, 3)));
    expect(result.failure).toMatchObject({ code: 'SessionClosed', stage: 'MAIL' });
  });

  it('is over where RSET is refused', () => {
    const open = { from: '', smtputf8: false, recipients: 1 };
    const flight = new Flight(planFlight({ from: '', recipients: ['a@x.test'], newTransaction: true }, open, 100));
    expect(flight.answer(raw('554 Too many nonmail commands'), 3)).toMatchObject({ code: 'SessionClosed', stage: 'RSET' });
  });

  it('voids all answers where there are more replies than commands', () => {
    const result = fly(['250 ok', '250 ok', '550 no', '250 ok', '250 ok']);
    expect(codes(result.replies)).toEqual([null, null, null]);
    expect(result.failure?.code).toBe('ProtocolError');
  });

  it('voids all answers where a reply comes before its command was sent', () => {
    const result = fly(['250 ok', '250 ok'], 1);
    expect(codes(result.replies)).toEqual([null, null, null]);
    expect(result.failure?.code).toBe('ProtocolError');
  });

  it.each(['354 go ahead', '221 bye', '220 hello'])('is out of step at %s', (text) => {
    const result = fly(['250 ok', '250 ok', text]);
    expect(codes(result.replies)).toEqual([250, null, null]);
    expect(result.failure).toMatchObject({ code: 'ProtocolError', stage: 'RCPT' });
  });

  it('takes 452 4.5.3 as a reply like any other', () => {
    const result = fly(['250 ok', '250 ok', '452 4.5.3 too many recipients', '452 4.5.3 too many recipients']);
    expect(codes(result.replies)).toEqual([250, 452, 452]);
    expect(result.failure).toBeNull();
  });

  it('takes 503 to RCPT as a reply where MAIL was accepted', () => {
    expect(codes(fly(['250 ok', '503 5.5.1 no', '250 ok', '250 ok']).replies)).toEqual([503, 250, 250]);
  });

  it('keeps its prefix where the connection ends, and names the command that waited', () => {
    const { flight } = fly(['250 ok', '550 no']);
    const failed = flight.endedBy('Dropped', 'closed');
    expect(failed).toMatchObject({ code: 'Dropped', stage: 'RCPT', reply: null });
    expect(codes(flight.result(failed).replies)).toEqual([550, null, null]);
  });

  it('is void where the connection ends within one reply too many', () => {
    const { flight } = fly(['250 ok', '250 ok', '550 no', '250 ok']);
    const failed = flight.endedBy('Dropped', 'closed');
    expect(failed.code).toBe('ProtocolError');
    expect(codes(flight.result(failed).replies)).toEqual([null, null, null]);
  });

  it('does not mix up replies of the same code', () => {
    const result = fly(['250 ok', '550 5.1.1 no', '550 5.7.1 blocked', '550 5.1.1 no']);
    expect(result.replies.map((reply) => reply?.enhanced)).toEqual(['5.1.1', '5.7.1', '5.1.1']);
  });
});
