// Each check of the preflight is made to fail by the practice world, over real sockets on loopback; and that nothing
// more than a greeting is ever said to anybody.
import { describe, expect, it } from 'vitest';
import { openPreflight } from '../../../electron/host/open-preflight.ts';
import { SCENARIOS, type Scenario } from '../../../electron/practice/scenarios.ts';
import { startPracticeWorld } from '../../../electron/practice/start-practice-world.ts';
import type { CheckId, Finding } from '../../../shared/preflight/findings.ts';
import { cannotAsk, type PreflightReport } from '../../../shared/preflight/report.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const NO_LAB = { dns: undefined, port: undefined, allowLoopback: false };

async function preflightOf(scenario: Scenario, settings = DEFAULT_SETTINGS) {
  const world = await startPracticeWorld({ scenario });
  try {
    const report = await openPreflight({ lab: NO_LAB, practice: world }, settings);
    return { report, record: world.record(), found: foundOf(report) };
  } finally {
    await world.stop();
  }
}

const foundOf = ({ checks }: PreflightReport) => Object.fromEntries(checks.map(({ id, finding }) => [id, finding])) as Record<CheckId, Finding>;

const ALL_GOOD: Readonly<Record<CheckId, Finding>> = {
  port25: 'port25_open', portal: 'portal_none', dns: 'dns_honest', public_ip: 'public_ip_found', ptr: 'ptr_matches', helo: 'helo_ok',
  mail_from: 'mail_from_ok', spf: 'spf_pass', block_lists: 'block_lists_clean',
};
const UNKNOWN_ADDRESS = { public_ip: 'public_ip_unknown', ptr: 'ptr_unknown', helo: 'helo_resolves', spf: 'spf_ip_unknown', block_lists: 'block_lists_ip_unknown' } as const;

/** What is not as in ALL_GOOD. */
const EXPECTED: Readonly<Record<Scenario, Partial<Record<CheckId, Finding>>>> = {
  all_good: {},
  port_blocked: { ...UNKNOWN_ADDRESS, port25: 'port25_refused', portal: 'portal_unknown' },
  port_mute: { ...UNKNOWN_ADDRESS, port25: 'port25_mute', portal: 'portal_unknown' },
  portal: { portal: 'portal_impossible_host' },
  masked: { portal: 'portal_masked' },
  address_hidden: UNKNOWN_ADDRESS,
  ptr_missing: { ptr: 'ptr_missing' },
  ptr_other_name: { ptr: 'ptr_other_name' },
  ptr_unconfirmed: { ptr: 'ptr_unconfirmed' },
  helo_unknown: { helo: 'helo_no_address', ptr: 'ptr_other_name', spf: 'spf_pass' },
  helo_elsewhere: { helo: 'helo_other_address', ptr: 'ptr_other_name' },
  sender_missing: { mail_from: 'mail_from_no_domain', spf: 'spf_none' },
  sender_no_mx: { mail_from: 'mail_from_no_mx' },
  spf_fail: { spf: 'spf_fail' },
  spf_softfail: { spf: 'spf_softfail' },
  spf_none: { spf: 'spf_none' },
  spf_broken: { spf: 'spf_permerror' },
  spf_macro: { spf: 'spf_macro' },
  // Whatever does not exist leads to one address: nothing of the lists is believed.
  dns_lies: { dns: 'dns_hijacked', block_lists: 'block_lists_silent' },
  listed: { block_lists: 'block_lists_listed' },
  policy_listed: { block_lists: 'block_lists_policy' },
  lists_refuse: { block_lists: 'block_lists_refused' },
};

describe('the preflight of a practice world', () => {
  it.each(SCENARIOS)('%s', async (scenario) => {
    const { report, record, found } = await preflightOf(scenario);
    const expected = { ...ALL_GOOD, ...EXPECTED[scenario] };
    expect(found).toEqual(expected);
    expect(cannotAsk(report)).toBe(['port_blocked', 'port_mute', 'portal'].includes(scenario));
    expect(record.recipients).toBe(0);
    expect(record.violations).toEqual([]);
    expect(record.sessions).toBeLessThanOrEqual(6);
    expect(Object.values(record.peakSessions).every((peak) => peak === 1)).toBe(true);
  }, 20_000);

  it('tells an identity that nobody has set', async () => {
    const world = await startPracticeWorld();
    try {
      // As a lab: a practice run would bring an identity of its own.
      const lab = { dns: world.dns, port: world.smtpPort, allowLoopback: true };
      const report = await openPreflight({ lab, practice: null, visits: ['brightmail.test', 'eximius.test'] }, DEFAULT_SETTINGS);
      expect(foundOf(report)).toMatchObject({ port25: 'port25_open', portal: 'portal_none', helo: 'helo_not_set', mail_from: 'mail_from_empty', spf: 'spf_no_domain', ptr: 'ptr_other_name' });
    } finally {
      await world.stop();
    }
  });

  it('dials nobody on loopback unless the run may', async () => {
    const world = await startPracticeWorld();
    try {
      const lab = { dns: world.dns, port: world.smtpPort, allowLoopback: false };
      const controller = new AbortController();
      controller.abort(); // or the impossible host, which is off loopback, would be tried
      const report = await openPreflight({ lab, practice: null, visits: ['brightmail.test'], signal: controller.signal }, DEFAULT_SETTINGS);
      expect(report.checks[0]?.state).toBe('unknown');
      expect(world.record().sessions).toBe(0);
    } finally {
      await world.stop();
    }
  });
});
