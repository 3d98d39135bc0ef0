import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import type { SyntaxReason } from '../../../shared/address/syntax-fault.ts';
import { REASONS } from '../../../shared/verdict/verdict.ts';

const LABEL_63 = 'a'.repeat(63);

describe('parseAddress', () => {
  it.each([
    ['user@example.org', 'user@example.org'],
    ['User.Name@Example.ORG', 'User.Name@example.org'],
    ["!#$%&'*+-/=?^_`{|}~@iana.org", "!#$%&'*+-/=?^_`{|}~@iana.org"],
    ['x@a.b.c.d.de', 'x@a.b.c.d.de'],
    ['"a b"@iana.org', '"a b"@iana.org'],
    [String.raw`"\"@\\"@iana.org`, String.raw`"\"@\\"@iana.org`],
    ['""@iana.org', '""@iana.org'],
    [`${'a'.repeat(64)}@iana.org`, `${'a'.repeat(64)}@iana.org`],
    [`x@${LABEL_63}.com`, `x@${LABEL_63}.com`],
    ['x@r3---sn-abc.googlevideo.com', 'x@r3---sn-abc.googlevideo.com'],
    ['x@123.com', 'x@123.com'],
  ])('accepts %s', (text, address) => {
    expect(parseAddress(text)).toMatchObject({ ok: true, address });
  });

  const faults: readonly (readonly [text: string, reason: SyntaxReason, position: number])[] = [
    ['', 'syntax_no_at', 0],
    ['plainaddress', 'syntax_no_at', 12],
    ['"quoted"', 'syntax_no_at', 8],
    ['a@b@example.org', 'syntax_multiple_at', 3],
    ['"a"@b@example.org', 'syntax_multiple_at', 5],
    ['@example.org', 'syntax_no_local', 0],
    ['user@', 'syntax_no_domain', 5],
    [`${'a'.repeat(65)}@example.org`, 'syntax_local_too_long', 64],
    [`${'ü'.repeat(33)}@example.org`, 'syntax_local_too_long', 64],
    [`x@${LABEL_63}a.com`, 'syntax_domain_too_long', 2],
    [`x@${`${LABEL_63}.`.repeat(4)}com`, 'syntax_domain_too_long', 2],
    [`${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(3)}bbbbb.com`, 'syntax_too_long', 254],
    ['a\u0000b@example.org', 'syntax_bad_character', 1],
    ['a@exam\rple.org', 'syntax_bad_character', 6],
    ['a@example.org\r\nRCPT TO:<b@example.org>', 'syntax_bad_character', 13],
    ['"a\nb"@example.org', 'syntax_bad_character', 2],
    ['a\u007f@example.org', 'syntax_bad_character', 1],
    ['a\u0085@example.org', 'syntax_bad_character', 1],
    ['a\t@example.org', 'syntax_bad_character', 1],
    ['a\u200b@example.org', 'syntax_bad_character', 1],
    ['a\u202eb@example.org', 'syntax_bad_character', 1],
    ['a\u200db@example.org', 'syntax_bad_character', 1],
    ['a\u3164b@example.org', 'syntax_bad_character', 1],
    ['\ufeffa@example.org', 'syntax_bad_character', 0],
    ['a\ud800@example.org', 'syntax_bad_character', 1],
    ['a\uffff@example.org', 'syntax_bad_character', 1],
    ['a\u037eb@example.org', 'syntax_bad_character', 1],
    ['a,b@example.org', 'syntax_bad_character', 1],
    ['a<b>@example.org', 'syntax_bad_character', 1],
    ['a@foo_bar.org', 'syntax_bad_character', 5],
    ['(comment)a@example.org', 'syntax_bad_character', 0],
    [' a@example.org', 'syntax_space', 0],
    ['a@example.org ', 'syntax_space', 13],
    ['a b@example.org', 'syntax_space', 1],
    ['a\u00a0@example.org', 'syntax_space', 1],
    ['a\u3000@example.org', 'syntax_space', 1],
    ['.a@example.org', 'syntax_dots', 0],
    ['a.@example.org', 'syntax_dots', 1],
    ['a..b@example.org', 'syntax_dots', 2],
    ['a@.example.org', 'syntax_dots', 2],
    ['a@example..org', 'syntax_dots', 10],
    ['a@example.org.', 'syntax_dots', 13],
    ['a"b@example.org', 'syntax_quotes', 1],
    ['"a@example.org', 'syntax_quotes', 0],
    ['"a"b@example.org', 'syntax_quotes', 3],
    ['"a"."b"@example.org', 'syntax_quotes', 3],
    ['"\\ü"@example.org', 'syntax_quotes', 2],
    ['a@-example.org', 'syntax_hyphen', 2],
    ['a@example-.org', 'syntax_hyphen', 9],
    ['a@localhost', 'syntax_no_tld', 2],
    ['a@127.0.0.1', 'syntax_bad_tld', 10],
    ['a@0x7f.1', 'syntax_bad_tld', 7],
    ['a@example.con', 'syntax_bad_tld', 10],
    ['a@%41.com', 'syntax_bad_character', 2],
    ['a@[127.0.0.1]', 'syntax_domain_literal', 2],
    ['a@[IPv6:::1]', 'syntax_domain_literal', 2],
    ['a@xn--a.com', 'syntax_bad_idn', 2],
    ['a@ü\u200c.com', 'syntax_bad_idn', 2],
    ['a@\u0301b.com', 'syntax_bad_idn', 2],
    // Places are those of the text, whatever mapping does to an IDN: the label that is at fault.
    ['a@münchen.xn--a.com', 'syntax_bad_idn', 10],
    ['a@good.xn--a.com', 'syntax_bad_idn', 7],
    ['a@bücher.con', 'syntax_bad_tld', 9],
    ['a@例え。con', 'syntax_bad_tld', 5],
    ['a@ü.…com', 'syntax_bad_idn', 4],
    [`a@ü.${'a'.repeat(64)}.com`, 'syntax_domain_too_long', 4],
    ['a@ü', 'syntax_no_tld', 2],
    ['a@\u200cé.com', 'syntax_bad_idn', 2],
  ];
  it.each(faults)('refuses %j: %s at %i', (text, reason, position) => {
    expect(parseAddress(text)).toEqual({ ok: false, reason, position });
  });

  it('has a row above for each syntax reason', () => {
    const seen = new Set<string>(faults.map(([, reason]) => reason));
    expect(REASONS.filter((reason) => reason.startsWith('syntax_') && !seen.has(reason))).toEqual([]);
  });

  it.each([
    ['x@BÜCHER.de', 'xn--bcher-kva.de', 'bücher.de'],
    ['x@XN--BCHER-KVA.de', 'xn--bcher-kva.de', 'bücher.de'],
    ['x@faß.de', 'xn--fa-hia.de', 'faß.de'],
    ['x@例え。jp', 'xn--r8jz45g.jp', '例え.jp'],
    ['x@mañana.香港', 'xn--maana-pta.xn--j6w193g', 'mañana.香港'],
    ['x@bu\u0308cher.de', 'xn--bcher-kva.de', 'bücher.de'],
    ['x@ＥＸＡＭＰＬＥ.de', 'example.de', 'example.de'],
    ['x@ΟΔΟΣ.de', 'xn--pxavbq.de', 'οδοσ.de'],
  ])('brings the domain of %s to A-labels', (text, domain, unicodeDomain) => {
    expect(parseAddress(text)).toMatchObject({ ok: true, domain, unicodeDomain, smtputf8: false, address: `x@${domain}` });
  });

  it('keeps a UTF-8 local part, in NFC, and says that it needs SMTPUTF8', () => {
    expect(parseAddress('bu\u0308cher@example.de')).toMatchObject({ ok: true, local: 'bücher', smtputf8: true });
    expect(parseAddress(`${'ü'.repeat(32)}@example.de`)).toMatchObject({ ok: true });
  });

  it.each([
    ['x@a.test', true],
    ['x@foo.example', true],
    ['x@foo.invalid', true],
    ['x@foo.localhost', true],
    ['x@printer.local', true],
    ['x@abc.onion', true],
    ['x@example.com', true],
    ['x@mail.example.net', true],
    ['x@home.arpa', true],
    ['x@example.de', false],
    ['x@notexample.com', false],
    ['x@latest.com', false],
  ])('flags special use: %s → %s', (text, specialUse) => {
    expect(parseAddress(text)).toMatchObject({ ok: true, specialUse });
  });

  it('refuses a megabyte without reading it', () => {
    // Were it read, "syntax_dots" or "syntax_bad_character" would be found first.
    expect(parseAddress(`..\u0000${'a@'.repeat(500_000)}`)).toEqual({ ok: false, reason: 'syntax_too_long', position: 254 });
  });
});
