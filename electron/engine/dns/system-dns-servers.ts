// The DNS servers that this system is set up to use, as Node reads them from its configuration.
import { getServers } from 'node:dns';
import { parseDnsServer } from './parse-dns-server.ts';
import type { DnsServer } from './types.ts';

/** In the system's order; empty where the system names none. */
export function systemDnsServers(): DnsServer[] {
  return getServers().flatMap((text) => {
    try {
      return [parseDnsServer(text)];
    } catch {
      // A form that Node may hand out and nobody has seen yet is no reason to fail: the others serve.
      return [];
    }
  });
}
