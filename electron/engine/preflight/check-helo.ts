// Whether the name that we greet with is a real one (RFC 5321 2.3.5): set by the user, fully qualified, with an address,
// and best with ours.
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { addressesOf } from './addresses-of.ts';
import { isSameAddress } from './reverse-name.ts';
import type { Check } from './types.ts';

export const checkHelo: Check = async ({ options, signal, ownAddresses }) => {
  const helo = options.heloName;
  if (helo === DEFAULT_SETTINGS.identity.heloName || !helo.includes('.')) return { finding: 'helo_not_set', facts: { helo } };
  const { ips, failure } = await addressesOf(helo, options.records, signal);
  if (ips.length === 0) return failure === null ? { finding: 'helo_no_address', facts: { helo } } : { finding: 'helo_unknown', facts: { helo, detail: failure } };
  const own = await ownAddresses();
  const facts = { helo, others: ips.slice(0, 8) };
  const [ip] = own;
  if (ip === undefined) return { finding: 'helo_resolves', facts };
  const isOurs = own.some((mine) => ips.some((theirs) => isSameAddress(mine, theirs)));
  return { finding: isOurs ? 'helo_ok' : 'helo_other_address', facts: { ...facts, ip } };
};
