// The words of a reply that may be judged: what the server merely echoes is taken out before anybody looks at words
// (verdicts.md): addresses, IP addresses, host names, URLs. `spam@example.com` must not make a reply about spam.
// A block list's host or URL leaves the word `dnsbl`, because naming one is what such a reply says.
import { isTopLevelDomain } from '../../../shared/address/top-level-domains.ts';

/** More than any server's message; what follows is a stack trace or a list of addresses. */
const MAX_CHARACTERS = 3000;

const QUOTED_ADDRESS = /"(?:[^"\\]|\\.){0,128}"@[^\s<>()[\]{}"',;:]{1,255}/gu;
const ANGLE_ADDRESS = /<[^<>]{0,320}@[^<>]{0,320}>/gu;
/** A local part or a name alone: `<jdoe> is now disabled`. */
const ANGLE_NAME = /<[\w.+-]{1,64}>/gu;
const BARE_ADDRESS = /[^\s<>()[\]{}"',;:=]{1,128}@[^\s<>()[\]{}"',;:]{1,255}/gu;
const URL = /\b(?:https?:\/{1,2}|www\.)[^\s<>"'()\]]{1,2000}/giu;
const IPV4 = /\b(?:\d{1,3}|x{1,3})(?:[.-](?:\d{1,3}|x{1,3})){3}\b(?:\/\d{1,2})?/giu;
const IPV6 = /\b(?:ipv6:)?(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,7}\b|\b(?:[\da-f]{1,4}:){1,7}:/giu;
const HOST = /(?<![\w.-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(\p{L}[\p{L}\d-]{1,24})\b/gu;
/** `$(_ipsrc)`, `{IP}`: placeholders in logs and documents. */
const IP_PLACEHOLDER = /\$\(_?ip(?:src)?\)>?|\{ip\}/giu;
/** An IP address is not an address: in the languages whose words for it the rules know. */
const IP_ADDRESS_WORDS =
  /\bip(?:v[46])?[ -]?(?:address(?:es)?|adressen?|adres)\b|\b(?:adresse|direcci[oó]n|indirizzo|endere[cç]o|adres) ip\b|ip[ -]?адрес\p{L}*|ip ?(?:地址|アドレス)/gu;
/** What an address verification (Postfix) or a gateway adds around the next server's words. */
const RELAYED = /\bhost (?:\S+ ?){1,4}said: (?:\d{3}[ -])?(?:\d\.\d{1,3}\.\d{1,3} )?|\(in reply to [^)]{1,40}\)/gu;

/** Names of block lists and reputation services, in a host or URL. */
const BLOCK_LIST_NAME =
  /spamhaus|spamcop|sorbs|abuseat|barracudacentral|uceprotect|backscatterer|surbl|spamrats|mailspike|senderscore|psbl|surriel|invaluement|abusix|nixspam|spfbl|gbudb|0spam|[./](?:dns|[rxspcd]|whit)?bls?\d?[./]|dnsbl|\brbl\b|(?:block|black|deny)-?list/iu;

/** Lower case, NFKC, straight quotes; only echoed addresses taken out. For the telltales of known providers. */
export function withoutAddresses(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKC')
    .replaceAll(/[‘’´`]/gu, "'")
    .replaceAll(QUOTED_ADDRESS, ' _addr_ ')
    .replaceAll(ANGLE_ADDRESS, ' _addr_ ')
    .replaceAll(BARE_ADDRESS, (address) => (/^https?:/iu.test(address) ? address : ' _addr_ '))
    .toLowerCase();
}

/** From `withoutAddresses`: IP addresses, hosts and URLs taken out too, as `_ip_`, `_host_`, `_url_` and `dnsbl`. */
export function tellingText(plain: string): string {
  return plain
    .replaceAll(URL, (url) => (BLOCK_LIST_NAME.test(url) ? ' dnsbl ' : ' _url_ '))
    .replaceAll(IP_PLACEHOLDER, ' _ip_ ')
    .replaceAll(IPV4, ' _ip_ ')
    .replaceAll(IPV6, ' _ip_ ')
    .replaceAll(HOST, (host, tld: string) => {
      if (!isTopLevelDomain(tld)) return host;
      return BLOCK_LIST_NAME.test(`.${host}.`) ? ' dnsbl ' : ' _host_ ';
    })
    .replaceAll(ANGLE_NAME, ' _addr_ ')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(RELAYED, ' ')
    // Of Postfix's frame only the word after it tells; an IP address is not an address.
    .replaceAll('recipient address rejected', '_rcpt_')
    .replaceAll(IP_ADDRESS_WORDS, 'ip')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
