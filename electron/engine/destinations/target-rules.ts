// What holds for one target of a run: the settings, narrowed by its provider's rules, or as the user has ruled for it.
// Always holds: a provider's rule only ever narrows, and nothing is learned; only a rule of the user's own (settings
// `destinations`) may widen a bound, because only he can know that the server is his or stands it.
import type { Settings } from '../../../shared/settings/schema.ts';
import { providerOf } from './provider-rules.ts';

export type UserRule = Settings['destinations'][number];

/** The bounds of one session that a rule can change. */
export interface RuledLimits {
  readonly errorBudget: number;
  readonly maxRecipientsPerTransaction: number;
  readonly maxTransactionsPerSession: number;
  readonly maxRecipientsPerSession: number;
  /** The longest wait for a reply, in milliseconds. */
  readonly commandTimeoutMs: number;
}

export interface DailyCap {
  /** Whose count it is: the rule's pattern. */
  readonly key: string;
  /** Recipients a day. */
  readonly cap: number;
}

export interface TargetRules {
  /** The settings that leave room for every rule: for the pool, which narrows them by the two below. */
  readonly widest: Settings['smtp'];
  /** `mxHost`: lower-case name. */
  sessionLimitsOf(mxHost: string): RuledLimits;
  /** Connections at a time, at least 1. */
  maxConnectionsOf(mxHost: string): number;
  /** Recipients a minute over all connections of a destination; null: no bound of its own. */
  paceOf(mxHost: string): number | null;
  /** The user's limit of recipients a day; null: none. */
  dailyCapOf(mxHost: string): DailyCap | null;
}

export function createTargetRules({ smtp, destinations }: Pick<Settings, 'smtp' | 'destinations'>): TargetRules {
  const widest = (own: number, of: (rule: UserRule) => number | undefined) => Math.max(own, ...destinations.map((rule) => of(rule) ?? 0));
  // Rules are few, hosts come again and again.
  const ruleOf = (mxHost: string) => destinations.find(({ mxPattern }) => isMatch(mxPattern, mxHost)) ?? null;
  return {
    widest: {
      ...smtp,
      errorBudget: widest(smtp.errorBudget, (rule) => rule.errorBudget),
      maxRecipientsPerTransaction: widest(smtp.maxRecipientsPerTransaction, (rule) => rule.maxRecipientsPerTransaction),
      maxTransactionsPerSession: widest(smtp.maxTransactionsPerSession, (rule) => rule.maxTransactionsPerSession),
      maxRecipientsPerSession: widest(smtp.maxRecipientsPerSession, (rule) => rule.maxRecipientsPerSession),
      maxConnectionsPerDestination: widest(smtp.maxConnectionsPerDestination, (rule) => rule.maxConnections),
    },
    sessionLimitsOf(mxHost) {
      const provider = providerOf(mxHost);
      const rule = ruleOf(mxHost);
      const within = (own: number, bound: number | undefined) => Math.min(own, bound ?? own);
      return {
        errorBudget: rule?.errorBudget ?? within(smtp.errorBudget, provider?.errorBudget),
        maxRecipientsPerTransaction: rule?.maxRecipientsPerTransaction ?? within(smtp.maxRecipientsPerTransaction, provider?.recipientsPerTransaction),
        maxTransactionsPerSession: rule?.maxTransactionsPerSession ?? smtp.maxTransactionsPerSession,
        maxRecipientsPerSession: rule?.maxRecipientsPerSession ?? within(smtp.maxRecipientsPerSession, provider?.recipientsPerSession),
        commandTimeoutMs: within(smtp.commandTimeoutMs, provider?.replyTimeoutMs),
      };
    },
    maxConnectionsOf(mxHost) {
      const own = smtp.maxConnectionsPerDestination;
      return Math.max(1, ruleOf(mxHost)?.maxConnections ?? Math.min(own, providerOf(mxHost)?.maxConnections ?? own));
    },
    paceOf(mxHost) {
      return ruleOf(mxHost)?.recipientsPerMinute ?? providerOf(mxHost)?.recipientsPerMinute ?? null;
    },
    dailyCapOf(mxHost) {
      const rule = ruleOf(mxHost);
      return rule?.dailyCap === undefined ? null : { key: rule.mxPattern.toLowerCase(), cap: rule.dailyCap };
    },
  };
}

/** `*.example.com` is every host below that name, but not the name itself. */
function isMatch(mxPattern: string, mxHost: string): boolean {
  const pattern = mxPattern.toLowerCase();
  return pattern.startsWith('*.') ? mxHost.endsWith(pattern.slice(1)) : mxHost === pattern;
}
