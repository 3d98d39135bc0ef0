// What must not change a judgement: upper and lower case, white space, where a reply's lines break, marks on letters, whose
// address is echoed. And what any text at all must leave standing: an answer, without an exception.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../electron/engine/classify/classify-reply.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import { isReason } from '../../../shared/verdict/verdict.ts';
import { classify } from './classify-helpers.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/replies/wordings');
const LINES = readdirSync(FOLDER)
  .flatMap((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n'))
  .filter((line) => /^\d{3} /.test(line) && !line.includes('\\r\\n'));
const someLine = fc.constantFrom(...LINES);
const reasonOf = (text: string) => classify(text).reason;

describe('what must not change a judgement', () => {
  it('the case of letters', () => {
    const wrong = LINES.filter((line) => reasonOf(line.toUpperCase()) !== reasonOf(line));
    expect(wrong).toEqual([]);
  });

  it('more white space, tabs and spaces at the end', () => {
    const wrong = LINES.filter((line) => reasonOf(`${line.replaceAll(' ', ' \t ')}  \r\n`) !== reasonOf(line));
    expect(wrong).toEqual([]);
  });

  it('how accents are encoded: composed or decomposed', () => {
    const wrong = LINES.filter((line) => reasonOf(line.normalize('NFD')) !== reasonOf(line.normalize('NFC')));
    expect(wrong).toEqual([]);
  });

  it('where the lines of a reply break', () => {
    fc.assert(
      fc.property(someLine, fc.integer({ min: 1, max: 12 }), (line, at) => {
        const [code = '', ...words] = line.split(' ');
        if (at >= words.length) return;
        const broken = `${code}-${words.slice(0, at).join(' ')}\r\n${code} ${words.slice(at).join(' ')}`;
        expect(reasonOf(broken)).toBe(reasonOf(line));
      }),
      { numRuns: 2000 },
    );
  });

  it('whose address is echoed', () => {
    const local = fc.constantFrom('joe', 'spam', 'user-unknown', 'too.many.connections', 'blacklist', 'mailbox+full', 'no_such_user', 'virus', 'abuse', 'policy');
    const domain = fc.constantFrom('example.com', 'spamhaus.example.org', 'relay-denied.example', 'xn--bcher-kva.example', 'greylist.example.net');
    const withAddress = LINES.filter((line) => line.includes('<joe@example.com>'));
    fc.assert(
      fc.property(fc.constantFrom(...withAddress), local, domain, (line, name, host) => {
        expect(reasonOf(line.replaceAll('<joe@example.com>', `<${name}@${host}>`))).toBe(reasonOf(line));
      }),
      { numRuns: 3000 },
    );
  });

  it('that the same was asked before', () => {
    const first = LINES.map(reasonOf);
    expect([...LINES].reverse().map(reasonOf).reverse()).toEqual(first);
  });
});

describe('any text', () => {
  it('is judged, never thrown at', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.string({ unit: 'grapheme', maxLength: 150 }), someLine);
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.array(text, { maxLength: 2 }), fc.constantFrom(null, ...SMTP_STAGES), (code, lines, stage) => {
        expect(isReason(classifyReply({ reply: makeReply(code, lines), stage }).reason)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    // The first texts compile some hundred patterns, and other test files share the machine.
  }, 60_000);

  it('too long to be read whole is judged by its start and its end', () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(200);
    expect(reasonOf(`550 User unknown ${filler}`)).toBe('mailbox_not_found');
    expect(reasonOf(`550 ${filler} User unknown`)).toBe('mailbox_not_found');
    expect(reasonOf(`550 ${filler} User unknown ${filler}`)).toBe('policy_rejected');
    expect(reasonOf(`550 ${'。'.repeat(900)}收件人不存在${'。'.repeat(2000)}`)).toBe('mailbox_not_found');
    // No half of an address is left where the text is cut.
    expect(reasonOf(`550 ${'x'.repeat(1010)} user-unknown.no-such-user@example.com ${filler}`)).toBe('policy_rejected');
  });

  it('of 64 KiB too, of what the patterns look for', () => {
    for (const unit of ['a', ' ', 'user ', '<', 'a@', '1.', 'x.y.', '"\\', 'too many ', 'http://', 'mailbox host ', 'ип ', '邮箱', '_addr_ ', '(', 'n', '-']) {
      expect(isReason(classify(`550 ${unit.repeat(Math.floor(65_000 / unit.length))}`).reason)).toBe(true);
    }
  });
});
