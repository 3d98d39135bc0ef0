// What is shown of IANA's list must be what is used.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import tlds from 'tlds' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { isTopLevelDomain, topLevelDomainList } from '../../../shared/address/top-level-domains.ts';

describe('topLevelDomainList', () => {
  it('speaks of the version that is installed: a new one needs its date from the changelog beside it', () => {
    const installed = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('tlds/package.json'), 'utf8')) as { version: string };
    const { version, count, date, source } = topLevelDomainList();
    expect(version).toBe(installed.version);
    expect(count).toBe(tlds.length);
    expect(date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    expect(source).toMatch(/iana\.org/);
  });

  it('holds names of every kind, IDNs as A-labels', () => {
    for (const label of ['com', 'de', 'museum', 'xn--p1ai', 'xn--fiqs8s', 'arpa']) expect(isTopLevelDomain(label)).toBe(true);
    for (const label of ['con', 'рф', 'COM', 'local', '', '1']) expect(isTopLevelDomain(label)).toBe(false);
  });
});
