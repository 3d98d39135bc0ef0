// Our own public address, as mail servers name it: most say in their reply to EHLO, some in the greeting, to whom they
// speak ("at your service, [203.0.113.7]", "Hello host.example [203.0.113.7]", "Hello [IPv6:2001:db8::7]").
// Reads only; what is no address, is private, or is the server's own is left out.
import ipaddr from 'ipaddr.js';
import type { Visit } from './types.ts';

const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g;
/** In brackets only: bare, too much looks like one. */
const IPV6 = /[[(](?:IPv6:)?([0-9a-f:.]*:[0-9a-f:.]+)[\])]/gi;

/** Addresses in one server's words, in their order, in canonical form. */
export function addressesIn(text: string): readonly string[] {
  const found = [...text.matchAll(IPV4)].map(([ip]) => ip).filter((ip) => ipaddr.IPv4.isValidFourPartDecimal(ip));
  for (const [, ip = ''] of text.matchAll(IPV6)) {
    if (!ipaddr.IPv6.isValid(ip)) continue;
    const parsed = ipaddr.IPv6.parse(ip);
    found.push(parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : parsed.toString());
  }
  return [...new Set(found)];
}

/** The addresses by which servers saw us, the one that most of them saw first. */
export function ownAddresses(visits: readonly Visit[], canBeOwn: (ip: string) => boolean): readonly string[] {
  const votes = new Map<string, number>();
  for (const { ip: theirs, meeting } of visits) {
    if (meeting.kind !== 'spoke') continue;
    // The first line of EHLO's reply greets us; the others are keywords, and some hold addresses of other things.
    const words = [meeting.ehlo[0] ?? '', meeting.greeting];
    for (const text of words) {
      const named = addressesIn(text).filter((ip) => ip !== theirs && canBeOwn(ip));
      for (const ip of named) votes.set(ip, (votes.get(ip) ?? 0) + 1);
      if (named.length > 0) break;
    }
  }
  return [...votes].sort(([, a], [, b]) => b - a).map(([ip]) => ip);
}
