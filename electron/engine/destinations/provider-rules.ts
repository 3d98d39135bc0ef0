// How the providers that serve many domains want to be asked, and what an acceptance is worth there; with sources.
// Who they are by their MX names stands in shared/verdict/mail-providers.ts alone; here are only rules, by the same ids.
// A rule may only ever make us more careful, or a verdict more cautious.
import { mailProviderOf, type MailProvider, type MailProviderId } from '../../../shared/verdict/mail-providers.ts';

export interface Rules {
  /** What joins the provider's domains into one destination: all of it, or the addresses that serve them.
   *  Absent: the MX names, as for everybody else. */
  readonly joinedBy?: 'provider' | 'addresses';
  /** Recipients that one MAIL may carry, the random one included. */
  readonly recipientsPerTransaction?: number;
  readonly recipientsPerSession?: number;
  readonly maxConnections?: number;
  /** 250 to every recipient at RCPT, so an acceptance says nothing. */
  readonly unverifiable?: boolean;
}

export interface ProviderRules extends Rules, Pick<MailProvider, 'kind' | 'separateHosts'> {
  readonly id: MailProviderId;
}

const RULES: Readonly<Partial<Record<MailProviderId, Rules>>> = {
  // Gmail and Workspace share their MX addresses. One destination domain a transaction (451 4.3.0), which holds for all.
  google: { joinedBy: 'provider' },
  // Two recipients in one transaction can give 452 4.5.3 "multiple regions" (Microsoft, 4.5.3 help page).
  'microsoft-consumer': { recipientsPerTransaction: 1 },
  // Every tenant has MX names of its own on its region's addresses; another region refuses it (451 4.4.62).
  'microsoft-365': { joinedBy: 'addresses' },
  // Yahoo, AOL and hosted domains refuse an unknown user only after DATA, which is never sent.
  yahoo: { unverifiable: true },
  mailru: { unverifiable: true },
  // Apple: "at most 5 recipients a connection", seen in bulk senders' documentation for iCloud.
  icloud: { recipientsPerSession: 5 },
};

/** The provider that runs this MX host (lower-case name) with its rules, or null. */
export function providerOf(mxHost: string): ProviderRules | null {
  const provider = mailProviderOf(mxHost);
  if (provider === null) return null;
  const { id, kind, separateHosts } = provider;
  return { id, kind, ...(separateHosts === undefined ? {} : { separateHosts }), ...RULES[id] };
}
