// Whether our address has a name that leads back to it, and whether that is the name we greet with. Gmail and others
// refuse addresses without one, or with one that does not lead back (550 5.7.25).
import { addressesOf } from './addresses-of.ts';
import { isSameAddress, reverseName } from './reverse-name.ts';
import type { Check } from './types.ts';

/** An address may have many names; no server looks at more than a few. */
const MAX_NAMES = 5;

export const checkReverseName: Check = async ({ options, signal, ownAddresses }) => {
  const { records, heloName } = options;
  const [ip] = await ownAddresses();
  if (ip === undefined) return { finding: 'ptr_unknown' };
  const answer = await records.ask(reverseName(ip), 'PTR', signal);
  if (answer.kind === 'failed') return { finding: 'ptr_unknown', facts: { ip, detail: answer.detail } };
  if (answer.kind !== 'records') return { finding: 'ptr_missing', facts: { ip } };
  const names = answer.values.slice(0, MAX_NAMES);
  const facts = { ip, names: [...names], helo: heloName };
  const found = await Promise.all(names.map(async (name) => ({ name, addresses: await addressesOf(name, records, signal) })));
  const confirmed = found.filter(({ addresses }) => addresses.ips.some((other) => isSameAddress(other, ip)));
  if (confirmed.length === 0) {
    const failed = found.find(({ addresses }) => addresses.failure !== null);
    return failed === undefined ? { finding: 'ptr_unconfirmed', facts } : { finding: 'ptr_unknown', facts: { ...facts, detail: failed.addresses.failure ?? '' } };
  }
  return { finding: confirmed.some(({ name }) => name === heloName.toLowerCase()) ? 'ptr_matches' : 'ptr_other_name', facts };
};
