import { describe, expect, it } from 'vitest';
import { isAtOrBelow, isListedByOwner } from '../../../shared/lists/listed-domain.ts';

const list = new Set(['mailinator.com', 'github.io', 'trash.co.uk', 'deep.example.de', 'uk', 'foo.github.io']);

describe('isListedByOwner', () => {
  it.each(['mailinator.com', 'a.mailinator.com', 'a.b.c.mailinator.com', 'trash.co.uk', 'x.trash.co.uk', 'deep.example.de', 'a.deep.example.de', 'foo.github.io', 'a.foo.github.io'])(
    '%s is listed',
    (domain) => {
      expect(isListedByOwner(list, domain)).toBe(true);
    },
  );

  it.each(['notmailinator.com', 'bar.github.io', 'a.bar.github.io', 'com', 'co.uk', 'other.co.uk', 'x.other.co.uk', 'example.de', 'b.example.de', 'mailinator.com.evil.net'])(
    '%s is not',
    (domain) => {
      expect(isListedByOwner(list, domain)).toBe(false);
    },
  );
});

describe('isAtOrBelow', () => {
  it.each(['github.io', 'bar.github.io', 'a.bar.github.io', 'x.co.uk'])('%s is listed', (domain) => {
    expect(isAtOrBelow(list, domain)).toBe(true);
  });

  it.each(['io', 'nogithub.io', 'example.de'])('%s is not', (domain) => {
    expect(isAtOrBelow(list, domain)).toBe(false);
  });
});
