import { describe, expect, it } from 'vitest';
import type { RecordAnswer } from '../../../electron/engine/dns/record-queries.ts';
import { runPreflight } from '../../../electron/engine/preflight/run-preflight.ts';
import type { Meeting, PreflightOptions } from '../../../electron/engine/preflight/types.ts';
import { CHECK_IDS, FINDINGS, stateOfFinding } from '../../../shared/preflight/findings.ts';
import { cannotAsk, preflightReport, toLookAt } from '../../../shared/preflight/report.ts';
import { enPreflight } from '../../../shared/words/en-preflight.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { oneHost } from '../../lab/fake-network.ts';

const SPOKE: Meeting = { kind: 'spoke', greeting: '220 mx ESMTP', ehlo: ['mx Hello [8.8.8.8]'] };

function optionsWith(change: Partial<PreflightOptions> = {}): PreflightOptions & { readonly met: readonly string[] } {
  const met: string[] = [];
  return {
    met,
    clock: createManualClock(),
    visits: ['a.test', 'b.test', 'c.test'],
    impossibleIp: '192.0.2.1',
    blockLists: [{ zone: 'list.test', name: 'List' }],
    heloName: 'mail.own.test',
    mailFrom: 'v@own.test',
    resolver: {
      lookup: async (domain) => oneHost(`mx.${domain}`, `9.9.9.${String(domain.charCodeAt(0))}`),
      checkForHijacking: async () => 'honest',
    },
    records: { ask: async (): Promise<RecordAnswer> => ({ kind: 'nodata' }) },
    meet: async (ip) => {
      met.push(ip);
      return ip === '192.0.2.1' ? { kind: 'silent', detail: '' } : { ...SPOKE, greeting: `220 ${ip} ESMTP` };
    },
    canBeOwn: (ip) => ip === '8.8.8.8',
    deadlineMs: 1_000,
    ...change,
  };
}

const findingsOf = async (change: Partial<PreflightOptions>) => {
  const { checks } = await runPreflight(optionsWith(change));
  return Object.fromEntries(checks.map(({ id, finding }) => [id, finding]));
};

describe('runPreflight', () => {
  it('has one result for each check, within the contract, and visits each server once', async () => {
    const options = optionsWith();
    const report = await runPreflight(options);
    expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
    expect(preflightReport.parse(report)).toEqual(report);
    expect([...options.met].sort()).toEqual(['192.0.2.1', '9.9.9.97', '9.9.9.98', '9.9.9.99']);
  });

  it('gives up what hangs at its deadline, keeps the rest, and tells the hanging ones to stop', async () => {
    const clock = createManualClock();
    const signals: AbortSignal[] = [];
    const running = runPreflight(optionsWith({
      clock,
      meet: (_ip, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    }));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    const { checks } = await running;
    const found = Object.fromEntries(checks.map(({ id, finding }) => [id, finding]));
    expect(found).toMatchObject({ port25: 'gave_up', portal: 'gave_up', public_ip: 'gave_up', dns: 'dns_honest', mail_from: 'mail_from_ok' });
    expect(signals.length).toBeGreaterThan(0);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('ends when it is told to, at once', async () => {
    const controller = new AbortController();
    controller.abort();
    const { checks } = await runPreflight(optionsWith({ signal: controller.signal, meet: () => new Promise(() => undefined) }));
    expect(checks.find(({ id }) => id === 'port25')?.finding).toBe('gave_up');
  });

  it.each<[Meeting['kind'], string]>([
    ['refused', 'port25_refused'],
    ['silent', 'port25_silent'],
    ['unreachable', 'port25_unreachable'],
    ['proxy', 'port25_proxy'],
    ['mute', 'port25_mute'],
  ])('tells %s apart, and calls the port shut by it', async (kind, finding) => {
    const meet = async (): Promise<Meeting> => (kind === 'spoke' ? SPOKE : { kind, detail: 'x' });
    const { checks } = await runPreflight(optionsWith({ meet, impossibleIp: null }));
    expect(checks[0]).toMatchObject({ id: 'port25', finding, state: 'failed' });
    expect(cannotAsk({ endedAtMs: 0, tookMs: 0, checks })).toBe(true);
  });

  it('calls the port open where one server speaks', async () => {
    let first = true;
    const meet = async (): Promise<Meeting> => {
      const answer: Meeting = first ? SPOKE : { kind: 'silent', detail: 'x' };
      first = false;
      return answer;
    };
    expect((await findingsOf({ meet, impossibleIp: null }))['port25']).toBe('port25_partly');
  });

  it('finds a portal by the impossible host, or by greetings that are the same and name a host', async () => {
    expect((await findingsOf({ meet: async (ip) => ({ ...SPOKE, greeting: `220 ${ip}` }) }))['portal']).toBe('portal_impossible_host');
    expect((await findingsOf({ impossibleIp: null, meet: async () => ({ ...SPOKE, greeting: '220 gw.hotel.test ESMTP' }) }))['portal']).toBe('portal_same_greeting');
    expect((await findingsOf({ impossibleIp: null, visits: ['a.test', 'b.test'], meet: async () => ({ ...SPOKE, greeting: '220 ESMTP' }) }))['portal']).toBe('portal_none');
    expect((await findingsOf({ impossibleIp: null, meet: async () => ({ ...SPOKE, greeting: '220 *****' }) }))['portal']).toBe('portal_masked');
  });

  it('says of the rest only what it knows where the own address is not known', async () => {
    expect(await findingsOf({ canBeOwn: () => false })).toMatchObject({ public_ip: 'public_ip_unknown', ptr: 'ptr_unknown', spf: 'spf_ip_unknown', block_lists: 'block_lists_ip_unknown' });
  });

  it('takes a defect of its own for what it is', async () => {
    await expect(runPreflight(optionsWith({ resolver: { lookup: async () => { throw new Error('defect'); }, checkForHijacking: async () => 'honest' } }))).rejects.toThrow('defect');
  });
});

describe('findings', () => {
  it('have words each: what was found and what it means, and what to do where something is wrong', () => {
    for (const finding of FINDINGS) {
      const { found, means, advice } = enPreflight.finding(finding, {});
      expect(found, finding).toMatch(/\S.*[.”)]$/);
      expect(means, finding).toMatch(/\S.*\.$/);
      expect(`${found}${means}${advice}`, finding).not.toContain('undefined');
      if (stateOfFinding(finding) === 'failed') expect(advice, finding).not.toBe('');
    }
  });

  it('to look at are those that are wrong or may become so', () => {
    const checks = (['port25_open', 'spf_none', 'ptr_missing', 'gave_up'] as const).map((finding) => ({ id: 'spf' as const, finding, state: stateOfFinding(finding), facts: {} }));
    expect(toLookAt({ endedAtMs: 0, tookMs: 0, checks }).map(({ finding }) => finding)).toEqual(['spf_none', 'ptr_missing']);
  });
});
