// What an EHLO reply offers: whole keywords of its lines only, never words of the greeting line.
import { describe, expect, it } from 'vitest';
import { offersStartTls, readCapabilities } from '../../../electron/engine/smtp/capabilities.ts';
import { RawReply } from '../../../electron/engine/smtp/raw-reply.ts';

const reply = (...lines: string[]): RawReply => new RawReply(250, lines);

describe('readCapabilities', () => {
  it.each([
    [['mx', 'PIPELINING', 'SMTPUTF8'], { pipelining: true, smtputf8: true }],
    [['mx', 'pipelining ', 'Smtputf8 x'], { pipelining: true, smtputf8: true }],
    [['mx', 'SIZE 1', 'PIPELINING\tx'], { pipelining: true, smtputf8: false }],
    [['PIPELINING'], { pipelining: false, smtputf8: false }],
    [['mx', 'X-PIPELINING', 'XSMTPUTF8', 'NOPIPELINING'], { pipelining: false, smtputf8: false }],
    [[], { pipelining: false, smtputf8: false }],
  ])('reads %j', (lines, expected) => {
    expect(readCapabilities(reply(...lines))).toEqual(expected);
  });
});

describe('offersStartTls', () => {
  it('finds the keyword, as nodemailer does', () => {
    expect(offersStartTls(reply('mx', 'STARTTLS'))).toBe(true);
    expect(offersStartTls(reply('mx', 'starttls'))).toBe(true);
    expect(offersStartTls(reply('mx', 'XSTARTTLS', 'SIZE'))).toBe(false);
  });
});
