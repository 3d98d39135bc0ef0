// Whether lists that mail servers ask call our address a spammer's. Their refusals to answer are told as such: they say
// something of the DNS server, and nothing of the address.
import { blockListCode, type BlockListCode } from './block-list-code.ts';
import { reversedParts } from './reverse-name.ts';
import type { BlockList, Check } from './types.ts';

export const checkBlockLists: Check = async ({ options, signal, ownAddresses }) => {
  const { records, blockLists } = options;
  const [ip] = await ownAddresses();
  if (ip === undefined) return { finding: 'block_lists_ip_unknown' };
  const reversed = reversedParts(ip);
  const said = await Promise.all(blockLists.map(async (list) => {
    const answer = await records.ask(`${reversed}.${list.zone}`, 'A', signal);
    const codes = answer.kind === 'records' ? answer.values.map((value) => blockListCode(list.zone, value)) : [];
    return { list, codes, answered: answer.kind !== 'failed' && codes.every(({ kind }) => kind !== 'foreign') };
  }));
  const told = (kind: 'listed' | 'policy' | 'refused'): string[] => said.flatMap(({ list, codes }) => codes.flatMap((code) => (code.kind === kind ? [wordsOf(list, code)] : [])));
  const [listed, policy, refused] = [told('listed'), told('policy'), told('refused')];
  const facts = { ip, ...(refused.length === 0 ? {} : { refused }) };
  if (listed.length > 0) return { finding: 'block_lists_listed', facts: { ...facts, listed: [...listed, ...policy] } };
  if (policy.length > 0) return { finding: 'block_lists_policy', facts: { ...facts, listed: policy } };
  const clean = said.filter(({ codes, answered }) => answered && codes.length === 0).map(({ list }) => list.name);
  if (clean.length > 0) return { finding: 'block_lists_clean', facts: { ...facts, names: clean } };
  return refused.length > 0 ? { finding: 'block_lists_refused', facts } : { finding: 'block_lists_silent', facts };
};

function wordsOf({ name }: BlockList, code: Exclude<BlockListCode, { kind: 'foreign' }>): string {
  return `${name} (${code.meaning})`;
}
