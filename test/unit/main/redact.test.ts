import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../electron/main/redact.ts';

describe('redact', () => {
  const cases: readonly (readonly [text: string, redacted: string])[] = [
    ['jane.doe@example.com', 'j…e@e…e.com'],
    ['550 5.1.1 <jane.doe@example.com>: Recipient address rejected', '550 5.1.1 <j…e@e…e.com>: Recipient address rejected'],
    ['a@b.c', '…@….c'],
    ['bob@mail.example.co.uk, ann@example.org', 'b…@m…o.uk, a…@e…e.org'],
    ['"john doe"@example.com bounced', 'j…e@e…e.com bounced'],
    ['user@[192.0.2.1]', 'u…@[…]'],
    ['jane%40example.com', 'j…%40e…e.com'],
    ['用户名称很@例子例子例.中国', '用…很@例…例.中国'],
    ['jane.doe＠example.com', 'j…e＠e…e.com'],
    ['@', '@'],
    ['at the end @', 'at the end @'],
    ['bounce+jane=example.com@list.example', 'b…m@l….example'],
    ['no address at all: 250 2.0.0 Ok', 'no address at all: 250 2.0.0 Ok'],
    ['', ''],
  ];
  for (const [text, redacted] of cases) {
    it(`turns ${JSON.stringify(text)} into ${JSON.stringify(redacted)}`, () => {
      expect(redact(text)).toBe(redacted);
    });
  }

  it('lets no whole address through, whatever stands around it', () => {
    const around = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(around, fc.emailAddress(), around, (before, address, after) => {
        expect(redact(before + address + after)).not.toContain(address);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets no part of three letters or more around an at sign through whole', () => {
    const part = fc.stringMatching(/^[a-z0-9.+_-]{3,40}$/);
    fc.assert(
      fc.property(part, part, fc.constantFrom('com', 'example', 'xn--p1ai'), (local, domain, tld) => {
        const redacted = redact(`<${local}@${domain}.${tld}>`);
        expect(redacted.startsWith(`<${local}@`)).toBe(false);
        expect(redacted).not.toContain(`@${domain}.`);
      }),
    );
  });

  it('leaves text without an at sign as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter((text) => !/[@＠﹫]|%40/.test(text)), (text) => {
        expect(redact(text)).toBe(text);
      }),
    );
  });

  it('gets through a flood of at signs and quotes', () => {
    for (const unit of ['@', '"@', 'a@', '" @', '@[', '%40"']) {
      expect(redact(unit.repeat(50_000)).length).toBeLessThan(unit.length * 50_000 * 3);
    }
  });
});
