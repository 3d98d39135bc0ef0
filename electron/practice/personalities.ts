// The world's map: which domains there are, which MX hosts serve them and how those behave. One table, read by the DNS
// zone, the SMTP hosts, the sample list and the tests. MX names are the providers' own, so that rules by MX name are
// exercised; they resolve to 127.77.x.y here and are known to this world's DNS server alone.
import { blanketRefuser, blockerAtGreeting, blockerAtRcpt } from './behaviours/refusing.ts';
import { catchAll, yahoo } from './behaviours/accepting.ts';
import { bareRefuser, exim, withoutPipelining } from './behaviours/plain.ts';
import { google } from './behaviours/google.ts';
import { greylister, rateLimiter, tarpit } from './behaviours/passing.ts';
import { microsoft365, microsoftConsumer } from './behaviours/microsoft.ts';
import { postfix } from './behaviours/postfix.ts';
import type { Behaviour, BehaviourContext } from './behaviour.ts';

export type PersonalityId =
  | 'google'
  | 'microsoft-365'
  | 'microsoft-consumer'
  | 'yahoo'
  | 'postfix'
  | 'postfix-hosted'
  | 'exim'
  | 'no-pipelining'
  | 'greylister'
  | 'rate-limiter'
  | 'tarpit'
  | 'catch-all'
  | 'bare-refuser'
  | 'blanket-refuser'
  | 'blocker-at-rcpt'
  | 'blocker-at-greeting'
  | 'dead'
  | 'implicit-mx'
  | 'null-mx'
  | 'no-mail-server';

export interface PracticeMx {
  readonly name: string;
  readonly preference: number;
  readonly ip: string;
}

export interface Personality {
  readonly id: PersonalityId;
  /** Lower-case A-labels. */
  readonly domains: readonly string[];
  /** For `implicit-mx` the domain itself; empty where nobody takes mail. */
  readonly mx: readonly PracticeMx[];
  /** Null: nothing listens at its addresses. */
  readonly behaviour: ((context: BehaviourContext) => Behaviour) | null;
}

/** `bücher-schmidt.test`. */
export const IDN_DOMAIN = 'xn--bcher-schmidt-wob.test';
/** On the lists of throw-away domains, and served by this world only so that the look-up can be seen. */
export const DISPOSABLE_DOMAINS = ['mailinator.com', 'yopmail.com'] as const;
/** A misspelt provider's name under which somebody does take mail here. */
export const LIVE_TYPO_DOMAIN = 'gamil.com';

export const PERSONALITIES: readonly Personality[] = [
  {
    id: 'google',
    domains: ['brightmail.test', 'harbour-books.test', 'lakeside-clinic.test', 'nordwind-studio.test'],
    mx: [
      { name: 'aspmx.l.google.com', preference: 1, ip: '127.77.0.10' },
      { name: 'alt1.aspmx.l.google.com', preference: 5, ip: '127.77.0.11' },
      { name: 'alt2.aspmx.l.google.com', preference: 5, ip: '127.77.0.12' },
    ],
    behaviour: google,
  },
  {
    id: 'microsoft-365',
    domains: ['northwind-trading.test'],
    mx: [{ name: 'northwindtrading-test.mail.protection.outlook.com', preference: 0, ip: '127.77.0.20' }],
    behaviour: microsoft365,
  },
  {
    id: 'microsoft-365',
    domains: ['fabrikam-tools.test'],
    // Tenants have MX names of their own on shared addresses.
    mx: [{ name: 'fabrikamtools-test.mail.protection.outlook.com', preference: 0, ip: '127.77.0.20' }],
    behaviour: microsoft365,
  },
  {
    id: 'microsoft-consumer',
    domains: ['hotpost.test'],
    mx: [{ name: 'hotpost-test.olc.protection.outlook.com', preference: 2, ip: '127.77.0.21' }],
    behaviour: microsoftConsumer,
  },
  {
    id: 'yahoo',
    domains: ['yoodle.test'],
    mx: [
      { name: 'mta5.am0.yahoodns.net', preference: 1, ip: '127.77.0.30' },
      { name: 'mta6.am0.yahoodns.net', preference: 1, ip: '127.77.0.31' },
    ],
    behaviour: yahoo,
  },
  {
    id: 'postfix',
    domains: ['cedar-works.test', 'oak-and-ash.test', 'riverbank.example', 'tall-ships.test'],
    mx: [
      { name: 'mx1.cedar-hosting.test', preference: 10, ip: '127.77.0.40' },
      { name: 'mx2.cedar-hosting.test', preference: 20, ip: '127.77.0.41' },
    ],
    behaviour: postfix,
  },
  {
    id: 'postfix-hosted',
    domains: [IDN_DOMAIN, ...DISPOSABLE_DOMAINS, LIVE_TYPO_DOMAIN],
    mx: [{ name: 'mx.odds-and-ends.test', preference: 10, ip: '127.77.0.42' }],
    behaviour: postfix,
  },
  { id: 'exim', domains: ['eximius.test'], mx: [{ name: 'mail.eximius.test', preference: 0, ip: '127.77.0.50' }], behaviour: exim },
  {
    id: 'no-pipelining',
    domains: ['steady-post.test'],
    mx: [{ name: 'mx.steady-post.test', preference: 10, ip: '127.77.0.51' }],
    behaviour: withoutPipelining,
  },
  { id: 'greylister', domains: ['greyhound.test'], mx: [{ name: 'mx.greyhound.test', preference: 10, ip: '127.77.0.60' }], behaviour: greylister },
  { id: 'rate-limiter', domains: ['slow-lane.test'], mx: [{ name: 'mx.slow-lane.test', preference: 10, ip: '127.77.0.61' }], behaviour: rateLimiter },
  { id: 'tarpit', domains: ['molasses.test'], mx: [{ name: 'mx.molasses.test', preference: 10, ip: '127.77.0.62' }], behaviour: tarpit },
  { id: 'catch-all', domains: ['open-door.test'], mx: [{ name: 'mx.open-door.test', preference: 10, ip: '127.77.0.70' }], behaviour: catchAll },
  { id: 'bare-refuser', domains: ['terse.test'], mx: [{ name: 'mx.terse.test', preference: 10, ip: '127.77.0.71' }], behaviour: bareRefuser },
  { id: 'blanket-refuser', domains: ['closed-shop.test'], mx: [{ name: 'mx.closed-shop.test', preference: 10, ip: '127.77.0.72' }], behaviour: blanketRefuser },
  { id: 'blocker-at-rcpt', domains: ['fortress.test'], mx: [{ name: 'mx.fortress.test', preference: 10, ip: '127.77.0.80' }], behaviour: blockerAtRcpt },
  { id: 'blocker-at-greeting', domains: ['bastion.test'], mx: [{ name: 'mx.bastion.test', preference: 10, ip: '127.77.0.81' }], behaviour: blockerAtGreeting },
  { id: 'dead', domains: ['lights-out.test'], mx: [{ name: 'mx.lights-out.test', preference: 10, ip: '127.77.0.90' }], behaviour: null },
  { id: 'implicit-mx', domains: ['corner-shop.test'], mx: [{ name: 'corner-shop.test', preference: 0, ip: '127.77.0.91' }], behaviour: postfix },
  { id: 'null-mx', domains: ['no-mail-please.test'], mx: [], behaviour: null },
  { id: 'no-mail-server', domains: ['parked-name.test'], mx: [], behaviour: null },
];

/** Names that look like domains and are in no zone here: NXDOMAIN. */
export const MISSING_DOMAINS = ['vanished-company.test', 'never-was.example'] as const;

/** The personality that serves a domain (lower-case A-label), or null where the domain does not exist. */
export function personalityOf(domain: string): Personality | null {
  return BY_DOMAIN.get(domain) ?? null;
}

const BY_DOMAIN = new Map(PERSONALITIES.flatMap((personality) => personality.domains.map((domain) => [domain, personality] as const)));
