// What a look-up in the lists costs in memory, kind by kind, and all flags of an address at once.
// The user's lists hold a million entries each; 100,000 addresses have 5,000 domains (50,000 in the details, where nearly
// every look-up meets its domain for the first time). Each round gets addresses that were just parsed, as a run does: a
// string that was looked up before knows its hash already. Each figure is the median of the rounds.
import { parseAddress, type ParsedAddress } from '../../shared/address/parse-address.ts';
import { createAddressLists } from '../../shared/lists/address-lists.ts';
import { domainMeant } from '../../shared/lists/did-you-mean.ts';
import { disposableDomains } from '../../shared/lists/disposable-domains.ts';
import { freeDomains } from '../../shared/lists/free-domains.ts';
import { isListedByOwner } from '../../shared/lists/listed-domain.ts';
import { isNoReplyLocal } from '../../shared/lists/no-reply-local.ts';
import { isRoleLocal } from '../../shared/lists/role-locals.ts';
import { isTrapLocal } from '../../shared/lists/trap-names.ts';
import { createUserList } from '../../shared/lists/user-list.ts';
import type { BenchmarkResult } from './benchmark.ts';

const ADDRESSES = 100_000;
const FEW_DOMAINS = 5_000;
const MANY_DOMAINS = 50_000;
const USER_ENTRIES = 1_000_000;
const ROUNDS = 5;
const BAR_US = 1;
const LOCALS = ['first.last', 'sales', 'noreply', 'jane+news', 'spamtrap', 'j.smith', 'information.desk'];

type LookUp = (parsed: ParsedAddress) => unknown;

export function lists(): BenchmarkResult {
  const entries = Array.from({ length: USER_ENTRIES }, (_, i) =>
    i % 2 === 0 ? `person${String(i)}@company${String(i % 20_000)}.com` : `listed${String(i)}.com`,
  );
  const userList = createUserList(entries);
  const builtIn = createAddressLists();
  const full = createAddressLists({ allow: entries, block: entries, suppress: entries });
  const kinds: Readonly<Record<string, LookUp>> = {
    disposable: ({ domain }) => isListedByOwner(disposableDomains(), domain),
    free: ({ domain }) => freeDomains().has(domain),
    role: ({ local }) => isRoleLocal(local),
    'no-reply': ({ local }) => isNoReplyLocal(local),
    trap: ({ local }) => isTrapLocal(local),
    'did you mean': ({ domain }) => domainMeant(domain),
    'suppress, allow or block, 1,000,000 entries': (parsed) => userList.has(parsed, userList.ofDomain(parsed.domain)),
    'is suppressed, 1,000,000 entries': (parsed) => full.isSuppressed(parsed),
    'all flags, built-in lists': (parsed) => builtIn.flagsOf(parsed),
    'all flags, 1,000,000 entries each of allow and block': (parsed) => full.flagsOf(parsed),
  };
  const few = namesOfDomains(FEW_DOMAINS);
  const many = namesOfDomains(MANY_DOMAINS);
  return {
    checks: Object.entries(kinds).map(([name, look]) => ({ name, value: microseconds(few, look), unit: 'µs', op: '<', bar: BAR_US })),
    details: {
      addresses: ADDRESSES,
      domains: FEW_DOMAINS,
      rounds: ROUNDS,
      loopAloneUs: microseconds(few, ({ quoted }) => quoted),
      withDomainsUs: { domains: MANY_DOMAINS, ...Object.fromEntries(Object.entries(kinds).map(([name, look]) => [name, microseconds(many, look)])) },
    },
  };
}

/** Every fourth has three labels, every tenth is a free provider's, every tenth disposable, some are mistyped. */
function namesOfDomains(count: number): readonly string[] {
  const free = [...freeDomains()];
  const disposable = [...disposableDomains()];
  return Array.from({ length: count }, (_, i) => {
    if (i % 10 === 0) return free[(i / 10) % free.length] ?? '';
    if (i % 10 === 1) return disposable[i % disposable.length] ?? '';
    if (i % 100 === 2) return 'gmial.com';
    return i % 4 === 0 ? `mail.company${String(i)}.co.uk` : `company${String(i)}.com`;
  });
}

function freshAddresses(domains: readonly string[]): readonly ParsedAddress[] {
  return Array.from({ length: ADDRESSES }, (_, i) => {
    const local = `${LOCALS[i % LOCALS.length] ?? ''}${i % 3 === 0 ? '' : String(i)}`;
    const parsed = parseAddress(`${local}@${domains[(i * 7919) % domains.length] ?? ''}`);
    if (!parsed.ok) throw new Error(`not an address: ${local}`);
    return parsed;
  });
}

function microseconds(domains: readonly string[], look: LookUp): number {
  const rounds: number[] = [];
  let answers = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const addresses = freshAddresses(domains);
    // A core's time: what other programs take of the core is not ours.
    const startedCpu = process.threadCpuUsage();
    for (const parsed of addresses) if (look(parsed) !== undefined) answers += 1;
    const { user, system } = process.threadCpuUsage(startedCpu);
    rounds.push((user + system) / addresses.length);
  }
  if (answers !== ROUNDS * ADDRESSES) throw new Error('a look-up gave no answer');
  return Math.round((rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0) * 1000) / 1000;
}
