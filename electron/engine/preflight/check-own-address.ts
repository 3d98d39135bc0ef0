// Our own public address, from what the visited servers call us.
import type { Check } from './types.ts';

export const checkOwnAddress: Check = async ({ ownAddresses }) => {
  const [ip, ...others] = await ownAddresses();
  if (ip === undefined) return { finding: 'public_ip_unknown' };
  return others.length === 0 ? { finding: 'public_ip_found', facts: { ip } } : { finding: 'public_ip_several', facts: { ip, others } };
};
