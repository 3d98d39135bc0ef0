// The reply parser: the result never depends on how the bytes were cut, and nothing makes it throw or grow.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownReplies } from '../../../electron/engine/smtp/known-replies.ts';
import { MAX_LINE_OCTETS, MAX_REPLY_LINES, ReplyParser } from '../../../electron/engine/smtp/reply-parser.ts';

interface Outcome {
  readonly replies: readonly { readonly code: number; readonly lines: readonly string[] }[];
  readonly failure: string | null;
  readonly midReply: boolean;
}

function parse(chunks: readonly Uint8Array[], known = new KnownReplies()): Outcome {
  const parser = new ReplyParser(known);
  const replies = chunks.flatMap((chunk) => parser.push(chunk).map(({ code, lines }) => ({ code, lines })));
  return { replies, failure: parser.failure, midReply: parser.midReply };
}

const parseText = (text: string): Outcome => parse([Buffer.from(text, 'latin1')]);

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; start < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? bytes.length);
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return chunks;
}

describe('ReplyParser', () => {
  it('reads one-line and multi-line replies', () => {
    expect(parseText('220 mx ESMTP\r\n250-mx\r\n250-PIPELINING\r\n250 SIZE 1\r\n')).toEqual({
      replies: [
        { code: 220, lines: ['mx ESMTP'] },
        { code: 250, lines: ['mx', 'PIPELINING', 'SIZE 1'] },
      ],
      failure: null,
      midReply: false,
    });
  });

  it.each([
    ['a bare LF', '250-a\n250 b\n', [{ code: 250, lines: ['a', 'b'] }]],
    ['a code with no text', '250\r\n', [{ code: 250, lines: [''] }]],
    ['a multi-line reply that ends with its code only', '550-a\r\n550\r\n', [{ code: 550, lines: ['a', ''] }]],
    ['an unfamiliar code', '299 odd\r\n', [{ code: 299, lines: ['odd'] }]],
    ['control and 8-bit octets', '550 \0\x1b\xe9\r\n', [{ code: 550, lines: ['\0\x1b\xe9'] }]],
    ['the longest line', `250 ${'x'.repeat(MAX_LINE_OCTETS - 4)}\r\n`, [{ code: 250, lines: ['x'.repeat(MAX_LINE_OCTETS - 4)] }]],
  ])('takes %s', (_name, text, replies) => {
    expect(parseText(text)).toEqual({ replies, failure: null, midReply: false });
  });

  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n', 'a line that is not a reply'],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', 'a line that is not a reply'],
    ['a TLS alert without any line end', '\x15\x03\x01\x00\x02\x02\x0a', 'a line that is not a reply'],
    ['099', '099 x\r\n', 'a line that is not a reply'],
    ['600', '600 x\r\n', 'a line that is not a reply'],
    ['199', '199 x\r\n', 'a line that is not a reply'],
    ['words only', 'hello\r\n', 'a line that is not a reply'],
    ['an empty line', '\r\n', 'a line that is not a reply'],
    ['two digits', '25\r\n', 'a line that is not a reply'],
    ['four digits', '2500 x\r\n', 'a line that is not a reply'],
    ['codes that differ', '250-a\r\n550 b\r\n', 'codes that differ within one reply'],
    ['a line over 4 KiB', `250 ${'x'.repeat(MAX_LINE_OCTETS - 3)}\r\n`, 'a reply line over 4 KiB'],
    ['a line over 4 KiB without an end', `250 ${'x'.repeat(70_000)}`, 'a reply line over 4 KiB'],
    ['too many lines', '250-x\r\n'.repeat(MAX_REPLY_LINES + 1), 'a reply of more than 128 lines'],
    ['a reply over 64 KiB', `250-${'x'.repeat(2_000)}\r\n`.repeat(40), 'a reply over 64 KiB'],
  ])('fails at %s', (_name, text, failure) => {
    const bytes = Buffer.from(text, 'latin1');
    for (const size of [bytes.length, 1, 7, 1_460]) {
      expect(parse(cut(bytes, [size]))).toEqual({ replies: [], failure, midReply: false });
    }
  });

  it('gives the replies before a fault, and nothing after it', () => {
    expect(parseText('250 a\r\nnonsense\r\n250 b\r\n').replies).toEqual([{ code: 250, lines: ['a'] }]);
    const parser = new ReplyParser();
    parser.push(Buffer.from('nonsense\r\n'));
    expect(parser.push(Buffer.from('250 b\r\n'))).toEqual([]);
  });

  it('takes exactly 128 lines', () => {
    const { replies, failure } = parseText(`${'250-x\r\n'.repeat(MAX_REPLY_LINES - 1)}250 x\r\n`);
    expect(failure).toBeNull();
    expect(replies[0]?.lines).toHaveLength(MAX_REPLY_LINES);
  });

  it('says whether a reply has begun', () => {
    for (const [text, midReply] of [['2', true], ['250', true], ['250-a\r\n', true], ['250 a\r', true], ['250 a\r\n', false]] as const) {
      expect(parseText(text).midReply, text).toBe(midReply);
    }
  });

  it('gives the same object for the same line, also on another connection of the host', () => {
    const known = new KnownReplies();
    const [first, refused, second] = new ReplyParser(known).push(Buffer.from('250 2.1.5 Ok\r\n550 5.1.1 no\r\n250 2.1.5 Ok\r\n'));
    const other = new ReplyParser(known).push(Buffer.from('550 5.1.1 no\r\n250 2.1.5 Ok\r\n250 2.1.5 OK\r\n'));
    expect(second?.reply).toBe(first?.reply);
    expect(other[0]?.reply).toBe(refused?.reply);
    expect(other[1]?.reply).toBe(first?.reply);
    expect(other[2]?.reply).toEqual({ code: 250, enhanced: '2.1.5', text: 'OK' });
  });

  it('does not take the beginning of a longer reply for the one before', () => {
    const parser = new ReplyParser();
    expect(parser.push(Buffer.from('250 a\n250 a\n250 a\r\n250 ab\r\n250-a\r\n250 a\r\n')).map(({ lines }) => lines)).toEqual([['a'], ['a'], ['a'], ['ab'], ['a', 'a']]);
  });

  const line = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((octet) => String.fromCharCode(octet)), maxLength: 60 }).map((text) => text.replaceAll(/[\r\n]/g, '.'));
  const reply = fc.record({ code: fc.integer({ min: 200, max: 599 }), lines: fc.array(line, { minLength: 1, maxLength: 6 }) });
  const ends = fc.constantFrom('\r\n', '\n');

  it('gives back any replies, however they are cut (property)', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 8 }), ends, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (replies, end, sizes) => {
        const text = replies
          .flatMap(({ code, lines }) => lines.map((part, i) => `${String(code)}${i === lines.length - 1 ? ' ' : '-'}${part}${end}`))
          .join('');
        expect(parse(cut(Buffer.from(text, 'latin1'), sizes))).toEqual({ replies, failure: null, midReply: false });
      }),
    );
  });

  it('never throws, stays in bounds, and does not see the cuts, whatever the bytes (property)', () => {
    const fragment = fc.oneof(
      fc.constantFrom('250 ok\r\n', '250-', '250', '\r', '\n', '\r\n', '550 5.1.1 no\r\n', '4', '99', '-', ' ', 'x'.repeat(4_090), '251-y\r\n'.repeat(50)),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((octet) => String.fromCharCode(octet)), maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 10 }), (fragments, sizes) => {
        const bytes = Buffer.from(fragments.join(''), 'latin1');
        const whole = parse([bytes]);
        expect(parse(cut(bytes, sizes))).toEqual(whole);
        // What the host has said before changes nothing either.
        const known = new KnownReplies();
        parse([Buffer.from('250 ok\r\n250 2.1.5 Ok\r\n550 5.1.1 no\r\n550 5.1.1 n\r\n')], known);
        parse([bytes], known);
        expect(parse(cut(bytes, sizes), known)).toEqual(whole);
        for (const { code, lines } of whole.replies) {
          expect(code).toBeGreaterThanOrEqual(200);
          expect(code).toBeLessThan(600);
          expect(lines.length).toBeLessThanOrEqual(MAX_REPLY_LINES);
          for (const text of lines) expect(text.length).toBeLessThanOrEqual(MAX_LINE_OCTETS - 3);
        }
      }),
    );
  });
});
