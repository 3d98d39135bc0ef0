// What the practice DNS server answers, made from the map of the world. Every address in it is on 127.0.0.0/8, so no
// name of this world ever leads off loopback; a name that is not in it does not exist.
import type { Answer } from 'dns-packet';
import { PERSONALITIES, type Personality } from './personalities.ts';
import { preflightRecords, wayOf, type Scenario } from './scenarios.ts';

const TTL_SEC = 300;
/** Where a resolver that lies sends people. Nothing listens there. */
const LIE_IP = '127.77.99.99';

export interface Zone {
  /** Records of one type, or null where the name does not exist. */
  find(name: string, type: string): readonly Answer[] | null;
}

export const SOA: Answer = {
  type: 'SOA',
  name: 'test',
  ttl: TTL_SEC,
  data: { mname: 'ns.practice.test', rname: 'hostmaster.practice.test', serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: TTL_SEC },
};

export function practiceZone(scenario: Scenario = 'all_good'): Zone {
  const byName = new Map<string, Answer[]>();
  const add = (name: string, ...records: readonly Answer[]): void => {
    byName.set(name, [...(byName.get(name) ?? []), ...records]);
  };
  for (const personality of PERSONALITIES) addPersonality(personality, add);
  for (const record of preflightRecords(scenario)) add(record.name, record);
  // Several personalities may share a host; its address is written once for each.
  for (const [name, records] of byName) byName.set(name, withoutRepeats(records));

  const { lies } = wayOf(scenario);
  return {
    find(name, type) {
      const records = byName.get(name.toLowerCase());
      if (records === undefined && lies) return type === 'A' ? [{ type: 'A', name, ttl: TTL_SEC, data: LIE_IP }] : [];
      return records === undefined ? null : records.filter((record) => record.type === type);
    },
  };
}

function addPersonality({ id, domains, mx }: Personality, add: (name: string, ...records: readonly Answer[]) => void): void {
  for (const domain of domains) {
    if (id === 'null-mx') add(domain, { type: 'MX', name: domain, ttl: TTL_SEC, data: { preference: 0, exchange: '.' } });
    else if (id === 'no-mail-server') add(domain, { type: 'TXT', name: domain, ttl: TTL_SEC, data: 'this name is for sale' });
    else if (id !== 'implicit-mx') {
      add(domain, ...mx.map(({ name, preference }): Answer => ({ type: 'MX', name: domain, ttl: TTL_SEC, data: { preference, exchange: name } })));
    }
  }
  for (const { name, ip } of mx) add(name, { type: 'A', name, ttl: TTL_SEC, data: ip });
}

function withoutRepeats(records: readonly Answer[]): Answer[] {
  const seen = new Set<string>();
  return records.filter((record) => {
    const text = JSON.stringify(record);
    return !seen.has(text) && seen.add(text);
  });
}
