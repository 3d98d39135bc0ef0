// Reads a DNS server as people and systems write it: `ip`, `ip:port`, `[v6]` or `[v6]:port`. Never a host name: finding
// its address would need the very thing that is being configured.
import ipaddr from 'ipaddr.js';
import { UserError } from '../../../shared/errors.ts';
import type { DnsServer } from './types.ts';

const DNS_PORT = 53;

/** Throws `UserError` `SettingsInvalid`, which says what was expected. */
export function parseDnsServer(text: string): DnsServer {
  const server = readDnsServer(text.trim());
  if (server === null) {
    throw new UserError('SettingsInvalid', `Not a DNS server: "${text.slice(0, 80)}". Expected an IP address, with a port if it is not 53: 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353.`);
  }
  return server;
}

function readDnsServer(text: string): DnsServer | null {
  if (ipaddr.IPv6.isValid(text) && text.includes(':')) return { host: text, port: DNS_PORT };
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[0-9.]+))(?::(?<port>\d{1,5}))?$/.exec(text);
  const { v4, v6, port } = match?.groups ?? {};
  const host = v4 ?? v6;
  if (host === undefined) return null;
  if (v4 === undefined ? !ipaddr.IPv6.isValid(host) : !ipaddr.IPv4.isValidFourPartDecimal(host)) return null;
  const portNumber = port === undefined ? DNS_PORT : Number(port);
  return portNumber >= 1 && portNumber <= 65_535 ? { host, port: portNumber } : null;
}
