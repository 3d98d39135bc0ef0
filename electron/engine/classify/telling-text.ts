// The words of a reply that may be judged: what the server merely echoes is taken out before anybody looks at words
// (verdicts.md): addresses, IP addresses, host names, URLs. `spam@example.com` must not make a reply about spam.
// A block list's host or URL leaves the word `dnsbl`, because naming one is what such a reply says.
import { isTopLevelDomain } from '../../../shared/address/top-level-domains.ts';

/** A server says what it has to say at the start, and its last line may sum up; a trace or list between is not read. */
const HEAD_CHARACTERS = 1024;
const TAIL_CHARACTERS = 256;
/** RFC 5321 4.5.3.1: 64 octets, `@`, 255 octets. */
const LONGEST_ADDRESS = 320;

const QUOTED_ADDRESS = /"(?:[^"\\]|\\.){0,128}"@[^\s<>()[\]{}"',;:]{1,255}/gu;
const ANGLE_ADDRESS = /<[^<>]{0,320}@[^<>]{0,320}>/gu;
/** A local part or a name alone: `<jdoe> is now disabled`. */
const ANGLE_NAME = /<[\w.+-]{1,64}>/gu;
/** Begun at the start of a word only, so that each word is tried once. */
const BARE_ADDRESS = /(?<![^\s<>()[\]{}"',;:=])[^\s<>()[\]{}"',;:=]{1,320}@[^\s<>()[\]{}"',;:]{1,255}/gu;
const URL = /\b(?:https?:\/{1,2}|www\.)[^\s<>"'()\]]{1,2000}/giu;
const IPV4 = /\b(?:\d{1,3}|x{1,3})(?:[.-](?:\d{1,3}|x{1,3})){3}\b(?:\/\d{1,2})?/giu;
const IPV6 = /\b(?:ipv6:)?(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,7}\b|\b(?:[\da-f]{1,4}:){1,7}:/giu;
const HOST = /(?<![\p{L}\p{N}_.-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(\p{L}[\p{L}\d-]{1,24})\b/gu;
/** `$(_ipsrc)`, `{IP}`: placeholders in logs and documents. */
const IP_PLACEHOLDER = /\$\(_?ip(?:src)?\)>?|\{ip\}/giu;
/** An IP address is not an address: in the languages whose words for it the rules know. */
const IP_ADDRESS_WORDS =
  /\bip(?:v[46])?[ -]?(?:address(?:es)?|adressen?|adresin\w{0,6}|adresi|adres)\b|\b(?:adresse|direccion|indirizzo|endereco|adresu?|adresa) ip\b|ip[ -]?адрес\p{L}*|ip ?(?:地址|アドレス|주소)/gu;
/** What an address verification (Postfix) or a gateway adds around the next server's words. */
const RELAYED = /\bhost (?:\S{1,80} ){1,4}said: (?:\d{3}[ -])?(?:\d\.\d{1,3}\.\d{1,3} )?|\(in reply to [^)]{1,40}\)/gu;

/** Names of block lists and reputation services, in a host or URL. */
const BLOCK_LIST_NAME =
  /spamhaus|spamcop|deny-?ip|blocked-?ip|sorbs|abuseat|barracudacentral|uceprotect|backscatterer|surbl|spamrats|mailspike|senderscore|psbl|surriel|invaluement|abusix|nixspam|spfbl|gbudb|0spam|[./](?:dns|[rxspcd]|whit)?bls?\d?[./]|dnsbl|\brbl\b|(?:block|black|deny)-?list/iu;

/** Lists of domains, not of IP addresses: what stands on one is a sender (or the name given at HELO). */
const DOMAIN_LIST_NAME = /[./](?:dbl|rhsbl)\b|rhsbl|\/query\/(?:domain|dbl)\b/iu;

/** Pages that explain how a sender's domain is authenticated: `openspf.org/why.html?sender=...`. */
const SENDER_POLICY_PAGE = /open-?spf\.|\/spf[/?#]|\/why(?:\.html)?\?(?:s|sender|id)=/iu;

/** A page that looks an IP address up: of itself no more than a hint, `?ip=203.0.113.9`. */
const IP_LOOK_UP = /[?&/](?:ip|ipaddr|ip_address|q|query|lookup)=?\/?(?:\d{1,3}\.){3}\d{1,3}|[?&](?:ip|ipaddr|ip_address)=/iu;

/** For the test that each is linear in the text. */
export const ECHO_PATTERNS: readonly RegExp[] = [
  QUOTED_ADDRESS, ANGLE_ADDRESS, ANGLE_NAME, BARE_ADDRESS, URL, IPV4, IPV6, HOST, IP_PLACEHOLDER, IP_ADDRESS_WORDS, RELAYED,
  BLOCK_LIST_NAME, DOMAIN_LIST_NAME, SENDER_POLICY_PAGE, IP_LOOK_UP,
];

/** Latin letters that are no letter with a mark, and Cyrillic `ё`. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', ё: 'е' };

/**
 * At most 1,280 characters of the text: single spaces, lower case, NFKC, straight quotes, Latin letters without their
 * marks (servers write `Empfänger`, `Empfanger` and the decomposed form); only echoed addresses taken out. For the
 * telltales of known providers.
 */
export function withoutAddresses(text: string): string {
  const bounded = headAndTail(text).replaceAll(/\s+/gu, ' ');
  // Nearly all replies are ASCII, which has no other forms.
  if (IS_ASCII.test(bounded)) return echoesTaken(bounded.replaceAll('`', "'")).toLowerCase();
  // NFKC makes up to 18 characters of one.
  return echoesTaken(headAndTail(bounded.replaceAll(/[‘’´`]/gu, "'").normalize('NFKC')))
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}{1,4}/gu, '')
    .normalize('NFC')
    .replaceAll(/[ßłøđıæœё]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

const IS_ASCII = /^[\u0020-\u007e]*$/u;

function echoesTaken(text: string): string {
  if (!text.includes('@')) return text;
  return text
    // sendmail: `<joe@example.com>... User unknown`, and others the other way round.
    .replaceAll('...', ' ... ')
    .replaceAll(QUOTED_ADDRESS, ' _addr_ ')
    .replaceAll(ANGLE_ADDRESS, ' _addr_ ')
    .replaceAll(BARE_ADDRESS, (address) => (/^https?:/iu.test(address) ? address : ' _addr_ '));
}

/** Cuts no word up to the length of an address, so that no half of one is left to be read. */
function headAndTail(text: string): string {
  if (text.length <= HEAD_CHARACTERS + TAIL_CHARACTERS) return text;
  const head = text.slice(0, HEAD_CHARACTERS);
  const tail = text.slice(-TAIL_CHARACTERS);
  const space = head.lastIndexOf(' ');
  // Chinese and Japanese have no spaces.
  return `${space < HEAD_CHARACTERS - LONGEST_ADDRESS ? head : head.slice(0, space)} ${tail.slice(tail.indexOf(' ') + 1)}`;
}

/** From `withoutAddresses`: IP addresses, hosts and URLs taken out too, as `_ip_`, `_host_`, `_url_`, `dnsbl` and `rhsbl`. */
export function tellingText(plain: string): string {
  return withoutHosts(plain)
    .replaceAll(ANGLE_NAME, ' _addr_ ')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(RELAYED, ' ')
    // Of Postfix's frame only the word after it tells; an IP address is not an address.
    .replaceAll('recipient address rejected', '_rcpt_')
    .replaceAll(IP_ADDRESS_WORDS, 'ip')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function listNamed(hostOrUrl: string): string | null {
  if (DOMAIN_LIST_NAME.test(hostOrUrl)) return ' rhsbl ';
  return BLOCK_LIST_NAME.test(hostOrUrl) ? ' dnsbl ' : null;
}

/** Each pattern is run only where the text holds a character without which it cannot match. */
function withoutHosts(plain: string): string {
  let text = plain;
  if (text.includes('/') || text.includes('www.')) {
    text = text.replaceAll(URL, (url) => listNamed(url) ?? (SENDER_POLICY_PAGE.test(url) ? ' spf ' : IP_LOOK_UP.test(url) ? ' _lookup_ ' : ' _url_ '));
  }
  text = text.replaceAll(IP_PLACEHOLDER, ' _ip_ ').replaceAll(IPV4, ' _ip_ ');
  if (text.includes(':')) text = text.replaceAll(IPV6, ' _ip_ ');
  if (!text.includes('.')) return text;
  return text.replaceAll(HOST, (host, tld: string) => (isTopLevelDomain(tld) ? (listNamed(`.${host}.`) ?? ' _host_ ') : host));
}
