// What the preflight says, in English: for each finding what was found, what it means, and what to do about it. A check
// that is all right has nothing to do. Speaks of this machine and this network, never of anybody's address.
import type { CheckId, CheckState, Finding } from '../preflight/findings.ts';
import type { CheckFacts } from '../preflight/report.ts';

export interface FindingWords {
  readonly found: string;
  readonly means: string;
  /** '' where nothing is to be done. */
  readonly advice: string;
}

type FindingText = (facts: CheckFacts) => FindingWords;

const text = (found: string, means: string, advice = ''): FindingWords => ({ found, means, advice });
const list = (items: readonly string[] | undefined): string => (items ?? []).join(', ');
const saying = (detail: string | undefined): string => (detail === undefined || detail === '' ? '' : ` (${detail})`);

const USE_ANOTHER_NETWORK = 'Use a machine or a network where port 25 is open, such as a server of your own, or a SOCKS proxy that leads to one (Preferences). Until then, “Check DNS only” finds the addresses whose domain takes no mail.';
const SET_IDENTITY = 'Open Preferences, Identity.';
const ASK_ADDRESS_OWNER = 'Whoever gave you this address (your hosting or Internet provider) can set it.';

const FINDINGS: Readonly<Record<Finding, FindingText>> = {
  port25_open: ({ spoke = 0 }) => text(`All ${spoke} mail servers that were visited answered.`, 'Mail servers can be asked from here.'),
  port25_partly: ({ spoke = 0, hosts = [] }) => text(`${spoke} of ${hosts.length} mail servers that were visited answered.`, 'Port 25 is open from here. The others may be down, or do not like this address.'),
  port25_refused: ({ hosts }) => text(`Connections to mail servers are refused: ${list(hosts)}.`, 'A firewall on this machine or in this network forbids outgoing port 25. No mail server can be asked from here.', USE_ANOTHER_NETWORK),
  port25_silent: ({ hosts }) => text(`No mail server answered: ${list(hosts)}.`, 'This network drops connections to port 25 without a word, as most home, office and cloud networks do. No mail server can be asked from here.', USE_ANOTHER_NETWORK),
  port25_unreachable: ({ hosts, detail }) => text(`No mail server could be reached: ${list(hosts)}${saying(detail)}.`, 'This machine has no way to them: it may be offline.', 'Look whether this machine is online, then check again.'),
  port25_proxy: ({ detail }) => text(`The proxy did not connect us to any mail server${saying(detail)}.`, 'Everything goes through the proxy that you have set, and nothing past it.', 'Look at the proxy in Preferences, and ask who runs it whether it lets port 25 through.'),
  port25_mute: ({ hosts, detail }) => text(`Mail servers take the connection and then say nothing that can be understood: ${list(hosts)}${saying(detail)}.`, 'Something in between takes connections to port 25 and does not pass them on: a firewall, an antivirus program or a portal.', `Switch off the mail protection of the antivirus program, or sign in to this network. ${USE_ANOTHER_NETWORK}`),
  port25_no_hosts: () => text('DNS named no mail server to visit.', 'It could not be found out whether port 25 is open.', 'Look whether this machine is online and DNS answers, then check again.'),

  portal_none: () => text('Mail servers answer in words of their own.', 'Nobody answers in their place.'),
  portal_impossible_host: ({ ip = '', greeting }) => text(`Somebody answers on port 25 at ${ip}, where nobody can be${greeting === undefined ? '' : `: “${greeting}”`}.`, 'A portal or a proxy in this network answers for every mail server. What it says of addresses is worthless.', `Sign in to this network if it asks for that. ${USE_ANOTHER_NETWORK}`),
  portal_same_greeting: ({ greeting = '', hosts }) => text(`Unrelated mail servers greet with the same words: “${greeting}” (${list(hosts)}).`, 'A portal or a proxy in this network answers for every mail server. What it says of addresses is worthless.', `Sign in to this network if it asks for that. ${USE_ANOTHER_NETWORK}`),
  portal_masked: ({ greeting = '' }) => text(`The greetings of mail servers are masked: “${greeting}”.`, 'A firewall inspects the connections (Cisco’s “SMTP inspection” does this). Answers may be changed on their way.', 'Ask who runs the firewall to switch off the inspection of outgoing SMTP.'),
  portal_unknown: () => text('Too few mail servers answered to compare them.', 'Whether somebody answers in their place could not be found out.'),

  dns_honest: () => text('A name that cannot exist was answered as it should be.', 'DNS can be trusted when it says that a domain does not exist.'),
  dns_hijacked: () => text('The DNS server gives an address for a name that cannot exist.', 'It would hide missing domains. As long as it is used, no address is called undeliverable because its domain does not exist.', 'Set another DNS server in Preferences, best one of your own or of your company.'),
  dns_silent: () => text('The DNS server did not answer.', 'Without DNS nothing can be found out about any address.', 'Look whether this machine is online, or set another DNS server in Preferences.'),

  public_ip_found: ({ ip = '' }) => text(`Mail servers see this machine as ${ip}.`, 'This is the address that they judge.'),
  public_ip_several: ({ ip = '', others }) => text(`Mail servers see this machine as ${ip}, and also as ${list(others)}.`, 'Connections leave by changing addresses. Greylisting servers, which want to see the same one again, may never let you in.', 'Ask your provider for one fixed address, or set the address to leave by in Preferences.'),
  public_ip_unknown: () => text('No mail server told by which address it sees this machine.', 'What hangs on the address could not be checked.'),

  ptr_matches: ({ ip = '', helo = '' }) => text(`${ip} leads back to ${helo}, and ${helo} to ${ip}.`, 'That is what mail servers want to see.'),
  ptr_other_name: ({ ip = '', names, helo = '' }) => text(`${ip} leads back to ${list(names)}, but you greet as ${helo}.`, 'Most servers accept that; strict ones do not.', `Greet with the name that the address leads back to: ${SET_IDENTITY}`),
  ptr_unconfirmed: ({ ip = '', names }) => text(`${ip} leads back to ${list(names)}, which does not lead to ${ip}.`, 'Gmail and others refuse such addresses (550 5.7.25).', `The name needs an A or AAAA record with this address. ${ASK_ADDRESS_OWNER}`),
  ptr_missing: ({ ip = '' }) => text(`${ip} has no name in DNS (no PTR record).`, 'Gmail, Outlook and many others refuse such addresses.', `Have a PTR record set for ${ip}. ${ASK_ADDRESS_OWNER}`),
  ptr_unknown: ({ ip, detail }) => text(ip === undefined ? 'This machine’s public address is not known.' : `The name of ${ip} could not be looked up${saying(detail)}.`, 'Whether it has a name in DNS could not be found out.'),

  helo_ok: ({ helo = '' }) => text(`${helo} has this machine’s address.`, 'That is what mail servers want to see.'),
  helo_resolves: ({ helo = '', others }) => text(`${helo} is a real name (${list(others)}).`, 'Whether that is this machine could not be compared.'),
  helo_other_address: ({ helo = '', others, ip = '' }) => text(`${helo} has the address ${list(others)}, but mail servers see ${ip}.`, 'Most servers accept that; strict ones do not.', `Greet with a name that has the address ${ip}: ${SET_IDENTITY}`),
  helo_not_set: ({ helo = '' }) => text(`No name to greet with is set; “${helo}” is said instead.`, 'Many servers refuse a greeting with a name that does not exist.', `Set the full name of this machine, such as mail.example.com. ${SET_IDENTITY}`),
  helo_no_address: ({ helo = '' }) => text(`${helo} has no address in DNS.`, 'Many servers refuse a greeting with a name that does not exist.', `Set a name that exists, or give ${helo} an A record. ${SET_IDENTITY}`),
  helo_unknown: ({ helo = '', detail }) => text(`${helo} could not be looked up${saying(detail)}.`, 'Whether it is a real name could not be found out.'),

  mail_from_ok: ({ domain = '' }) => text(`${domain} takes mail.`, 'That is what mail servers want to see of a sender.'),
  mail_from_implicit: ({ domain = '' }) => text(`${domain} has no MX record; its own address takes its mail.`, 'Allowed, but some servers want an MX record.', `Give ${domain} an MX record.`),
  mail_from_empty: () => text('No sender address is set.', 'The empty sender is used, with one recipient at a time, which is slow; some servers refuse it.', `Set an address of yours that takes mail. ${SET_IDENTITY}`),
  mail_from_no_domain: ({ domain = '' }) => text(`The sender’s domain ${domain} does not exist.`, 'Nearly every server refuses such a sender.', `Set an address of a domain that exists. ${SET_IDENTITY}`),
  mail_from_no_mx: ({ domain = '' }) => text(`The sender’s domain ${domain} takes no mail.`, 'Many servers refuse a sender that could not be answered.', `Give ${domain} an MX record, or set another sender. ${SET_IDENTITY}`),
  mail_from_unknown: ({ domain = '', detail }) => text(`${domain} could not be looked up${saying(detail)}.`, 'Whether it takes mail could not be found out.'),

  spf_pass: ({ domain = '', ip = '' }) => text(`The SPF record of ${domain} allows ${ip}.`, 'Mail servers see that you may use this sender.'),
  spf_none: ({ domain = '' }) => text(`${domain} has no SPF record.`, 'Gmail and others trust such senders less.', `Give ${domain} a TXT record such as “v=spf1 ip4:YOUR-ADDRESS -all”.`),
  spf_neutral: ({ domain = '', ip = '' }) => text(`The SPF record of ${domain} says nothing of ${ip}.`, 'Mail servers treat that as if there were no record.', `Add ip4:${ip} to it.`),
  spf_softfail: ({ domain = '', ip = '' }) => text(`The SPF record of ${domain} does not name ${ip} (softfail).`, 'Some servers refuse such a sender or look closer.', `Add ip4:${ip} to it, or set another sender.`),
  spf_fail: ({ domain = '', ip = '' }) => text(`The SPF record of ${domain} forbids ${ip} (fail).`, 'Many servers refuse the sender at once.', `Add ip4:${ip} to it, or set another sender.`),
  spf_permerror: ({ domain = '', detail }) => text(`The SPF record of ${domain} is broken${saying(detail)}.`, 'Mail servers cannot use it; some refuse the sender.', 'Mend the record (RFC 7208).'),
  spf_temperror: ({ domain = '', detail }) => text(`The SPF record of ${domain} could not be read to its end${saying(detail)}.`, 'It could not be found out what it says.', 'Check again later.'),
  spf_macro: ({ domain = '', detail }) => text(`The SPF record of ${domain} hangs on something that only a receiving server can work out${saying(detail)}.`, 'Whether it allows this machine cannot be told from here.'),
  spf_ip_unknown: ({ domain = '' }) => text('This machine’s public address is not known.', `Whether the SPF record of ${domain} allows it could not be found out.`),
  spf_no_domain: () => text('There is no sender to look up.', 'Neither a sender address nor a name to greet with is set.'),

  block_lists_clean: ({ ip = '', names }) => text(`${ip} is on none of the lists that answered: ${list(names)}.`, 'Nobody calls this address a spammer’s.'),
  block_lists_listed: ({ ip = '', listed }) => text(`${ip} is on a block list: ${list(listed)}.`, 'Many mail servers will refuse this machine. That says nothing of the addresses you ask about: they become “unknown”.', 'Look the address up on the list’s own web page: it says why, and how to be taken off. Or use another address.'),
  block_lists_policy: ({ ip = '', listed }) => text(`${ip} is listed as a line that does not send mail itself: ${list(listed)}.`, 'Many mail servers refuse home and dynamic lines.', 'Use a machine with a fixed address that is meant for mail. Spamhaus takes a fixed address off the PBL on request.'),
  block_lists_refused: ({ refused }) => text(`The block lists do not answer this DNS server: ${list(refused)}.`, 'Block lists turn public DNS servers away. Whether the address is listed could not be found out; this is not a listing.', 'Set a DNS server of your own or of your provider in Preferences to have this checked.'),
  block_lists_silent: () => text('No block list gave an answer.', 'Whether the address is listed could not be found out.'),
  block_lists_ip_unknown: () => text('This machine’s public address is not known.', 'Whether it is on a block list could not be found out.'),

  gave_up: ({ detail }) => text(`This did not come to its end in time${saying(detail)}.`, 'It could not be found out.', 'Check again.'),
};

export const enPreflight = {
  title: 'Is this machine ready to ask mail servers?',
  titleShort: 'Readiness',
  intro: 'A few well-known mail servers were greeted and left again; nothing was asked about any address.',
  introPractice: 'A few servers of the practice world were greeted and left again.',
  checking: 'Checking this network…',
  notChecked: 'This network was not checked yet.',
  check: 'Check',
  checkAgain: 'Check Again',
  close: 'Close',
  details: 'Details',
  allGood: 'This network is ready.',
  toLookAt: (count: number) => (count === 1 ? '1 thing to look at' : `${String(count)} things to look at`),
  unclear: (count: number) => (count === 1 ? '1 thing could not be found out' : `${String(count)} things could not be found out`),
  blocked: 'Mail servers cannot be asked from here.',
  checkedAt: (time: string) => `Checked at ${time}`,
  dnsOnly: 'Check DNS Only',
  dnsOnlyHint: 'Finds addresses that cannot exist and domains that take no mail, without asking any mail server. The rest stays open and can be verified later.',
  startAnyway: 'Start Anyway',
  toDo: 'What to do',
  failed: 'The check could not be made.',
  states: { ok: 'All right', warning: 'Look at this', failed: 'Problem', unknown: 'Not known', skipped: 'Left out' } satisfies Readonly<Record<CheckState, string>>,
  checks: {
    port25: 'Way to mail servers (port 25)',
    portal: 'Portal or proxy in between',
    dns: 'Honest DNS',
    public_ip: 'Own public address',
    ptr: 'Name of the address (PTR)',
    helo: 'Name to greet with',
    mail_from: 'Sender’s domain',
    spf: 'Sender policy (SPF)',
    block_lists: 'Block lists',
  } satisfies Readonly<Record<CheckId, string>>,
  /** What was found, what it means, what to do. */
  finding: (finding: Finding, facts: CheckFacts): FindingWords => FINDINGS[finding](facts),
};
