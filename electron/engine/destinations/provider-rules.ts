// The rules for the provider that runs an MX host: its row of the table, as plain values. Owns no value itself.
// A rule may only ever make us more careful, or a verdict more cautious.
import { mailProviderOf, type MailProvider, type MailProviderId } from '../../../shared/verdict/mail-providers.ts';
import { PROVIDER_RULES, type ProviderRuleData } from './provider-rules-data.ts';

/** See `ProviderRuleData` for what each one means. */
export type Rules = { readonly [K in keyof ProviderRuleData]: NonNullable<ProviderRuleData[K]>['value'] };

export interface ProviderRules extends Rules, Pick<MailProvider, 'kind' | 'separateHosts'> {
  readonly id: MailProviderId;
}

/** Asked for each verdict: a provider's rules are made once. */
const made = new Map<MailProviderId, ProviderRules>();

/** The provider that runs this MX host (lower-case name) with its rules, or null. */
export function providerOf(mxHost: string): ProviderRules | null {
  const provider = mailProviderOf(mxHost);
  if (provider === null) return null;
  const { id, kind, separateHosts } = provider;
  let rules = made.get(id);
  if (rules === undefined) {
    const values = Object.entries(PROVIDER_RULES[id] ?? {}).map(([name, { value }]: [string, { readonly value: unknown }]) => [name, value]);
    rules = { id, kind, ...(separateHosts === undefined ? {} : { separateHosts }), ...(Object.fromEntries(values) as Rules) };
    made.set(id, rules);
  }
  return rules;
}
