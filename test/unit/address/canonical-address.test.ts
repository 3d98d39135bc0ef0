// The canonical form: each provider's rules by example, what stays apart, and that the form of a form is itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../../shared/address/canonical-address.ts';
import { MAILBOX_PROVIDERS } from '../../../shared/address/mailbox-providers.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';

function canonical(text: string): string {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(`no address: ${text}`);
  return canonicalAddress(parsed);
}

describe('canonicalAddress', () => {
  it.each([
    ['J.o.hn.Doe+News@GoogleMail.com', 'johndoe@gmail.com'],
    ['john.doe@gmail.com', 'johndoe@gmail.com'],
    ['a.+b+c@gmail.com', 'a@gmail.com'],
    ['Jane.Doe+x@Outlook.de', 'jane.doe@outlook.de'],
    ['jane+x@hotmail.com', 'jane@hotmail.com'],
    ['jane.+x@live.com', 'jane@live.com'],
    ['Jane+x@msn.com', 'jane@msn.com'],
    ['j.d+x@icloud.com', 'j.d@icloud.com'],
    ['ann+shop@fastmail.com', 'ann@fastmail.com'],
    ['shop@ann.fastmail.com', 'ann@fastmail.com'],
    ['ann@www.fastmail.com', 'ann@www.fastmail.com'],
    ['John_D-o.e+x@pm.me', 'johndoe@proton.me'],
    ['johndoe@protonmail.com', 'johndoe@proton.me'],
    ['Ivan.Petrov@ya.ru', 'ivan-petrov@yandex.ru'],
    ['ivan-petrov+x@yandex.com', 'ivan-petrov@yandex.ru'],
    ['ann+x@zoho.com', 'ann@zoho.com'],
  ])('%s → %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    ['Jane.Doe+x@Company.COM', 'Jane.Doe+x@company.com'],
    ['ann-shop@yahoo.com', 'ann-shop@yahoo.com'],
    ['jane@outlook.com', 'jane@outlook.com'],
    ['jane@hotmail.com', 'jane@hotmail.com'],
    ['"j.d"@gmail.com', '"j.d"@gmail.com'],
    ['jü.d@gmail.com', 'jü.d@gmail.com'],
    ['+x@gmail.com', '+x@gmail.com'],
    ['-_-@proton.me', '-_-@proton.me'],
    ['a@b.gmail.com', 'a@b.gmail.com'],
    ['a@x.y.fastmail.com', 'a@x.y.fastmail.com'],
  ])('leaves %s apart: %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it('gives an address whose form is itself', () => {
    const local = fc.stringMatching(/^[A-Za-z0-9_+-]{1,12}(\.[A-Za-z0-9_+-]{1,12}){0,3}$/);
    const domain = fc.constantFrom(...MAILBOX_PROVIDERS.flatMap(({ domains }) => [...domains.slice(0, 4), `ann.${domains[0] ?? ''}`]), 'company.com');
    fc.assert(
      fc.property(local, domain, (name, host) => {
        const once = canonical(`${name}@${host}`);
        expect(parseAddress(once)).toMatchObject({ ok: true, address: once });
        expect(canonical(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('rests on rules that name their source, and each domain once', () => {
    const domains = MAILBOX_PROVIDERS.flatMap((provider) => provider.domains);
    expect(new Set(domains).size).toBe(domains.length);
    for (const { source, oneDomain, domains: own } of MAILBOX_PROVIDERS) {
      expect(source).toMatch(/^https:\/\//);
      if (oneDomain !== undefined) expect(own).toContain(oneDomain);
    }
  });
});
