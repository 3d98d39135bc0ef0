// Each reason of the taxonomy in English: a short name for tables, what was asked and answered, what that means, and
// what to do. `undeliverable` is worded as a fact about the address; `unknown` never is: it speaks of us and of the way.
import type { Reason } from '../verdict/verdict.ts';

export interface ReasonWords {
  /** For a table's cell. */
  readonly label: string;
  /** What was asked and what was answered. */
  readonly happened: string;
  readonly means: string;
  readonly advice: string;
}

const reason = (label: string, happened: string, means: string, advice: string): ReasonWords => ({ label, happened, means, advice });

/** All syntax reasons: nobody was asked. */
const syntax = (label: string, fault: string): ReasonWords =>
  reason(
    label,
    `Nobody was asked: ${fault}`,
    'No mail server could accept an address that is written like this.',
    'Correct the address if you can tell what was meant; otherwise remove it.',
  );

/** All refusals of us: the address itself is never blamed. */
const aboutUs = (label: string, happened: string, advice: string): ReasonWords =>
  reason(label, happened, 'This is about the machine that asks, not about the address. The mailbox may well exist.', advice);

const keepAndAskAgain = 'Keep the address. Verify the list again later.';

export const enReasons: Readonly<Record<Reason, ReasonWords>> = {
  accepted: reason(
    'Accepted',
    'The mail server was asked whether it would take a message for this address, and said yes. It said no to an address that cannot exist.',
    'The mailbox exists and takes mail.',
    'Safe to send.',
  ),
  accepted_busy: reason(
    'Accepted, busy',
    'The mail server said that this mailbox is receiving mail too fast at the moment.',
    'The mailbox exists: a server says that of existing mailboxes only.',
    'Safe to send, not in a great hurry.',
  ),

  syntax_no_at: syntax('No @', 'the address has no @ sign.'),
  syntax_multiple_at: syntax('More than one @', 'the address has more than one @ sign.'),
  syntax_no_local: syntax('Nothing before the @', 'there is nothing before the @ sign.'),
  syntax_no_domain: syntax('Nothing after the @', 'there is nothing after the @ sign.'),
  syntax_local_too_long: syntax('Too long before the @', 'the part before the @ is longer than the 64 characters that the standard allows.'),
  syntax_domain_too_long: syntax('Domain too long', 'the domain is longer than the standard allows.'),
  syntax_too_long: syntax('Address too long', 'the address is longer than the 254 characters that the standard allows.'),
  syntax_bad_character: syntax('Forbidden character', 'the address has a character that must not stand there.'),
  syntax_space: syntax('Space inside', 'the address has a space inside.'),
  syntax_dots: syntax('Misplaced dot', 'a dot stands at the start or at the end of a part, or next to another dot.'),
  syntax_quotes: syntax('Broken quotes', 'the address has quotation marks that do not belong together.'),
  syntax_hyphen: syntax('Misplaced hyphen', 'a part of the domain starts or ends with a hyphen.'),
  syntax_no_tld: syntax('No top-level domain', 'the domain has no ending such as .com.'),
  syntax_bad_tld: syntax('No such ending', 'the domain’s ending does not exist on the internet.'),
  syntax_domain_literal: syntax('IP address as domain', 'there is an IP address in the place of the domain.'),
  syntax_bad_idn: syntax('Broken international domain', 'the international domain name is not written as the standard demands.'),

  domain_not_found: reason(
    'Domain does not exist',
    'DNS was asked for the domain twice, and said both times that it does not exist.',
    'No mail can reach any address at this domain.',
    'Look for a typing mistake in the domain; otherwise remove the address.',
  ),
  no_mail_server: reason(
    'No mail server',
    'DNS was asked who takes mail for the domain, and named nobody: no mail server and no address.',
    'The domain exists but takes no mail.',
    'Remove the address.',
  ),
  null_mx: reason(
    'Domain refuses all mail',
    'The domain says in DNS, or its server says, that it takes no mail at all.',
    'The owner has switched mail off for the whole domain.',
    'Remove the address.',
  ),
  unroutable_mx: reason(
    'Mail server out of reach for all',
    'DNS names only mail servers that nobody on the internet can reach.',
    'No mail can reach any address at this domain.',
    'Remove the address.',
  ),
  mailbox_not_found: reason(
    'Mailbox does not exist',
    'The mail server was asked about this very address, and refused it for good: it has no such mailbox.',
    'A message to it would bounce.',
    'Remove the address.',
  ),
  mailbox_disabled: reason(
    'Mailbox disabled',
    'The mail server was asked about this very address, and said that the mailbox is switched off.',
    'A message to it would bounce. The person may have left.',
    'Remove the address, or ask for a new one.',
  ),
  domain_not_accepting: reason(
    'Server does not serve the domain',
    'The mail server that DNS names said that it does not take mail for this domain at all.',
    'A message to it would bounce.',
    'Remove the address, or tell the domain’s owner if you know them.',
  ),

  accept_all: reason(
    'Accepts everybody',
    'The mail server said yes to this address, and also to an address that cannot exist.',
    'It accepts everything at first, so nobody can tell from outside whether the mailbox exists.',
    'Send if the address comes from a good source, in small portions, and watch for bounces.',
  ),
  accepted_unproven: reason(
    'Accepted, not proven',
    'The mail server said yes, but gave no clear answer about an address that cannot exist.',
    'The mailbox probably exists; the server may also accept everybody.',
    'Probably good. Verify again later if you want to be sure.',
  ),
  mailbox_full: reason(
    'Mailbox full',
    'The mail server said that this mailbox is full.',
    'The mailbox exists, but a message would not arrive now. It may be abandoned.',
    'Try again in some weeks.',
  ),
  role: reason(
    'Shared mailbox',
    'The mail server accepts the address. Its name (such as info or sales) is that of a function, not of a person.',
    'Mail arrives, but several people may read it; complaints are more likely.',
    'Fine for business letters; think twice for a newsletter.',
  ),
  disposable: reason(
    'Disposable address',
    'The mail server accepts the address. Its domain gives away mailboxes that live for minutes or hours.',
    'Nobody is likely to read a message there tomorrow.',
    'Better left out.',
  ),
  no_reply: reason(
    'No-reply address',
    'The mail server accepts the address. Its name says that nobody reads it.',
    'Mail arrives, but no person sees it.',
    'Better left out.',
  ),
  possible_typo: reason(
    'Possible typing mistake',
    'The mail server accepts the address, but its domain looks like a misspelling of a common one.',
    'It may belong to somebody else, or to nobody.',
    'Compare it with the suggestion, and ask the person if you can.',
  ),
  possible_trap: reason(
    'Possible spam trap',
    'The address looks like those that are set up to catch senders of bought lists.',
    'A message to it can harm your reputation as a sender.',
    'Leave it out.',
  ),

  greylisted: aboutUs(
    'Greylisted',
    'The mail server asked to come back later, as it does with every sender that it does not know.',
    'It is asked again by itself. If it stays so to the end, verify the list again tomorrow.',
  ),
  rate_limited: aboutUs(
    'Asked too often',
    'The mail server, or its provider, said that it was asked too much for now.',
    'It is asked again by itself, more slowly. If it stays so, verify again tomorrow.',
  ),
  ip_blocked: aboutUs(
    'Our IP address is blocked',
    'The mail server refused the IP address of this machine, often because of a block list.',
    'Keep the address. Verify from a network whose IP address has a good name.',
  ),
  needs_ptr: aboutUs(
    'Reverse DNS missing',
    'The mail server wants the IP address of this machine to have a name in DNS.',
    'Keep the address. Ask your network provider for a reverse DNS (PTR) record.',
  ),
  helo_rejected: aboutUs(
    'Our host name was refused',
    'The mail server did not like the host name that this machine gave.',
    'Keep the address. Set a real host name under Preferences, Identity.',
  ),
  sender_rejected: aboutUs(
    'Our sender address was refused',
    'The mail server did not like the sender address that was given.',
    'Keep the address. Set a sender address of a domain of yours under Preferences, Identity.',
  ),
  tls_required: aboutUs(
    'Encryption demanded',
    'The mail server wants encryption (TLS) before it answers, and it could not be agreed on.',
    'Keep the address. Set TLS to “where it is offered” under Preferences, Connections.',
  ),
  relay_denied: aboutUs(
    'Relaying refused',
    'The mail server said that it does not pass on mail for strangers.',
    'Keep the address. The domain’s set-up may be under way; verify again later.',
  ),
  policy_rejected: aboutUs('Refused by policy', 'The mail server refused to answer, by a rule of its own.', keepAndAskAgain),
  content_rejected: aboutUs('Refused by a filter', 'A filter of the mail server refused, as if there had been a message.', keepAndAskAgain),
  blanket_reject: reason(
    'Refuses everybody',
    'The mail server said no to this address, and the same no to an address that cannot exist, without naming the reason.',
    'It answers everybody alike, so its no says nothing about this mailbox.',
    'Keep the address. Ask from another network, or send to it with care.',
  ),
  provider_unverifiable: reason(
    'Provider does not tell',
    'The provider says yes to every address and refuses only later, or forbids such questions.',
    'Nobody can tell from outside whether the mailbox exists.',
    'Keep the address if it comes from a good source, and watch for bounces.',
  ),
  no_connect: reason('Server not reached', 'No connection to any of the domain’s mail servers could be opened.', 'The servers may be down, or the way to them is blocked. That says nothing about the mailbox.', keepAndAskAgain),
  timeout: reason('No answer in time', 'The mail server did not answer in time.', 'It may be slow or overloaded. That says nothing about the mailbox.', keepAndAskAgain),
  dropped: reason('Connection dropped', 'The mail server closed the connection before it had answered.', 'It may be overloaded, or be tired of us. That says nothing about the mailbox.', keepAndAskAgain),
  protocol_error: reason('Unintelligible answer', 'The mail server’s answers did not follow the protocol.', 'No answer could be matched to this address for certain, so none was believed.', keepAndAskAgain),
  server_error: reason('Trouble at the server', 'The mail server said that something is wrong on its side.', 'That usually passes, and says nothing about the mailbox.', keepAndAskAgain),
  dns_temporary: reason('DNS did not answer', 'DNS was asked who takes mail for the domain, and gave no certain answer.', 'The name servers may be down for a while. That says nothing about the mailbox.', keepAndAskAgain),
  blocked_target: reason('Private network address', 'The domain’s mail servers have addresses in a private network, which Winnow does not dial.', 'They may be meant for use inside a company only.', 'Keep the address if it belongs to your own network; otherwise ask its owner.'),
  port25_blocked: aboutUs('Port 25 is blocked', 'This network lets no connection to mail servers out.', 'Keep the address. Verify from a network where port 25 is open.'),
  not_probed: reason(
    'Server not asked',
    'Only DNS was asked, as you chose: the domain can take mail. No mail server was asked about the mailbox.',
    'Nothing is known of the mailbox yet.',
    'Keep the address, and verify the list fully where mail servers can be asked.',
  ),
  smtputf8_unsupported: reason(
    'International address not supported',
    'The part before the @ has letters beyond ASCII, and the mail server does not support that.',
    'Mail to it can only be sent by way of a server that supports it.',
    'Keep the address; ask the person for another spelling.',
  ),
};
