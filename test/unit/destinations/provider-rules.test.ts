import { describe, expect, it } from 'vitest';
import { PROVIDER_RULES } from '../../../electron/engine/destinations/provider-rules-data.ts';
import { providerOf } from '../../../electron/engine/destinations/provider-rules.ts';
import { createTargetRules } from '../../../electron/engine/destinations/target-rules.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings/schema.ts';

const HOSTS = ['aspmx.l.google.com', 'x.olc.protection.outlook.com', 'x.mail.protection.outlook.com', 'mta5.am0.yahoodns.net', 'mx01.mail.icloud.com', 'eu-smtp-1.mimecast.com', 'mx0a-1.pphosted.com', 'd1a.ess.barracudanetworks.com', 'mx1.orange.fr.test'];

describe('the providers’ rules', () => {
  it('have a source for each value', () => {
    for (const [id, rules] of Object.entries(PROVIDER_RULES)) {
      for (const [name, { source }] of Object.entries(rules) as [string, { readonly source: string }][]) expect(source.length, `${id}.${name}`).toBeGreaterThan(10);
    }
  });

  it('only ever narrow, whatever the settings are', () => {
    const wide = { errorBudget: 9, maxRecipientsPerTransaction: 1_000, maxTransactionsPerSession: 11, maxRecipientsPerSession: 50_000, commandTimeoutMs: 600_000, maxConnectionsPerDestination: 50 };
    const narrow = { errorBudget: 1, maxRecipientsPerTransaction: 1, maxTransactionsPerSession: 1, maxRecipientsPerSession: 1, commandTimeoutMs: 50, maxConnectionsPerDestination: 1 };
    for (const smtp of [DEFAULT_SETTINGS.smtp, wide, narrow]) {
      const settings = settingsSchema.parse({ smtp });
      const rules = createTargetRules(settings);
      for (const host of HOSTS) {
        for (const [name, value] of Object.entries(rules.sessionLimitsOf(host))) {
          expect(value, `${host} ${name}`).toBeLessThanOrEqual(settings.smtp[name as 'errorBudget']);
          expect(value).toBeGreaterThanOrEqual(1);
        }
        expect(rules.maxConnectionsOf(host)).toBeLessThanOrEqual(settings.smtp.maxConnectionsPerDestination);
      }
    }
  });

  it('never switch off the random recipient where an acceptance means something', () => {
    for (const [id, rules] of Object.entries(PROVIDER_RULES)) {
      if ('catchAllProbe' in rules) expect('unverifiable' in rules, id).toBe(true);
    }
    expect(providerOf('mta5.am0.yahoodns.net')).toMatchObject({ catchAllProbe: false, unverifiable: true });
  });

  it('leave pace and the day’s limit to the user where he has ruled', () => {
    const rules = createTargetRules(settingsSchema.parse({ destinations: [{ mxPattern: '*.ESS.barracudanetworks.com', recipientsPerMinute: 600, dailyCap: 5_000 }] }));
    expect(rules.paceOf('d1a.ess.barracudanetworks.com')).toBe(600);
    expect(createTargetRules(DEFAULT_SETTINGS).paceOf('d1a.ess.barracudanetworks.com')).toBe(120);
    expect(rules.paceOf('mx.own.test')).toBeNull();
    expect(rules.dailyCapOf('d1a.ess.barracudanetworks.com')).toEqual({ key: '*.ess.barracudanetworks.com', cap: 5_000 });
    expect(rules.dailyCapOf('mx.own.test')).toBeNull();
  });
});
