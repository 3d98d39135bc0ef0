// The vendored lists are what the pinned packages and the judgements in build/lists make of them, and hold no real
// provider in the wrong place.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { snapshotText } from '../../../build/lists/snapshot-of.ts';
import { VENDORED_LISTS } from '../../../build/make-lists.ts';
import { inProject } from '../../../build/setup/paths.mjs';
import { disposableDomains, DISPOSABLE_SOURCE } from '../../../shared/lists/disposable-domains.ts';
import { freeDomains, FREE_SOURCE } from '../../../shared/lists/free-domains.ts';
import { isRelayDomain } from '../../../shared/lists/relay-domains.ts';
import { ROLE_PACKAGE } from '../../../shared/lists/role-locals.ts';

describe('vendored lists', () => {
  it.each(Object.entries(VENDORED_LISTS))('%s is what build/make-lists.ts makes', (file, make) => {
    const vendored = readFileSync(inProject('shared/lists/data', file), 'utf8');
    expect(vendored === snapshotText(make()), `run node build/make-lists.ts and look at what changes in ${file}`).toBe(true);
  });

  it('tell their numbers truly', () => {
    expect(disposableDomains().size).toBe(DISPOSABLE_SOURCE.entries);
    expect(freeDomains().size).toBe(FREE_SOURCE.entries);
    expect(DISPOSABLE_SOURCE.entries).toBeGreaterThan(30_000);
    expect(FREE_SOURCE.entries).toBeGreaterThan(4_000);
  });

  it('name no domain twice', () => {
    expect([...freeDomains()].filter((name) => disposableDomains().has(name))).toEqual([]);
    expect([...disposableDomains(), ...freeDomains()].filter(isRelayDomain)).toEqual([]);
  });

  it.each([
    'zoho.com', 'hushmail.com', 'hush.com', '163.com', '126.com', '139.com', '189.cn', '21cn.com', 'sify.com', 'qq.com', 'mail.com', 'dr.com',
    'consultant.com', 'techie.com', 'myself.com', 'writeme.com', 'fastmail.com', 'proton.me', 'tuta.io', 'cock.li', 'inbox.com', 'vfemail.net',
    'safe-mail.net', 'gmx.de', 'web.de', 'yandex.ru', 'mail.ru', 'rediffmail.com', 'lavabit.com',
  ])('%s is a provider, not disposable', (domain) => {
    expect(disposableDomains().has(domain)).toBe(false);
    expect(freeDomains().has(domain)).toBe(true);
  });

  it.each([
    'craigslist.org', 'com.com', 'test.com', 'cdc.com', 'mb.com', 'belt.io', 'starbucks.com', 'github.io', 'ddns.net', 'eu.org', 'yeah.com',
    'nyc.org', 'next.net', 'news.hackney.gov.uk', 'test.de', 'nus.edu.sg', 'dyndns.org',
  ])('%s, which lists of disposable domains have named, is on neither list', (domain) => {
    expect([disposableDomains().has(domain), freeDomains().has(domain)]).toEqual([false, false]);
  });

  it.each(['hotmail.co', 'yahoo.co', 'vahoo.com', 'sbcglobal.com', 'amazonses.com', 'dpdns.org', '10minutes.email', 'facebook.com'])('%s is no provider', (domain) => {
    expect(freeDomains().has(domain)).toBe(false);
  });

  it.each(['mailinator.com', 'guerrillamail.com', 'yopmail.com', '10minutemail.com', 'temp-mail.org', 'trashmail.com', 'sharklasers.com', 'maildrop.cc'])('%s is disposable', (domain) => {
    expect(disposableDomains().has(domain)).toBe(true);
  });

  it.each(['privaterelay.appleid.com', 'mozmail.com', 'duck.com', 'simplelogin.com', 'addy.io', 'anonaddy.me', 'x.anonaddy.com', '33mail.com', 'passmail.net'])('%s is a relay', (domain) => {
    expect(isRelayDomain(domain)).toBe(true);
  });

  it.each(['appleid.com', 'firefox.com', 'gmail.com', 'notduck.com'])('%s is none', (domain) => {
    expect(isRelayDomain(domain)).toBe(false);
  });

  it('dates the roles by the version that is installed', () => {
    const { version } = JSON.parse(readFileSync(inProject('node_modules', ROLE_PACKAGE.name, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe(ROLE_PACKAGE.version);
  });
});
