import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';
import { providerOf } from '../../../electron/engine/destinations/provider-rules.ts';
import { IDN_DOMAIN, PERSONALITIES, personalityOf } from '../../../electron/practice/personalities.ts';
import { practiceZone } from '../../../electron/practice/zone.ts';

const domains = PERSONALITIES.flatMap((personality) => personality.domains);

describe('PERSONALITIES', () => {
  it('names each domain once', () => {
    expect(new Set(domains).size).toBe(domains.length);
    for (const domain of domains) expect(personalityOf(domain)?.domains).toContain(domain);
  });

  it('gives each MX name one address, and every address is on 127.77.0.0/16', () => {
    const ipByName = new Map<string, string>();
    for (const { name, ip } of PERSONALITIES.flatMap(({ mx }) => mx)) {
      expect(ip).toMatch(/^127\.77\.\d+\.\d+$/);
      expect(ipByName.get(name) ?? ip).toBe(ip);
      ipByName.set(name, ip);
    }
  });

  it.each([
    ['brightmail.test', 'google'],
    ['northwind-trading.test', 'microsoft-365'],
    ['hotpost.test', 'microsoft-consumer'],
    ['yoodle.test', 'yahoo'],
  ])('%s has MX names by which the engine knows %s', (domain, provider) => {
    for (const { name } of personalityOf(domain)?.mx ?? []) expect(providerOf(name)?.id).toBe(provider);
  });

  it('spells its IDN as the system does', () => {
    expect(IDN_DOMAIN).toBe(domainToASCII('bücher-schmidt.test'));
  });

  it('is all that its zone knows', () => {
    const zone = practiceZone();
    for (const domain of domains) expect(zone.find(domain.toUpperCase(), 'MX')).not.toBeNull();
    for (const name of ['gmail.com', 'com', 'test', '', 'l.google.com']) expect(zone.find(name, 'A')).toBeNull();
    expect(zone.find('aspmx.l.google.com', 'A')).toHaveLength(1);
  });
});
