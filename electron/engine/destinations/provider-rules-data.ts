// How the providers that serve many domains want to be asked, and what an acceptance is worth there: the one table, with
// a source for each value. Who they are by their MX names stands in shared/verdict/mail-providers.ts; here are only rules,
// by the same ids. "general knowledge": what operators of large senders commonly keep to, with no public document behind
// it; such a value is on the careful side.
// Always holds: a value may only ever make us more careful, or a verdict more cautious; the settings bound it.
import type { MailProviderId } from '../../../shared/verdict/mail-providers.ts';

interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

export interface ProviderRuleData {
  /** What joins the provider's domains into one destination: all of it, or the addresses that serve them.
   *  Absent: the MX names, as for everybody else. */
  readonly joinedBy?: Sourced<'provider' | 'addresses'>;
  /** Recipients that one MAIL may carry, the random one included. */
  readonly recipientsPerTransaction?: Sourced<number>;
  readonly recipientsPerSession?: Sourced<number>;
  /** Connections at a time. */
  readonly maxConnections?: Sourced<number>;
  /** Over all connections of the destination. */
  readonly recipientsPerMinute?: Sourced<number>;
  /** The longest wait for a reply to RCPT, in milliseconds. */
  readonly replyTimeoutMs?: Sourced<number>;
  /** Refused recipients after which a session is left. */
  readonly errorBudget?: Sourced<number>;
  /** False: no random recipient is asked about, since everybody is accepted anyway. */
  readonly catchAllProbe?: Sourced<false>;
  /** 250 to every recipient at RCPT, so an acceptance says nothing. */
  readonly unverifiable?: Sourced<true>;
}

const known = <T>(value: T): Sourced<T> => ({ value, source: 'general knowledge' });
const from = <T>(source: string, value: T): Sourced<T> => ({ value, source });

const YAHOO = 'senders.yahooinc.com, SMTP error codes: unknown users are refused after DATA, which is never sent';
const MAILRU = 'replies seen: 250 to every RCPT, unknown users are refused after DATA';

export const PROVIDER_RULES: Readonly<Partial<Record<MailProviderId, ProviderRuleData>>> = {
  google: {
    joinedBy: from('support.google.com/a/answer/174125: Gmail and Workspace share their MX hosts', 'provider'),
    recipientsPerTransaction: from('support.google.com/a/answer/166852: 100 recipients a message by SMTP', 100),
    replyTimeoutMs: known(30_000),
  },
  'microsoft-consumer': {
    joinedBy: known('provider'),
    recipientsPerTransaction: from('learn.microsoft.com, 452 4.5.3 "multiple regions": a second recipient may live elsewhere', 1),
    maxConnections: known(5),
    errorBudget: from('sendersupport.olc.protection.outlook.com, policies: name-space mining (dictionary attacks) is blocked', 5),
    replyTimeoutMs: known(30_000),
  },
  'microsoft-365': {
    joinedBy: from('learn.microsoft.com, 451 4.4.62: each tenant has MX names of its own on its region, which alone takes its mail', 'addresses'),
    maxConnections: from('learn.microsoft.com, 451 4.7.500-699 (ASxxx): addresses without a history are throttled', 5),
    replyTimeoutMs: known(30_000),
  },
  yahoo: {
    joinedBy: known('provider'),
    unverifiable: from(YAHOO, true),
    catchAllProbe: from(YAHOO, false),
    recipientsPerSession: from('senders.yahooinc.com/best-practices: few messages a connection; 20 by older help pages', 20),
    maxConnections: known(5),
  },
  mailru: { unverifiable: from(MAILRU, true), catchAllProbe: from(MAILRU, false), maxConnections: known(5) },
  icloud: {
    joinedBy: known('provider'),
    recipientsPerSession: from('documentation of bulk senders for iCloud: at most 5 recipients a connection', 5),
    maxConnections: known(5),
  },
  gmx: { joinedBy: known('provider'), maxConnections: from('postmaster.gmx.net, 421 "too many concurrent SMTP connections"', 3) },
  't-online': { maxConnections: from('postmaster.t-online.de: new addresses are refused above small rates', 2), recipientsPerMinute: known(120) },
  orange: { joinedBy: known('provider'), maxConnections: from('postmaster.orange.fr, OFR_104 "too many connections"; 2 by operators', 2), recipientsPerSession: known(100) },
  laposte: { maxConnections: from('postmaster.laposte.net, LPN007_104/105: connections and rate; 2 by operators', 2), recipientsPerSession: known(100) },
  comcast: {
    maxConnections: from('postmaster.comcast.net, 421 "too many sessions opened": 25 for well-known senders', 5),
    recipientsPerTransaction: from('postmaster.comcast.net: 100 recipients a message', 100),
  },
  qq: { maxConnections: from('service.mail.qq.com: connection and frequency limits by address', 2), recipientsPerMinute: known(60), errorBudget: known(5) },
  netease: {
    maxConnections: from('help.163.com, HL:ICC and HL:IFC: concurrent connections and frequency by address', 2),
    recipientsPerMinute: from('help.163.com, RP:TRC: recipients in a short time by address; the number is general knowledge', 60),
    errorBudget: known(5),
  },
  naver: { maxConnections: known(3), errorBudget: known(5) },
  seznam: { maxConnections: known(3) },
  yandex: { joinedBy: known('provider'), maxConnections: known(5) },
  zoho: { maxConnections: known(3), errorBudget: known(5) },
  godaddy: { maxConnections: from('godaddy.com/help, IB504/IB607: connections and rates by address', 3) },
  ionos: { maxConnections: known(5) },
  ovh: { maxConnections: known(5) },

  // Gateways judge a client by its connection rate and by how many unknown users it asks for, over all their customers.
  mimecast: {
    joinedBy: known('addresses'),
    maxConnections: known(3),
    errorBudget: from('community.mimecast.com, 550 "invalid recipient": repeated ones lead to a block by the connecting address', 5),
    replyTimeoutMs: known(45_000),
  },
  proofpoint: {
    joinedBy: known('addresses'),
    maxConnections: from('help.proofpoint.com: dynamic reputation (PDR) throttles and blocks addresses with many invalid recipients', 3),
    errorBudget: known(5),
  },
  barracuda: {
    joinedBy: known('addresses'),
    maxConnections: known(2),
    recipientsPerMinute: from('campus.barracuda.com, rate control by address over 30 minutes; the number is general knowledge', 120),
    errorBudget: known(5),
  },
  cisco: { maxConnections: from('cisco.com, directory harvest attack prevention: invalid recipients an hour by address', 3), errorBudget: known(5) },
  symantec: { joinedBy: known('addresses'), maxConnections: known(3), errorBudget: known(5) },
  trendmicro: { maxConnections: known(3), errorBudget: known(5) },
  sophos: { maxConnections: known(3), errorBudget: known(5) },
  forcepoint: { maxConnections: known(3), errorBudget: known(5) },
  hornetsecurity: { maxConnections: known(3), errorBudget: known(5) },
  spamexperts: { maxConnections: known(3), errorBudget: known(5) },
};
