// What can be wrong with the way to the practice world, so that each check of the preflight can be seen to fail: what the
// servers and the DNS server do differently, and the names that the world knows of whoever asks. One thing a scenario.
// Every address is on loopback.
import type { Answer } from 'dns-packet';

export const SCENARIOS = [
  'all_good',
  'port_blocked',
  'port_mute',
  'portal',
  'masked',
  'address_hidden',
  'ptr_missing',
  'ptr_other_name',
  'ptr_unconfirmed',
  'helo_unknown',
  'helo_elsewhere',
  'sender_missing',
  'sender_no_mx',
  'spf_fail',
  'spf_softfail',
  'spf_none',
  'spf_broken',
  'spf_macro',
  'dns_lies',
  'listed',
  'policy_listed',
  'lists_refuse',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export function isScenario(value: string): value is Scenario {
  return (SCENARIOS as readonly string[]).includes(value);
}

/** How the servers are reached. */
export interface WayTo {
  /** Nothing listens on the SMTP port. */
  readonly closed: boolean;
  /** Connections are taken and nothing is said. */
  readonly mute: boolean;
  /** Said by every server instead of its own words. */
  readonly greeting: string | null;
  /** Somebody answers at the impossible address too. */
  readonly everywhere: boolean;
  /** The reply to EHLO names the client's address. */
  readonly tellsAddress: boolean;
  /** The DNS server answers for names that do not exist. */
  readonly lies: boolean;
}

export function wayOf(scenario: Scenario): WayTo {
  return {
    closed: scenario === 'port_blocked',
    mute: scenario === 'port_mute',
    greeting: scenario === 'portal' ? 'gateway.hotel-guests.test ESMTP ready' : scenario === 'masked' ? '**********************' : null,
    everywhere: scenario === 'portal',
    tellsAddress: scenario !== 'address_hidden',
    lies: scenario === 'dns_lies',
  };
}

/** Unrelated domains of this world whose servers greet at once. */
export const PREFLIGHT_VISITS = ['brightmail.test', 'northwind-trading.test', 'yoodle.test', 'cedar-works.test', 'eximius.test'] as const;
/** Nothing listens there but in `portal`. */
export const IMPOSSIBLE_IP = '127.77.254.1';

/** The identity that practice settings give to those who have set none. */
const HELO = 'practice.winnow.test';
const SENDER_DOMAIN = 'winnow.test';
/** By which a client on this machine is seen. */
const CLIENT_IP = '127.0.0.1';
const REVERSE = '1.0.0.127.in-addr.arpa';
const TTL_SEC = 300;
/** An address of the world that is not the client's. */
const OTHER_IP = '127.77.0.99';

export function preflightRecords(scenario: Scenario): readonly Answer[] {
  const a = (name: string, data: string): Answer => ({ type: 'A', name, ttl: TTL_SEC, data });
  const txt = (name: string, data: string): Answer => ({ type: 'TXT', name, ttl: TTL_SEC, data });
  const ptr = (data: string): Answer => ({ type: 'PTR', name: REVERSE, ttl: TTL_SEC, data });
  const is = (...names: readonly Scenario[]): boolean => names.includes(scenario);
  const records: Answer[] = [];

  if (is('helo_unknown')) records.push(txt(HELO, 'no address'));
  else records.push(a(HELO, is('helo_elsewhere') ? OTHER_IP : CLIENT_IP));

  if (is('ptr_other_name', 'helo_unknown', 'helo_elsewhere')) records.push(ptr('dsl-1.provider.test'), a('dsl-1.provider.test', CLIENT_IP));
  else if (is('ptr_unconfirmed')) records.push(ptr('gone.provider.test'), a('gone.provider.test', OTHER_IP));
  else if (!is('ptr_missing')) records.push(ptr(HELO));

  if (!is('sender_missing')) {
    if (!is('sender_no_mx')) records.push({ type: 'MX', name: SENDER_DOMAIN, ttl: TTL_SEC, data: { preference: 10, exchange: 'mx1.cedar-hosting.test' } });
    const spf = SPF[scenario] ?? 'v=spf1 ip4:192.0.2.0/24 include:_spf.winnow.test -all';
    if (spf !== '') records.push(txt(SENDER_DOMAIN, spf));
    records.push(txt('_spf.winnow.test', `v=spf1 a:${HELO} ip4:${CLIENT_IP} ~all`));
  }

  const listing = LISTINGS[scenario];
  if (listing !== undefined) for (const [zone, code] of listing) records.push(a(`1.0.0.127.${zone}`, code));
  return records;
}

/** The sender's record, where it is not the good one; '' for none. */
const SPF: Readonly<Partial<Record<Scenario, string>>> = {
  spf_fail: 'v=spf1 ip4:192.0.2.0/24 -all',
  spf_softfail: 'v=spf1 mx ~all',
  spf_none: '',
  spf_broken: 'v=spf1 ip4:192.0.2.0/99 -all',
  spf_macro: 'v=spf1 exists:%{i}._spf.winnow.test -all',
};

const LISTINGS: Readonly<Partial<Record<Scenario, readonly (readonly [zone: string, code: string])[]>>> = {
  listed: [['zen.spamhaus.org', '127.0.0.3'], ['bl.spamcop.net', '127.0.0.2']],
  policy_listed: [['zen.spamhaus.org', '127.0.0.10']],
  lists_refuse: [['zen.spamhaus.org', '127.255.255.254'], ['bl.spamcop.net', '127.255.255.255'], ['psbl.surriel.com', '127.255.255.254']],
};
