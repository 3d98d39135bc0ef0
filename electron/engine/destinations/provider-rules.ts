// What is known of the providers that serve many domains: who they are by their MX names, and how they want to be asked.
// Data only, each with its source. A rule may only ever make us more careful, or a verdict more cautious.

export interface ProviderRules {
  /** Stable identifier; also the key of the provider's one destination. */
  readonly id: string;
  /** Matches the lower-case MX host name. */
  readonly mxPattern: RegExp;
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

const PROVIDERS: readonly ProviderRules[] = [
  // Gmail and Workspace share their MX addresses. One destination domain a transaction (451 4.3.0), which holds for all.
  { id: 'google', mxPattern: /(^|\.)(google|googlemail)\.com$/, joinedBy: 'provider' },
  // Two recipients in one transaction can give 452 4.5.3 "multiple regions" (Microsoft, 4.5.3 help page).
  { id: 'microsoft-consumer', mxPattern: /\.olc\.protection\.outlook\.com$/, recipientsPerTransaction: 1 },
  // Every tenant has MX names of its own on its region's addresses; another region refuses it (451 4.4.62).
  { id: 'microsoft-365', mxPattern: /\.(mail\.protection\.outlook\.com|mx\.microsoft)$/, joinedBy: 'addresses' },
  // Yahoo, AOL and hosted domains refuse an unknown user only after DATA, which is never sent.
  { id: 'yahoo', mxPattern: /\.yahoodns\.net$/, unverifiable: true },
  { id: 'mailru', mxPattern: /(^|\.)mxs?\.mail\.ru$/, unverifiable: true },
  // Apple: "at most 5 recipients a connection", seen in bulk senders' documentation for iCloud.
  { id: 'icloud', mxPattern: /\.(icloud|me)\.com$/, recipientsPerSession: 5 },
  { id: 'mimecast', mxPattern: /\.mimecast(-offshore)?\.(com|co\.za)$/ },
  { id: 'proofpoint', mxPattern: /\.(pphosted|ppe-hosted)\.com$/ },
];

/** The rules of the provider that owns this MX host (lower-case name), or null. */
export function providerOf(mxHost: string): ProviderRules | null {
  return PROVIDERS.find((provider) => provider.mxPattern.test(mxHost)) ?? null;
}

/** The provider's own bounds on one session, where it has any; for the pool, which only ever narrows by them. */
export function sessionLimitsOf(mxHost: string): { maxRecipientsPerSession?: number; maxRecipientsPerTransaction?: number } {
  const rules = providerOf(mxHost);
  return {
    ...(rules?.recipientsPerSession === undefined ? {} : { maxRecipientsPerSession: rules.recipientsPerSession }),
    ...(rules?.recipientsPerTransaction === undefined ? {} : { maxRecipientsPerTransaction: rules.recipientsPerTransaction }),
  };
}
