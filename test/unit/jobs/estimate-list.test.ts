import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import type { MxLookup, MxResolver } from '../../../electron/engine/dns/types.ts';
import { estimateList } from '../../../electron/main/lists/estimate-list.ts';
import { estimate } from '../../../shared/ipc/jobs.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

const settings = settingsSchema.parse({});
const hosts = (name: string): MxLookup => ({ kind: 'hosts', implicit: false, hosts: [{ name, preference: 10, addresses: [{ ip: '192.0.2.1', family: 4 }] }] });

/** Knows what it is told, after a warm-up. */
function resolver(known: Readonly<Record<string, MxLookup>>, warm: Promise<void> = Promise.resolve()): MxResolver & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    lookup: () => Promise.reject(new Error('asked by itself')),
    lookupNow: (domain) => known[domain] ?? null,
    warmUp: async (domains) => {
      asked.push(...domains);
      await warm;
    },
    close: () => undefined,
  };
}

const work = {
  rows: 1_000,
  domains: 50,
  commonest: [{ domain: 'gmail.example', rows: 400 }, { domain: 'own.example', rows: 200 }, { domain: 'hosted.example', rows: 100 }, { domain: 'gone.example', rows: 50 }, { domain: 'slow.example', rows: 20 }],
};

describe('the estimate', () => {
  it('says who serves the commonest domains, what takes no mail, and what was not looked up', async () => {
    const dns = resolver({
      'gmail.example': hosts('gmail-smtp-in.l.google.com'),
      'hosted.example': hosts('aspmx.l.google.com'),
      'own.example': hosts('mx.own.example'),
      'gone.example': { kind: 'domain_not_found' },
      'slow.example': { kind: 'dns_temporary', detail: 'time-out' },
    });
    const found = await estimateList(work, { resolver: dns, settings }, systemClock);
    expect(estimate.parse(found)).toEqual(found);
    expect(dns.asked).toEqual(work.commonest.map(({ domain }) => domain));
    expect(found).toMatchObject({
      rows: 1_000,
      domains: 50,
      sampled: { domains: 4, rows: 750 },
      destinations: [{ name: 'Google (Gmail, Workspace)', rows: 500 }, { name: null, rows: 200 }],
      noMail: 50,
    });
    expect(found.secondsAtMost).toBeGreaterThan(found.secondsAtLeast);
  });

  it('does not wait for a DNS server that never answers', async () => {
    const clock = createManualClock();
    const found = estimateList(work, { resolver: resolver({}, new Promise(() => undefined)), settings }, clock);
    clock.advance(5_000);
    expect(await found).toMatchObject({ rows: 1_000, sampled: { domains: 0, rows: 0 }, destinations: [], noMail: 0 });
  });
});
