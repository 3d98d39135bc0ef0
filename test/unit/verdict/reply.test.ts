import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReply, makeReply, replyFromText } from '../../../shared/verdict/reply.ts';

/** What a latin1-decoded socket gives for these UTF-8 octets. */
const octets = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('makeReply', () => {
  it('takes the enhanced code from the start of each line and joins the text', () => {
    expect(makeReply(550, ['5.1.1 The account', '5.1.1 does not exist'])).toEqual({ code: 550, enhanced: '5.1.1', text: 'The account does not exist' });
  });

  it.each([
    [550, '2.1.5 Ok', null, 'Ok'],
    [250, '5.1.1 Ok', null, 'Ok'],
    [450, '5.1.1 wait', null, 'wait'],
    [550, '5.1.1', '5.1.1', ''],
    [550, '5.7.1.4 x', null, '5.7.1.4 x'],
    [550, '5.1.1x', null, '5.1.1x'],
    [550, '5.1.1: x', '5.1.1', ': x'],
    [550, '5.01.001 x', '5.1.1', 'x'],
    [550, '', null, ''],
  ])('%i %j: %s', (code, line, enhanced, text) => {
    expect(makeReply(code, [line])).toEqual({ code, enhanced, text });
  });

  it('escapes what would harm a screen or a log', () => {
    expect(makeReply(550, ['a\u0000b\u001b[2Jc\u007fd\u0085e\rf\ng\th']).text).toBe(String.raw`a\x00b\x1B[2Jc\x7Fd\x85e\x0Df\x0Ag h`);
  });

  it('decodes valid UTF-8 octets and escapes the others', () => {
    expect(makeReply(550, [octets('Empfänger unbekannt')]).text).toBe('Empfänger unbekannt');
    expect(makeReply(550, [octets('收件人不存在 😀')]).text).toBe('收件人不存在 😀');
    expect(makeReply(550, ['Empf\u00e4nger']).text).toBe(String.raw`Empf\xE4nger`);
    // Overlong, surrogate and out-of-range forms are no UTF-8.
    expect(makeReply(550, ['\u00c0\u0080 \u00ed\u00a0\u0080 \u00f4\u0090\u0080\u0080']).text).toBe(String.raw`\xC0\x80 \xED\xA0\x80 \xF4\x90\x80\x80`);
  });

  it('keeps at most 64 KiB and never cuts a character', () => {
    const { text } = makeReply(550, Array.from({ length: 128 }, () => octets('€'.repeat(1365))));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(text)).toBeGreaterThan(65_000);
    expect(Buffer.from(text).toString()).toBe(text);
  });

  it('never throws, never lets a control character or broken Unicode through', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (code, lines) => {
        const reply = makeReply(code, lines);
        expect(reply.text).not.toMatch(/\p{Cc}/u);
        expect(Buffer.from(reply.text).toString()).toBe(reply.text);
        if (reply.enhanced !== null) expect(reply.enhanced.charAt(0)).toBe(String(code).charAt(0));
      }),
    );
  });
});

describe('replyFromText', () => {
  it.each([
    ['550 5.1.1 no such user', 550, '5.1.1', 'no such user'],
    ['550-5.1.1 no such\r\n550 5.1.1 user', 550, '5.1.1', 'no such user'],
    ['550-5.1.1 no such\n550 5.1.1 user', 550, '5.1.1', 'no such user'],
    ['550-5.1.1 no such 550 5.1.1 user', 550, '5.1.1', 'no such user'],
    ['550-5.1.1 no such 550-5.1.1 user 550 5.1.1 here', 550, '5.1.1', 'no such user here'],
    ['550 see 550 again', 550, null, 'see 550 again'],
    ['550', 550, null, ''],
    ['550-', 550, null, ''],
    ['250 2.1.5 Ok', 250, '2.1.5', 'Ok'],
    ['  421 4.7.0 wait \r\n', 421, '4.7.0', 'wait'],
    ['550 Empfänger unbekannt', 550, null, 'Empfänger unbekannt'],
    ['552 1 mailbox not found', 552, null, '1 mailbox not found'],
  ])('%j', (text, code, enhanced, rest) => {
    expect(replyFromText(text)).toEqual({ code, enhanced, text: rest });
  });

  it.each(['', 'hello', '099 x', '199 x', '600 x', '55 x', '5505 x', '550x', 'x 550'])('%j is no reply', (text) => {
    expect(replyFromText(text)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.tuple(fc.constantFrom('', '550', '550-', '421 4.'), fc.string({ unit: 'binary' })), ([start, rest]) => {
      const reply = replyFromText(start + rest);
      if (reply !== null) expect(reply.text).not.toMatch(/\p{Cc}/u);
    }));
  });
});

describe('formatReply', () => {
  it.each([
    ['550 5.1.1 no such user', '550 5.1.1 no such user'],
    ['550 no', '550 no'],
    ['550 5.1.1', '550 5.1.1'],
    ['550', '550'],
  ])('%j', (text, expected) => {
    const reply = replyFromText(text);
    expect(reply === null ? null : formatReply(reply)).toBe(expected);
  });
});
