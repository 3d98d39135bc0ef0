import { describe, expect, it } from 'vitest';
import { createTargetRules } from '../../../electron/engine/destinations/target-rules.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';

const rulesOf = (input: SettingsInput) => createTargetRules(settingsSchema.parse(input));
const OUTLOOK = 'outlook-com.olc.protection.outlook.com';

describe('createTargetRules', () => {
  it('is the settings, narrowed by the provider’s rules', () => {
    const rules = rulesOf({ smtp: { maxConnectionsPerDestination: 7 } });
    expect(rules.sessionLimitsOf('mx.a.test')).toEqual({
      errorBudget: 9, maxRecipientsPerTransaction: 100, maxTransactionsPerSession: 10, maxRecipientsPerSession: 1_000, commandTimeoutMs: 60_000,
    });
    expect(rules.sessionLimitsOf(OUTLOOK).maxRecipientsPerTransaction).toBe(1);
    expect(rules.sessionLimitsOf('mx01.mail.icloud.com').maxRecipientsPerSession).toBe(5);
    expect(rules.maxConnectionsOf('mx.a.test')).toBe(7);
  });

  it('widens a bound only for the hosts that the user names', () => {
    const rules = rulesOf({ destinations: [{ mxPattern: '*.Mine.test', errorBudget: 500, maxConnections: 30, maxTransactionsPerSession: 1_000 }] });
    expect(rules.sessionLimitsOf('mx.mine.test')).toMatchObject({ errorBudget: 500, maxTransactionsPerSession: 1_000, maxRecipientsPerSession: 1_000 });
    expect(rules.maxConnectionsOf('mx.mine.test')).toBe(30);
    for (const other of ['mine.test', 'mx.notmine.test', 'mx.mine.test.elsewhere.test']) {
      expect(rules.sessionLimitsOf(other).errorBudget).toBe(9);
      expect(rules.maxConnectionsOf(other)).toBe(10);
    }
  });

  it('takes the first rule that fits, which may narrow too', () => {
    const rules = rulesOf({ destinations: [{ mxPattern: 'mx.mine.test', maxConnections: 1, errorBudget: 2 }, { mxPattern: '*.mine.test', maxConnections: 20 }] });
    expect(rules.maxConnectionsOf('mx.mine.test')).toBe(1);
    expect(rules.sessionLimitsOf('mx.mine.test').errorBudget).toBe(2);
    expect(rules.maxConnectionsOf('other.mine.test')).toBe(20);
  });

  it('leaves the pool room for every rule, and no more', () => {
    const { widest } = rulesOf({ destinations: [{ mxPattern: 'a.test', errorBudget: 500 }, { mxPattern: 'b.test', maxRecipientsPerSession: 5 }] });
    expect(widest).toMatchObject({ errorBudget: 500, maxRecipientsPerSession: 1_000, maxTransactionsPerSession: 10, maxConnectionsPerDestination: 10 });
    expect(rulesOf({}).widest).toEqual(settingsSchema.parse({}).smtp);
  });

  it('refuses what is no host name, and a budget without bounds', () => {
    for (const mxPattern of ['', '*', '*.', 'a', 'a.*.test', 'a b.test', '.*']) {
      expect(settingsSchema.safeParse({ destinations: [{ mxPattern }] }).success, mxPattern).toBe(false);
    }
    expect(settingsSchema.safeParse({ destinations: [{ mxPattern: 'a.test', errorBudget: 1_001 }] }).success).toBe(false);
  });
});
