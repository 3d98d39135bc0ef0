// From the MX records of a domain to the hosts worth resolving: pure, no network.
// Always holds: each name once with its best preference (faults row 45), in order of preference, equals shuffled
// (RFC 5321 5.1); IP literals and names that no server could have are set aside (row 44).
import ipaddr from 'ipaddr.js';
import { isHostName } from './dns-name.ts';
import type { MxRecord } from './dns-answer.ts';
import { shuffle } from './shuffle.ts';

export type MxCandidates =
  /** RFC 7505: the one MX record is the root. */
  | { readonly kind: 'null_mx' }
  | {
      readonly kind: 'candidates';
      readonly hosts: readonly { readonly name: string; readonly preference: number }[];
      /** MX records that name an IP address instead of a host (RFC 5321 5.1 forbids it; nothing can be dialled for certain). */
      readonly literals: number;
      /** MX records whose name is malformed. */
      readonly malformed: number;
    };

/** `random` gives [0, 1). */
export function mxCandidates(records: readonly MxRecord[], random: () => number): MxCandidates {
  const [only] = records;
  // Most domains have one MX, and the answers to most questions in a large run are such.
  if (only !== undefined && records.length === 1 && only.exchange !== '' && !isIpLiteral(only.exchange) && isHostName(only.exchange)) {
    return { kind: 'candidates', hosts: [{ name: only.exchange, preference: only.preference }], literals: 0, malformed: 0 };
  }
  const named = records.filter((record) => record.exchange !== '');
  // A null MX beside others is an error of the domain's owner; the others count (RFC 7505, 3).
  if (named.length === 0) return { kind: 'null_mx' };

  const best = new Map<string, number>();
  let literals = 0;
  let malformed = 0;
  for (const { exchange, preference } of named) {
    if (isIpLiteral(exchange)) literals += 1;
    else if (!isHostName(exchange)) malformed += 1;
    else best.set(exchange, Math.min(best.get(exchange) ?? Infinity, preference));
  }
  const hosts = shuffle([...best].map(([name, preference]) => ({ name, preference })), random);
  // Sorting is stable, so equals stay in their shuffled order.
  hosts.sort((a, b) => a.preference - b.preference);
  return { kind: 'candidates', hosts, literals, malformed };
}

function isIpLiteral(exchange: string): boolean {
  // Nearly all are names: no top-level domain ends with a digit, and every literal does, or has a colon or a bracket.
  if (!/[\d\]]$|:/.test(exchange)) return false;
  const bare = exchange.startsWith('[') && exchange.endsWith(']') ? exchange.slice(1, -1).replace(/^ipv6:/, '') : exchange;
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare);
}
