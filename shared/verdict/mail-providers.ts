// Who runs a mail server, told by its MX host name: mailbox providers, and gateways that filter mail for others' servers.
// The one source of their ids, names and patterns: flags, the engine's rules of politeness and the explanations use it.
// Always holds: a pattern matches whole labels at the end of a name, so no stranger's name can pass for a provider's;
// names that customers' own machines get (ovh's VPS, secureserver's hosting) are left out. Data only; never asks anybody.

export interface MailProvider {
  /** Stable: part of the public flags `provider:<id>` and `gateway:<id>`. */
  readonly id: string;
  /** As it is shown to people. */
  readonly name: string;
  /** `gateway`: filters for a server behind it, so what it says of a mailbox may be its own guess. */
  readonly kind: 'provider' | 'gateway';
  /** Matches the lower-case MX host name without a trailing dot. */
  readonly mxPattern: RegExp;
  /** Where the MX names are documented or were seen. */
  readonly source: string;
  /** True where its hosts do not all know the same mailboxes (a spool beside the server itself), so that what one of
   *  them says proves nothing of another. */
  readonly separateHosts?: true;
}

export const MAIL_PROVIDERS = [
  { id: 'google', name: 'Google (Gmail, Workspace)', kind: 'provider', mxPattern: /(?:^|\.)(?:google|googlemail)\.com$/, source: 'support.google.com/a/answer/174125' },
  { id: 'microsoft-consumer', name: 'Outlook.com (Hotmail, Live)', kind: 'provider', mxPattern: /\.olc\.protection\.outlook\.com$/, source: 'MX of outlook.com, hotmail.com and live.com' },
  { id: 'microsoft-365', name: 'Microsoft 365', kind: 'provider', mxPattern: /\.(?:mail\.protection\.(?:outlook\.(?:com|de)|partner\.outlook\.cn|office365\.us)|mail\.eo\.outlook\.com|mx\.microsoft)$/, source: 'learn.microsoft.com, external DNS records of Microsoft 365' },
  { id: 'yahoo', name: 'Yahoo (AOL and hosted)', kind: 'provider', mxPattern: /\.yahoodns\.net$/, source: 'MX of yahoo.com and aol.com; senders.yahooinc.com' },
  { id: 'icloud', name: 'Apple iCloud', kind: 'provider', mxPattern: /\.(?:icloud|me)\.com$/, source: 'support.apple.com/102374 (custom domains)' },
  { id: 'mailru', name: 'Mail.ru (VK)', kind: 'provider', mxPattern: /(?:^|\.)(?:mxs?|emx)\.mail\.ru$/, source: 'MX of mail.ru; help.mail.ru (mail for domains)' },
  { id: 'yandex', name: 'Yandex', kind: 'provider', mxPattern: /(?:^|\.)mx\.yandex\.(?:ru|net|com|by|kz|uz)$/, source: 'yandex.com/support, MX record of Yandex 360' },
  { id: 'zoho', name: 'Zoho', kind: 'provider', mxPattern: /(?:^|\.)mx\d?\.zoho(?:corp|cloud)?\.(?:com(?:\.au|\.cn)?|eu|in|jp|ca|sa|ae|uk)$/, source: 'zoho.com/mail/help/adminconsole, MX by data centre' },
  { id: 'fastmail', name: 'Fastmail', kind: 'provider', mxPattern: /\.messagingengine\.com$/, source: 'fastmail.help, manual DNS configuration' },
  { id: 'proton', name: 'Proton Mail', kind: 'provider', mxPattern: /(?:^|\.)protonmail\.ch$/, source: 'proton.me/support/custom-domain' },
  { id: 'gmx', name: 'GMX, web.de and mail.com', kind: 'provider', mxPattern: /\.(?:gmx\.net|web\.de)$|(?:^|\.)mx0\d\.mail\.com$/, source: 'MX of gmx.net, web.de and mail.com; postmaster.gmx.net' },
  { id: 'ionos', name: 'IONOS (1&1)', kind: 'provider', mxPattern: /(?:^|\.)mx\d*\.(?:ionos\.(?:com|de|fr|es|it|ca|mx|co\.uk)|kundenserver\.de|1and1\.(?:com|fr|es|it|co\.uk)|perfora\.net)$/, source: 'ionos.com/help, MX records of IONOS mail' },
  { id: 'ovh', name: 'OVHcloud', kind: 'provider', mxPattern: /(?:^mx\d+|\.mail)\.ovh\.(?:net|ca|us)$/, source: 'help.ovhcloud.com, MX records of MX Plan and Exchange' },
  { id: 'qq', name: 'QQ Mail (Tencent)', kind: 'provider', mxPattern: /(?:^|\.)mx(?:biz)?\d*\.qq\.com$/, source: 'MX of qq.com; exmail.qq.com help' },
  { id: 'netease', name: 'NetEase (163, 126)', kind: 'provider', mxPattern: /\.mxmail\.netease\.com$|(?:^|\.)mx\.ym\.163\.com$/, source: 'MX of 163.com and 126.com; qiye.163.com help' },
  { id: 'aliyun', name: 'Alibaba Mail', kind: 'provider', mxPattern: /\.(?:mxhichina\.com|qiye\.aliyun\.com)$|(?:^|\.)mx\d?\.mail\.aliyun\.com$/, source: 'help.aliyun.com, MX records of Alibaba Mail' },
  { id: 'naver', name: 'Naver', kind: 'provider', mxPattern: /(?:^|\.)mx\d*\.naver\.com$/, source: 'MX of naver.com' },
  { id: 't-online', name: 'Telekom (t-online.de)', kind: 'provider', mxPattern: /(?:^|\.)mx\d+\.t-online\.de$/, source: 'MX of t-online.de; postmaster.t-online.de' },
  { id: 'orange', name: 'Orange', kind: 'provider', mxPattern: /(?:^|\.)smtp-in\.orange\.fr$/, source: 'MX of orange.fr and wanadoo.fr' },
  { id: 'laposte', name: 'La Poste', kind: 'provider', mxPattern: /(?:^|\.)smtpz\d*\.laposte\.net$/, source: 'MX of laposte.net' },
  { id: 'comcast', name: 'Comcast (Xfinity)', kind: 'provider', mxPattern: /(?:^|\.)mx\d\w*\.comcast\.net$/, source: 'MX of comcast.net; postmaster.comcast.net' },
  { id: 'seznam', name: 'Seznam', kind: 'provider', mxPattern: /(?:^|\.)mx\d?\.seznam\.cz$/, source: 'MX of seznam.cz' },
  { id: 'rackspace', name: 'Rackspace Email', kind: 'provider', mxPattern: /(?:^|\.)mx\d\.emailsrvr\.com$/, source: 'docs.rackspace.com, DNS records for Cloud Office email' },
  { id: 'godaddy', name: 'GoDaddy', kind: 'provider', mxPattern: /^(?:smtp|mailstore1)\.(?:[a-z]+\.)?secureserver\.net$/, source: 'godaddy.com/help, MX records of Workspace Email' },
  { id: 'amazon', name: 'Amazon (SES, WorkMail)', kind: 'provider', mxPattern: /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/, source: 'docs.aws.amazon.com/ses, receiving MX record' },
  { id: 'gandi', name: 'Gandi', kind: 'provider', mxPattern: /^(?:spool|fb)\.mail\.gandi\.net$/, source: 'docs.gandi.net, MX records (spool and fallback)', separateHosts: true },
  { id: 'migadu', name: 'Migadu', kind: 'provider', mxPattern: /^aspmx\d\.migadu\.com$/, source: 'migadu.com/guides, DNS records' },
  { id: 'mailbox-org', name: 'mailbox.org', kind: 'provider', mxPattern: /^mxext\d\.mailbox\.org$/, source: 'kb.mailbox.org, custom domains' },

  { id: 'mimecast', name: 'Mimecast', kind: 'gateway', mxPattern: /\.mimecast(?:-offshore)?\.(?:com|co\.za)$/, source: 'community.mimecast.com, inbound MX by region' },
  { id: 'proofpoint', name: 'Proofpoint', kind: 'gateway', mxPattern: /\.(?:g?pphosted|ppe-hosted)\.com$/, source: 'help.proofpoint.com, MX of Protection Server and Essentials' },
  { id: 'barracuda', name: 'Barracuda', kind: 'gateway', mxPattern: /\.ess(?:\.[a-z]{2})?\.barracudanetworks\.com$/, source: 'campus.barracuda.com, Email Gateway Defense MX records' },
  { id: 'trendmicro', name: 'Trend Micro', kind: 'gateway', mxPattern: /(?:^|\.)in\.(?:hes|tmes)(?:-[a-z]+)?\.trendmicro\.(?:com|eu)$/, source: 'docs.trendmicro.com, Email Security MX records' },
  { id: 'symantec', name: 'Symantec (MessageLabs)', kind: 'gateway', mxPattern: /\.messagelabs\.com$/, source: 'techdocs.broadcom.com, Email Security.cloud MX records' },
  { id: 'cisco', name: 'Cisco Secure Email (IronPort)', kind: 'gateway', mxPattern: /\.iphmx\.com$/, source: 'cisco.com, Cloud Email Security MX records' },
  { id: 'sophos', name: 'Sophos', kind: 'gateway', mxPattern: /\.prod\.hydra\.sophos\.com$|\.reflexion\.net$/, source: 'docs.sophos.com, Sophos Email MX by region' },
  { id: 'forcepoint', name: 'Forcepoint', kind: 'gateway', mxPattern: /\.mailcontrol\.com$/, source: 'help.forcepoint.com, cust<id>-<n>.in.mailcontrol.com' },
  { id: 'spamexperts', name: 'SpamExperts (Mail Assure)', kind: 'gateway', mxPattern: /(?:^|\.)(?:spamexperts\.(?:com|eu|net)|antispamcloud\.com|mtaroutes\.com)$/, source: 'documentation.n-able.com, default MX host names' },
  { id: 'hornetsecurity', name: 'Hornetsecurity', kind: 'gateway', mxPattern: /\.(?:hornetsecurity|antispameurope)\.com$/, source: 'support.hornetsecurity.com, MX records by region' },
  { id: 'retarus', name: 'Retarus', kind: 'gateway', mxPattern: /\.retarus\.com$/, source: 'docs.retarus.com, inbound MX' },
  { id: 'trellix', name: 'Trellix (McAfee, FireEye)', kind: 'gateway', mxPattern: /\.(?:mxlogic(?:mx)?\.net|email\.fireeyecloud\.com)$/, source: 'docs.trellix.com, Email Security Cloud MX; MXLogic host names' },
  { id: 'fortimail', name: 'FortiMail Cloud', kind: 'gateway', mxPattern: /\.(?:fortimail|fortimailcloud)\.com$/, source: 'docs.fortinet.com, FortiMail Cloud MX records' },
  { id: 'cloudflare', name: 'Cloudflare', kind: 'gateway', mxPattern: /\.mx\.cloudflare\.net$|(?:^|\.)mailstream-[a-z]+\.mxrecord\.(?:io|mx)$/, source: 'developers.cloudflare.com, Email Routing and Area 1 MX records' },
  { id: 'topsec', name: 'Topsec', kind: 'gateway', mxPattern: /\.topsec\.com$/, source: 'topsec.com, managed email security MX' },
  { id: 'mailprotector', name: 'Mailprotector', kind: 'gateway', mxPattern: /\.emailservice\.(?:io|co|cc)$/, source: "support.mailprotector.com, Mailprotector's MX records" },
  { id: 'vade', name: 'Vade', kind: 'gateway', mxPattern: /\.vadesecure\.com$/, source: 'vadesecure.com, Vade Cloud MX records' },
  { id: 'spamtitan', name: 'SpamTitan', kind: 'gateway', mxPattern: /\.spamtitan\.com$/, source: 'docs.titanhq.com, SpamTitan Cloud MX records' },
  { id: 'appriver', name: 'Zix (AppRiver)', kind: 'gateway', mxPattern: /\.(?:appriver|arsmtp)\.com$/, source: 'support.appriver.com, SecureTide MX records' },
  { id: 'mailroute', name: 'MailRoute', kind: 'gateway', mxPattern: /(?:^|\.)mail\.mailroute\.net$/, source: 'support.mailroute.net, MX records' },
  { id: 'check-point', name: 'Check Point Harmony (Avanan)', kind: 'gateway', mxPattern: /\.cloud-sec-av\.com$/, source: 'sc1.checkpoint.com, Harmony Email inline DNS' },
] as const satisfies readonly MailProvider[];

type Known = (typeof MAIL_PROVIDERS)[number];
export type MailProviderId = Known['id'];

/** In the order of the table. */
export const MAIL_PROVIDER_IDS: readonly MailProviderId[] = MAIL_PROVIDERS.map(({ id }) => id);

/** `provider:google`, `gateway:mimecast` …: part of the public interface (exports). */
export type MailFlag = Known extends infer P ? (P extends { kind: infer K extends string; id: infer I extends string } ? `${K}:${I}` : never) : never;

/** The flag that says who runs a server of this provider. */
export function mailFlagOf(provider: Pick<Known, 'kind' | 'id'>): MailFlag {
  return `${provider.kind}:${provider.id}` as MailFlag;
}

/** In the order of the table. */
export const MAIL_FLAGS: readonly MailFlag[] = MAIL_PROVIDERS.map(mailFlagOf);

/** What each of these flags is called when it is shown; names of companies are the same in every language. */
export const MAIL_FLAG_NAMES = Object.fromEntries(MAIL_PROVIDERS.map((provider) => [mailFlagOf(provider), provider.name])) as Readonly<Record<MailFlag, string>>;

const BY_FLAG: ReadonlyMap<string, Known> = new Map(MAIL_PROVIDERS.map((provider) => [mailFlagOf(provider), provider]));

/** The provider that a flag names; null for every other flag. */
export function providerOfFlag(flag: string): (MailProvider & { readonly id: MailProviderId }) | null {
  return BY_FLAG.get(flag) ?? null;
}

/** Bounded: a run meets the same few names over and over, and fifty patterns a verdict would be felt. */
const MAX_REMEMBERED = 20_000;
const remembered = new Map<string, Known | null>();

/** Who runs this MX host (lower-case name without a trailing dot), or null. */
export function mailProviderOf(mxHost: string): (MailProvider & { readonly id: MailProviderId }) | null {
  const known = remembered.get(mxHost);
  if (known !== undefined) return known;
  const found = MAIL_PROVIDERS.find(({ mxPattern }) => mxPattern.test(mxHost)) ?? null;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(mxHost, found);
  return found;
}
